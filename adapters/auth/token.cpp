#include "adapters/auth/token.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <stdexcept>

#include "adapters/auth/base64url.hpp"
#include "adapters/json/document.hpp"

namespace jejak::auth {
namespace {

constexpr std::int64_t micros_of_second = 1'000'000;
constexpr std::int64_t latest_second = instant_max.micros_since_epoch / micros_of_second;

constexpr std::array<std::string_view, 6> refused_header_members = {"jwk", "jku",  "x5u",
                                                                    "x5c", "crit", "b64"};

struct SplitToken {
    std::string_view header, payload, signature;
    std::string_view signed_part;  // header and payload with the dot between them
};

struct SignedToken {
    boost::json::object header;
    std::string payload;
};

std::optional<SplitToken> split_token(std::string_view token) {
    const auto first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
    return SplitToken{token.substr(0, first), token.substr(first + 1, second - first - 1),
                      token.substr(second + 1), token.substr(0, second)};
}

// `what` is "header" or "claims", and `malformed` the fault where it is no JSON object.
TokenResult<boost::json::object> read_token_object(std::string_view text, const std::string& what,
                                                   TokenFault malformed) {
    boost::json::parse_options options;
    options.max_depth = token_depth_max;
    boost::system::error_code code;
    const bool is_object = boost::json::parse(text, code, {}, options).is_object();
    if (code == boost::json::error::too_deep) {
        return TokenRefusal{TokenFault::too_deep, "the " + what + " of the token has more than " +
                                                      std::to_string(token_depth_max) +
                                                      " levels; let the issuer make it flatter"};
    }
    if (code || !is_object) {
        return TokenRefusal{malformed, "the " + what +
                                           " of the token is not one JSON object; the client sends "
                                           "something that is no signed access token"};
    }
    // Boost.JSON alone keeps the last of two equal members, another reader the first.
    std::vector<json::Problem> problems;
    boost::json::value value = json::parse_document(text, problems);
    if (!problems.empty()) {
        return TokenRefusal{TokenFault::duplicate_member,
                            "the " + what +
                                " of the token has a member twice, so that two readers could "
                                "understand two things; let the issuer write each once"};
    }
    return std::move(value.as_object());
}

TokenResult<Algorithm> read_token_algorithm(const boost::json::object& header) {
    const boost::json::value* alg = header.if_contains("alg");
    const boost::json::string* name = alg == nullptr ? nullptr : alg->if_string();
    const auto algorithm = name == nullptr ? std::nullopt : algorithm_named(*name);
    if (algorithm) return *algorithm;
    return TokenRefusal{TokenFault::algorithm_refused,
                        "the token is signed with none of " + algorithm_names() +
                            "; let the issuer sign access tokens with one of these"};
}

TokenResult<const PublicKey*> find_token_key(const boost::json::object& header,
                                             const KeySet& keys) {
    const boost::json::value* kid = header.if_contains("kid");
    if (kid == nullptr) {
        if (const PublicKey* only = keys.only()) return only;
        return TokenRefusal{TokenFault::key_unnamed,
                            "the token names no key (\"kid\"), and " + std::to_string(keys.size()) +
                                " are pinned (" + keys.kids() +
                                "); let the issuer write the kid, or pin one key"};
    }
    if (!kid->is_string()) {
        return TokenRefusal{TokenFault::header_malformed,
                            "\"kid\" in the header of the token is no text (RFC 7515, section "
                            "4.1.4); the token is not the issuer's"};
    }
    if (const PublicKey* key = keys.find(kid->get_string())) return key;
    return TokenRefusal{TokenFault::key_unknown,
                        "the token names a key that is not pinned (pinned: " + keys.kids() +
                            "); if the issuer has a new key, pin its JWKS anew"};
}

TokenResult<SignedToken> check_signature(std::string_view token, const KeySet& keys) {
    if (token.size() > token_bytes_max) {
        return TokenRefusal{TokenFault::too_long,
                            "the token has " + std::to_string(token.size()) +
                                " bytes, and 8192 are the most; let the issuer put less into it"};
    }
    const auto parts = split_token(token);
    if (!parts) {
        return TokenRefusal{TokenFault::not_three_parts,
                            "the token has not three parts with dots between them; the client "
                            "sends something that is no signed access token (an encrypted or "
                            "opaque one, or a password)"};
    }
    const auto header_text = from_base64url(parts->header);
    auto payload = from_base64url(parts->payload);
    const auto signature = from_base64url(parts->signature);
    if (!header_text || !payload || !signature) {
        return TokenRefusal{TokenFault::not_base64url,
                            "a part of the token is not base64url without padding; it was cut or "
                            "changed on its way, or written by something that pads"};
    }
    auto header = read_token_object(*header_text, "header", TokenFault::header_malformed);
    if (!header) return header.error();
    const auto algorithm = read_token_algorithm(*header);
    if (!algorithm) return algorithm.error();
    for (const std::string_view member : refused_header_members) {
        if (!header->contains(member)) continue;
        return TokenRefusal{TokenFault::header_refused,
                            "the header of the token has \"" + std::string(member) +
                                "\", and a token neither brings its own key nor asks for "
                                "extensions; let the issuer leave it out"};
    }
    const auto key = find_token_key(*header, keys);
    if (!key) return key.error();
    if (*algorithm != (*key)->algorithm()) {
        return TokenRefusal{TokenFault::algorithm_mismatch,
                            "the token is signed with another algorithm than its key is pinned "
                            "for (" +
                                std::string(name_of((*key)->algorithm())) +
                                "); if the issuer has changed it, pin its JWKS anew"};
    }
    if (!(*key)->verifies(parts->signed_part, *signature)) {
        return TokenRefusal{TokenFault::signature_wrong,
                            "the signature is not one of the pinned key over this token: it was "
                            "forged or changed on its way, or the issuer has put another key "
                            "behind the same kid; then pin its JWKS anew"};
    }
    return SignedToken{std::move(*header), std::move(*payload)};
}

std::string without_case(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return small;
}

bool is_accepted_type(const boost::json::object& header, TokenTypes types) {
    const boost::json::value* typ = header.if_contains("typ");
    if (typ == nullptr || !typ->is_string()) return false;
    std::string type = without_case(typ->get_string());
    constexpr std::string_view prefix = "application/";
    if (type.starts_with(prefix)) type.erase(0, prefix.size());
    return type == "at+jwt" || (types == TokenTypes::access_token_or_jwt && type == "jwt");
}

// A list of texts, or one text as a list of one; none of anything else.
std::optional<std::vector<std::string_view>> texts_of_claim(const boost::json::value& claim) {
    std::vector<std::string_view> texts;
    if (const boost::json::string* text = claim.if_string()) {
        texts.push_back(*text);
        return texts;
    }
    const boost::json::array* list = claim.if_array();
    if (list == nullptr) return std::nullopt;
    for (const boost::json::value& each : *list) {
        if (!each.is_string()) return std::nullopt;
        texts.push_back(each.get_string());
    }
    return texts;
}

TokenRefusal missing_claim(const std::string& claim) {
    return {TokenFault::claim_missing,
            "the token has no \"" + claim + "\"; let the issuer put it into access tokens"};
}

TokenRefusal malformed_claim(const std::string& claim, const std::string& wanted) {
    return {TokenFault::claim_malformed,
            "\"" + claim + "\" of the token is not " + wanted + "; let the issuer write it so"};
}

// Of a claim that has to be there.
TokenResult<std::string_view> text_claim(const boost::json::object& claims,
                                         const std::string& claim) {
    const boost::json::value* value = claims.if_contains(claim);
    if (value == nullptr) return missing_claim(claim);
    if (!value->is_string() || value->get_string().empty()) {
        return malformed_claim(claim, "a text with at least one letter");
    }
    return std::string_view(value->get_string());
}

// None where the claim is left out.
TokenResult<std::optional<Instant>> time_claim(const boost::json::object& claims,
                                               const std::string& claim) {
    const boost::json::value* value = claims.if_contains(claim);
    if (value == nullptr) return std::optional<Instant>();
    const std::int64_t* seconds = value->if_int64();
    if (seconds == nullptr || *seconds < 0 || *seconds > latest_second) {
        return malformed_claim(claim,
                               "a whole number of seconds since 1970, without fraction or "
                               "exponent");
    }
    return std::optional(Instant{*seconds * micros_of_second});
}

std::optional<TokenRefusal> refuse_issuer(const boost::json::object& claims,
                                          const Expectation& expectation) {
    const auto issuer = text_claim(claims, "iss");
    if (!issuer) return issuer.error();
    if (*issuer == expectation.issuer()) return std::nullopt;
    return TokenRefusal{TokenFault::issuer_wrong,
                        "the token is from another issuer than " + expectation.issuer() +
                            "; compare letter by letter, also a slash at the end"};
}

std::optional<TokenRefusal> refuse_audience(const boost::json::object& claims,
                                            const Expectation& expectation) {
    const boost::json::value* aud = claims.if_contains("aud");
    if (aud == nullptr) return missing_claim("aud");
    const auto audiences = texts_of_claim(*aud);
    if (!audiences) return malformed_claim("aud", "a text or a list of texts");
    const bool is_ours =
        std::find(audiences->begin(), audiences->end(), expectation.audience()) != audiences->end();
    if (is_ours) return std::nullopt;
    return TokenRefusal{TokenFault::audience_wrong,
                        "the token is not for " + expectation.audience() +
                            "; let the client ask the issuer for a token of this audience"};
}

std::string seconds_between(Instant earlier, Instant later) {
    const std::int64_t micros = later.micros_since_epoch - earlier.micros_since_epoch;
    return std::to_string(micros / micros_of_second) + " s";
}

std::optional<TokenRefusal> refuse_times(const boost::json::object& claims,
                                         const Expectation& expectation, Instant now) {
    const std::int64_t leeway = std::chrono::microseconds(expectation.leeway()).count();
    const std::string clocks = " (leeway " + std::to_string(expectation.leeway().count()) +
                               " s); if that cannot be, set the clocks of issuer and service right";
    const auto expires = time_claim(claims, "exp");
    if (!expires) return expires.error();
    if (!*expires) return missing_claim("exp");
    if (now.micros_since_epoch >= (*expires)->micros_since_epoch + leeway) {
        return TokenRefusal{TokenFault::expired,
                            "the token expired " + seconds_between(**expires, now) + " ago" +
                                clocks + ", else let the client fetch another"};
    }
    const auto starts = time_claim(claims, "nbf");
    if (!starts) return starts.error();
    if (*starts && now.micros_since_epoch < (*starts)->micros_since_epoch - leeway) {
        return TokenRefusal{TokenFault::not_yet_valid, "the token is valid only in " +
                                                           seconds_between(now, **starts) + clocks};
    }
    const auto issued = time_claim(claims, "iat");
    if (!issued) return issued.error();
    if (*issued && now.micros_since_epoch < (*issued)->micros_since_epoch - leeway) {
        return TokenRefusal{
            TokenFault::issued_in_future,
            "the token was issued " + seconds_between(now, **issued) + " in the future" + clocks};
    }
    return std::nullopt;
}

const boost::json::value* find_claim(const boost::json::value& claims, std::string_view claim) {
    if (!claim.starts_with('/')) return claims.get_object().if_contains(claim);
    boost::system::error_code not_found;
    return claims.find_pointer(claim, not_found);
}

}  // namespace

std::string_view name_of(TokenFault fault) {
    return boost::describe::enum_to_string(fault, "unknown");
}

Error TokenRefusal::as_error() const {
    return error(ErrorCode::invalid_input,
                 "token refused (" + std::string(name_of(fault)) + "): " + message);
}

void throw_exception_from_error(const TokenRefusal& refusal, const boost::source_location& where) {
    throw std::logic_error(std::string(where.file_name()) +
                           ": value() of a refusal: " + refusal.as_error().message);
}

Result<Expectation> Expectation::make(std::string issuer, std::string audience, TokenTypes types,
                                      std::chrono::seconds leeway) {
    if (issuer.empty()) {
        return error(ErrorCode::invalid_input,
                     "no issuer is named; give the one that stands in \"issuer\" of its discovery "
                     "document (https://…/.well-known/openid-configuration)");
    }
    if (audience.empty()) {
        return error(ErrorCode::invalid_input,
                     "no audience is named; give the name by which the issuer knows this service");
    }
    if (leeway < std::chrono::seconds(0) || leeway > token_leeway_max) {
        return error(ErrorCode::invalid_input,
                     "the leeway is " + std::to_string(leeway.count()) +
                         " s; give 0 to 60, and set the clocks where that is too little");
    }
    return Expectation(std::move(issuer), std::move(audience), types, leeway);
}

std::string_view Claims::issuer() const {
    return claims_.at("iss").as_string();
}

std::string_view Claims::subject() const {
    return claims_.at("sub").as_string();
}

Instant Claims::expires_at() const {
    return {claims_.at("exp").as_int64() * micros_of_second};
}

std::optional<std::string_view> Claims::text(std::string_view claim) const {
    const boost::json::value* value = find_claim(claims_, claim);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return value->get_string();
}

std::optional<std::vector<std::string_view>> Claims::texts(std::string_view claim) const {
    const boost::json::value* value = find_claim(claims_, claim);
    if (value == nullptr) return std::nullopt;
    return texts_of_claim(*value);
}

TokenResult<std::string> verify_signature(std::string_view token, const KeySet& keys) {
    auto checked = check_signature(token, keys);
    if (!checked) return checked.error();
    return std::move(checked->payload);
}

TokenResult<Claims> verify_token(std::string_view token, const KeySet& keys,
                                 const Expectation& expectation, Instant now) {
    const auto checked = check_signature(token, keys);
    if (!checked) return checked.error();
    auto claims = read_token_object(checked->payload, "claims", TokenFault::payload_malformed);
    if (!claims) return claims.error();
    if (!is_accepted_type(checked->header, expectation.types())) {
        return TokenRefusal{TokenFault::type_wrong,
                            "\"typ\" of the token is not at+jwt (RFC 9068); let the client send an "
                            "access token, and let the issuer write its type, or accept JWT too "
                            "where the issuer cannot"};
    }
    if (auto refusal = refuse_issuer(*claims, expectation)) return std::move(*refusal);
    if (auto refusal = refuse_audience(*claims, expectation)) return std::move(*refusal);
    if (auto refusal = refuse_times(*claims, expectation, now)) return std::move(*refusal);
    if (const auto subject = text_claim(*claims, "sub"); !subject) return subject.error();
    return Claims(std::move(*claims));
}

}  // namespace jejak::auth
