// The text of the file of API keys: what it must say, and what is told when it does not.
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "adapters/access/api_keys.hpp"
#include "adapters/access/secret_text.hpp"
#include "adapters/intake/identifier.hpp"
#include "adapters/json/document.hpp"
#include "adapters/json/reader.hpp"
#include "engine/record/digest.hpp"

// GCC 12 warns of bounds of texts that it has folded itself (its bug 105651).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif

namespace jejak::access {
namespace {

constexpr std::size_t api_key_id_size_max = 64;
constexpr std::size_t account_size_max = 32;  // as long as the channel of a record
constexpr std::array<std::string_view, 6> api_key_members = {
    "id", "sha256", "account", "offices", "may_act_for", "expires_at"};

bool is_api_key_id(std::string_view text) {
    return !text.empty() && text.size() <= api_key_id_size_max && !intake::holds_nip(text) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-';
           });
}

// Reads one file and notes all that is wrong with it.
class ApiKeyFile {
  public:
    explicit ApiKeyFile(const std::set<std::string>& known_offices)
        : known_offices_(known_offices) {}

    Result<ApiKeyTable> read(std::string_view text) {
        const auto document = json::parse_document(text, problems_);
        if (problems_.empty()) read_document(document);
        if (!problems_.empty()) {
            return error(ErrorCode::invalid_input, json::to_text(problems_));
        }
        return std::move(table_);
    }

  private:
    void fault(std::string_view place, std::string_view what) {
        problems_.push_back({std::string(place), std::string(what)});
    }

    void read_document(const boost::json::value& document) {
        constexpr const char* form = "write {\"keys\": [{\"id\": …}]}";
        const auto* object = document.if_object();
        if (object == nullptr) return fault("", std::string("is no object; ") + form);
        for (const auto& [name, value] : *object) {
            if (name == "keys") continue;
            std::string place;
            json::append_step(place, name);
            fault(place, "is not known here; keep only \"keys\"");
        }
        const auto* keys = object->if_contains("keys");
        if (keys == nullptr || !keys->is_array()) {
            return fault("/keys", std::string("is no list; ") + form);
        }
        std::size_t index = 0;
        for (const auto& each : keys->get_array()) {
            place_ = "/keys/" + std::to_string(index++);
            if (const auto* key = each.if_object()) {
                read_key(*key);
            } else {
                fault(place_, "is no object; write one key with its members");
            }
        }
    }

    void read_key(const boost::json::object& object) {
        refuse_unknown(object);
        const auto id = text_member(object, "id");
        if (id && !is_api_key_id(*id)) {
            fault(place_ + "/id", "needs 1 to 64 letters, digits, _ and -, and no NIP in it");
        }
        ApiKey key;
        if (id) key.account.key_id = *id;
        read_digest(object, key);
        read_account(object, key);
        read_offices(object, key);
        read_may_act_for(object, key);
        if (const auto moment = text_member(object, "expires_at")) {
            const auto parsed = parse_instant(*moment);
            if (!parsed) fault(place_ + "/expires_at", parsed.error().message);
            if (parsed) key.expires_at = *parsed;
        }
        if (id && !table_.emplace(*id, std::move(key)).second) {
            fault(place_ + "/id", "stands twice; give each key an id of its own");
        }
    }

    void refuse_unknown(const boost::json::object& object) {
        for (const auto& [name, value] : object) {
            const std::string_view member = name;
            if (std::find(api_key_members.begin(), api_key_members.end(), member) !=
                api_key_members.end()) {
                continue;
            }
            std::string place = place_;
            json::append_step(place, member);
            fault(place, member == "secret"
                             ? "a secret has no place here: take it out, have another key made, "
                               "and write down its \"sha256\" only"
                             : "is not known; a key has id, sha256, account, offices, may_act_for "
                               "and expires_at");
        }
    }

    std::optional<std::string> text_member(const boost::json::object& object,
                                           std::string_view name) {
        const auto* value = object.if_contains(name);
        if (value != nullptr && value->is_string()) return std::string(value->get_string());
        fault(place_ + "/" + std::string(name),
              value == nullptr ? "is missing; a key needs id, sha256, account and expires_at"
                               : "is not a text");
        return std::nullopt;
    }

