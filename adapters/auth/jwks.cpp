#include "adapters/auth/jwks.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "adapters/auth/base64url.hpp"
#include "adapters/json/document.hpp"
#include "adapters/json/reader.hpp"

namespace jejak::auth {
namespace {

constexpr std::size_t kid_size_max = 200;

// RFC 7518, sections 6.2.2.1, 6.3.2 and 6.4.1; RFC 8037, section 2.
constexpr std::array<std::string_view, 8> secret_members = {"d",  "p",  "q",   "dp",
                                                            "dq", "qi", "oth", "k"};

// What kind of key an algorithm has.
struct KeyKind {
    Algorithm algorithm;
    std::string_view kty;
    std::string_view crv;  // "" for RSA, which has none
};
constexpr std::array<KeyKind, 4> key_kinds = {{{Algorithm::RS256, "RSA", ""},
                                               {Algorithm::PS256, "RSA", ""},
                                               {Algorithm::ES256, "EC", "P-256"},
                                               {Algorithm::EdDSA, "OKP", "Ed25519"}}};

bool is_fit_kid(std::string_view kid) {
    return !kid.empty() && kid.size() <= kid_size_max &&
           std::none_of(kid.begin(), kid.end(), [](char letter) {
               return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
           });
}

std::string in_words(std::string_view kid) {
    return " (key \"" + std::string(kid) + "\")";
}

// Reads one JWK and notes all that is wrong with it.
class JwkReader {
  public:
    JwkReader(const boost::json::object& jwk, std::string place,
              std::vector<json::Problem>& problems)
        : jwk_(jwk), place_(std::move(place)), problems_(problems) {}

    std::optional<PinnedKey> read() {
        const std::size_t problems_before = problems_.size();
        std::optional<std::string> kid = read_kid();
        refuse_secrets();
        check_purpose();
        const std::optional<Algorithm> algorithm = read_algorithm();
        if (!algorithm || problems_.size() != problems_before) return std::nullopt;
        Result<PublicKey> key = read_numbers(*algorithm);
        // Where a number is no base64url, that has been said, and why no key came of it is clear.
        if (problems_.size() != problems_before) return std::nullopt;
        if (!key) {
            problem("", key.error().message);
            return std::nullopt;
        }
        return PinnedKey{std::move(kid), std::move(*key)};
    }

  private:
    void problem(std::string_view member, const std::string& message) {
        std::string pointer = place_;
        if (!member.empty()) json::append_step(pointer, member);
        problems_.push_back({std::move(pointer), message + name_});
    }

    // Null, with a problem, where the member is there but no text.
    const boost::json::string* text(std::string_view member) {
        const boost::json::value* value = jwk_.if_contains(member);
        if (value == nullptr) return nullptr;
        if (!value->is_string()) problem(member, "is not a text; take the file from the issuer");
        return value->if_string();
    }

    std::optional<std::string> read_kid() {
        const boost::json::string* kid = text("kid");
        if (kid == nullptr) return std::nullopt;
        if (!is_fit_kid(*kid)) {
            problem("kid",
                    "a kid has 1 to 200 bytes and no control characters; let the issuer "
                    "name the key anew");
            return std::nullopt;
        }
        name_ = in_words(*kid);
        return std::string(*kid);
    }

    void refuse_secrets() {
        for (const std::string_view member : secret_members) {
            if (!jwk_.contains(member)) continue;
            problem(member,
                    "is a secret, which only the issuer may hold; pin the public key alone "
                    "(jose jwk pub), and have the key replaced, since it has leaked into a file");
        }
    }

    void check_purpose() {
        const boost::json::string* use = text("use");
        if (use != nullptr && *use != "sig") {
            problem("use", "is not \"sig\", so it signs no tokens; take the key out of the file");
        }
        const boost::json::value* operations = jwk_.if_contains("key_ops");
        if (operations == nullptr) return;
        const boost::json::array* list = operations->if_array();
        if (list == nullptr || std::find(list->begin(), list->end(), "verify") == list->end()) {
            problem("key_ops", "is no list with \"verify\" in it; take the key out of the file");
        }
    }

    std::optional<Algorithm> read_algorithm() {
        const boost::json::string* kty = text("kty");
        const boost::json::string* crv = text("crv");
        const boost::json::string* alg = text("alg");
        if (kty == nullptr) {
            if (!jwk_.contains("kty")) problem("kty", "is left out; RSA, EC or OKP has to stand");
            return std::nullopt;
        }
        if (*kty == "oct") {
            problem("kty",
                    "is symmetric: whoever could verify with it could sign; let the issuer "
                    "sign with a key pair (" +
                        algorithm_names() + ")");
            return std::nullopt;
        }
        std::vector<Algorithm> possible;
        for (const KeyKind& kind : key_kinds) {
            if (*kty == kind.kty && (kind.crv.empty() || (crv != nullptr && *crv == kind.crv))) {
                possible.push_back(kind.algorithm);
            }
        }
        if (possible.empty()) {
            problem("kty",
                    "is not RSA, EC with \"crv\": \"P-256\" or OKP with \"crv\": \"Ed25519\"; "
                    "let the issuer sign with one of these");
            return std::nullopt;
        }
        return choose(possible, alg);
    }