    // Texts of a list that may be left out; `each` gets its place and itself.
    template <class Each>
    void read_list(const boost::json::object& object, std::string_view name, const Each& each) {
        const auto* value = object.if_contains(name);
        if (value == nullptr) return;
        const std::string place = place_ + "/" + std::string(name);
        if (!value->is_array()) return fault(place, "is no list of texts");
        std::size_t index = 0;
        for (const auto& element : value->get_array()) {
            const std::string here = place + "/" + std::to_string(index++);
            if (element.is_string()) {
                each(here, std::string(element.get_string()));
            } else {
                fault(here, "is not a text");
            }
        }
    }

    void read_digest(const boost::json::object& object, ApiKey& key) {
        const auto text = text_member(object, "sha256");
        if (!text) return;
        const std::string place = place_ + "/sha256";
        const bool is_hex = from_hex(*text, key.sha256.data(), key.sha256.size());
        if (!is_hex || *text != to_hex(key.sha256)) {
            return fault(place,
                         "needs the 64 lower-case hex digits of the secret's SHA-256; if it is the "
                         "secret itself, have another key made");
        }
        if (!digests_.insert(key.sha256).second) {
            fault(place, "is that of another key here; each key needs a secret of its own");
        }
    }

    void read_account(const boost::json::object& object, ApiKey& key) {
        const auto text = text_member(object, "account");
        if (!text) return;
        const std::string place = place_ + "/account";
        const auto identifier = intake::parse_identifier(*text);
        if (!identifier) return fault(place, identifier.error().message);
        if (identifier->name_space != service_name_space) {
            return fault(place,
                         "is of the namespace " + identifier->name_space +
                             "; a program is not a person: write service:… and name the people in "
                             "may_act_for");
        }
        if (text->size() > account_size_max) {
            return fault(place, "is too long for the record of what it does; 32 letters at most");
        }
        key.account.account = *text;
    }

    void read_offices(const boost::json::object& object, ApiKey& key) {
        read_list(object, "offices", [&](const std::string& place, const std::string& office) {
            if (!known_offices_.contains(office)) {
                std::string list;
                for (const auto& known : known_offices_)
                    list += (list.empty() ? "" : ", ") + known;
                return fault(place, "is no office; known are " + list);
            }
            if (!key.account.offices.insert(office).second) fault(place, "stands twice; keep one");
        });
    }

    void read_may_act_for(const boost::json::object& object, ApiKey& key) {
        read_list(object, "may_act_for", [&](const std::string& place, const std::string& whom) {
            const bool is_person = whom.find(':') != std::string::npos;
            const auto identifier = intake::parse_identifier(is_person ? whom : whom + ":x");
            // A NIP needs 18 digits; the namespace alone is right.
            if (!identifier && whom != "nip") return fault(place, identifier.error().message);
            if (identifier && identifier->name_space == service_name_space) {
                return fault(place, "a service acts for people, never for another service");
            }
            auto& kept = is_person ? key.account.people : key.account.name_spaces;
            if (!kept.insert(whom).second) fault(place, "stands twice; keep one");
        });
    }

    const std::set<std::string>& known_offices_;
    std::vector<json::Problem> problems_;
    std::string place_;  // of the present key
    ApiKeyTable table_;
    std::set<Sha256> digests_;
};

boost::json::array texts_of(const std::vector<std::string>& texts) {
    boost::json::array list;
    for (const auto& text : texts)
        list.emplace_back(text);
    return list;
}

}  // namespace

Result<ApiKeyTable> read_api_keys(std::string_view text,
                                  const std::set<std::string>& known_offices) {
    return ApiKeyFile(known_offices).read(text);
}

Result<NewApiKey> make_api_key(const std::string& id, const std::string& account,
                               const std::vector<std::string>& offices,
                               const std::vector<std::string>& may_act_for, Instant expires_at,
                               const std::set<std::string>& known_offices) {
    const std::string secret = fresh_secret();
    boost::json::object entry{{"id", id},
                              {"sha256", to_hex(record::sha256(secret))},
                              {"account", account},
                              {"offices", texts_of(offices)},
                              {"may_act_for", texts_of(may_act_for)},
                              {"expires_at", to_text(expires_at)}};
    const boost::json::object file{{"keys", boost::json::array{entry}}};
    const auto checked = read_api_keys(boost::json::serialize(file), known_offices);
    if (!checked) return checked.error();
    return NewApiKey{id + "." + secret, std::move(entry)};
}

}  // namespace jejak::access