    std::optional<Algorithm> choose(const std::vector<Algorithm>& possible,
                                    const boost::json::string* alg) {
        std::vector<std::string_view> names;
        for (const Algorithm each : possible) {
            names.push_back(name_of(each));
        }
        if (alg == nullptr) {
            if (jwk_.contains("alg")) return std::nullopt;  // no text: that has been said
            if (possible.size() == 1) return possible.front();
            problem("alg",
                    "is left out, and an RSA key may sign with several; write the one that "
                    "the issuer signs with (" +
                        json::joined(names) + ") into the file");
            return std::nullopt;
        }
        const auto found = std::find(names.begin(), names.end(), std::string_view(*alg));
        if (found != names.end()) {
            return possible[static_cast<std::size_t>(found - names.begin())];
        }
        problem("alg", "with this kind of key it is " + json::joined(names) +
                           "; let the issuer sign with that, or take the key out of the file");
        return std::nullopt;
    }

    std::string octets(std::string_view member) {
        const boost::json::string* written = text(member);
        if (written == nullptr) {
            if (!jwk_.contains(member)) problem(member, "is left out; take it from the issuer");
            return {};
        }
        std::optional<std::string> bytes = from_base64url(*written);
        if (!bytes) {
            problem(member, "is not base64url without padding; take the file from the issuer");
            return {};
        }
        return std::move(*bytes);
    }

    Result<PublicKey> read_numbers(Algorithm algorithm) {
        if (algorithm == Algorithm::ES256) {
            const std::string x = octets("x");
            return PublicKey::p256(x, octets("y"));
        }
        if (algorithm == Algorithm::EdDSA) return PublicKey::ed25519(octets("x"));
        const std::string n = octets("n");
        return PublicKey::rsa(algorithm, n, octets("e"));
    }

    const boost::json::object& jwk_;
    std::string place_;
    std::vector<json::Problem>& problems_;
    std::string name_;  // behind each message, once the kid is read
};

// What is wrong with a key beside the ones before it.
void compare_with_earlier(const PinnedKey& key, const std::string& place,
                          const std::vector<PinnedKey>& earlier,
                          std::vector<json::Problem>& problems) {
    const std::string name = key.kid ? in_words(*key.kid) : "";
    for (const PinnedKey& other : earlier) {
        if (key.kid && key.kid == other.kid) {
            problems.push_back({place + "/kid", "stands twice; keep one key of this name" + name});
        }
        if (key.key.algorithm() != other.key.algorithm() && key.key.is_same_key(other.key)) {
            problems.push_back({place + "/alg",
                                "the same key stands before with another algorithm; "
                                "keep the one that is used" +
                                    name});
        }
    }
}

Error jwks_refusal(const std::vector<json::Problem>& problems) {
    return error(ErrorCode::invalid_input, json::to_text(problems));
}

}  // namespace

const PublicKey* KeySet::find(std::string_view kid) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const PinnedKey& key) { return key.kid == kid; });
    return found == keys_.end() ? nullptr : &found->key;
}

const PublicKey* KeySet::only() const {
    return keys_.size() == 1 ? &keys_.front().key : nullptr;
}

std::string KeySet::kids() const {
    std::vector<std::string_view> names;
    for (const PinnedKey& key : keys_) {
        names.push_back(key.kid ? std::string_view(*key.kid) : "(no kid)");
    }
    return json::joined(names);
}

Result<KeySet> read_jwks(std::string_view text) {
    std::vector<json::Problem> problems;
    const boost::json::value document = json::parse_document(text, problems);
    if (!problems.empty()) return jwks_refusal(problems);
    const boost::json::object* set = document.if_object();
    const boost::json::value* member = set == nullptr ? nullptr : set->if_contains("keys");
    const boost::json::array* list = member == nullptr ? nullptr : member->if_array();
    if (list == nullptr || list->empty()) {
        return jwks_refusal({{"/keys",
                              "is no list with a key in it; a JWK Set is {\"keys\": [...]}, "
                              "also around a single key"}});
    }
    std::vector<PinnedKey> keys;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const std::string place = "/keys/" + std::to_string(i);
        const boost::json::object* jwk = (*list)[i].if_object();
        if (jwk == nullptr) {
            problems.push_back({place, "is no object; take the file from the issuer again"});
            continue;
        }
        if (list->size() > 1 && !jwk->contains("kid")) {
            problems.push_back({place + "/kid",
                                "is left out; with several keys each has one, by which tokens "
                                "name it"});
        }
        auto key = JwkReader(*jwk, place, problems).read();
        if (!key) continue;
        compare_with_earlier(*key, place, keys, problems);
        keys.push_back(std::move(*key));
    }
    if (!problems.empty()) return jwks_refusal(problems);
    return KeySet(std::move(keys));
}

}  // namespace jejak::auth
