#pragma once

#include <boost/describe/enum.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/auth/jwks.hpp"
#include "engine/instant.hpp"
#include "engine/result.hpp"

namespace jejak::auth {

inline constexpr std::size_t token_bytes_max = 8192;
inline constexpr std::size_t token_depth_max = 8;  // levels of header and claims
inline constexpr std::chrono::seconds token_leeway_max{60};

// Why a token is refused: stable words for metrics and tests, about in the order of the checks.
enum class TokenFault {
    too_long,            // more than token_bytes_max
    not_three_parts,     // no JWS in compact form (RFC 7515, section 3.1)
    not_base64url,       // a part is not canonical base64url
    header_malformed,    // no JSON object, or a member of another type than it has to be
    duplicate_member,    // in the header or the claims, at any level (RFC 7515, section 4)
    too_deep,            // header or claims of more than token_depth_max levels
    algorithm_refused,   // `alg` is left out, none, HS* or another that no key of ours has
    header_refused,      // jwk, jku, x5u, x5c: the token brings its key; crit, b64: extensions
    key_unnamed,         // no `kid`, and the set has several keys
    key_unknown,         // no key of the set has this `kid`
    algorithm_mismatch,  // `alg` is not the one of the key
    signature_wrong,
    payload_malformed,  // the payload is no JSON object
    type_wrong,         // `typ` is not one that is accepted
    claim_missing,      // iss, aud, exp or sub is left out
    claim_malformed,    // a claim has another type than RFC 7519 gives it
    issuer_wrong,
    audience_wrong,
    expired,
    not_yet_valid,
    issued_in_future
};
BOOST_DESCRIBE_ENUM(TokenFault, too_long, not_three_parts, not_base64url, header_malformed,
                    duplicate_member, too_deep, algorithm_refused, header_refused, key_unnamed,
                    key_unknown, algorithm_mismatch, signature_wrong, payload_malformed, type_wrong,
                    claim_missing, claim_malformed, issuer_wrong, audience_wrong, expired,
                    not_yet_valid, issued_in_future)

[[nodiscard]] std::string_view name_of(TokenFault fault);

// `message` is for whoever operates the service: what is wrong and what to do. It repeats nothing
// of the token but how many seconds its times lie beside now, so that it may go into a log. It is
// not for the client, which gets no more than 401 and "invalid_token" (RFC 6750, section 3.1).
struct TokenRefusal {
    TokenFault fault{};
    std::string message;

    // invalid_input, "token refused (expired): …".
    [[nodiscard]] Error as_error() const;
    friend bool operator==(const TokenRefusal&, const TokenRefusal&) = default;
};

// Called by boost::system::result when value() is asked of a refusal: a fault of the program.
[[noreturn]] void throw_exception_from_error(const TokenRefusal& refusal,
                                             const boost::source_location& where);

template <class T>
using TokenResult = boost::system::result<T, TokenRefusal>;

// Which `typ` a token may have. Letters count in either case, and "application/" may stand before
// them (RFC 7515, section 4.1.9).
enum class TokenTypes {
    access_token,        // at+jwt, as RFC 9068, section 4, asks
    access_token_or_jwt  // JWT too, for issuers older than RFC 9068: then only the audience tells
                         // an access token from an ID token, so it must not be the client's own id
};

// What a token must say. Immutable: any number of threads may use one at a time.
class Expectation {
  public:
    // `issuer` and `audience` are compared byte by byte with `iss` and `aud`; `leeway` is how far
    // the clocks of issuer and service may differ. Errors: invalid_input, with the remedy: an empty
    // issuer or audience, a leeway below zero or above token_leeway_max.
    [[nodiscard]] static Result<Expectation> make(std::string issuer, std::string audience,
                                                  TokenTypes types = TokenTypes::access_token,
                                                  std::chrono::seconds leeway = {});

    [[nodiscard]] const std::string& issuer() const { return issuer_; }
    [[nodiscard]] const std::string& audience() const { return audience_; }
    [[nodiscard]] TokenTypes types() const { return types_; }
    [[nodiscard]] std::chrono::seconds leeway() const { return leeway_; }

  private:
    Expectation(std::string issuer, std::string audience, TokenTypes types,
                std::chrono::seconds leeway)
        : issuer_(std::move(issuer)),
          audience_(std::move(audience)),
          types_(types),
          leeway_(leeway) {}

    std::string issuer_;
    std::string audience_;
    TokenTypes types_;
    std::chrono::seconds leeway_;
};

// What a token said that verify_token() accepted; nothing else makes one. Immutable: any number of
// threads may read one at a time.
class Claims {
  public:
    [[nodiscard]] std::string_view issuer() const;
    [[nodiscard]] std::string_view subject() const;  // never empty
    // The moment from which on the token is refused, leeway apart.
    [[nodiscard]] Instant expires_at() const;

    // A claim by its name, or by its place as a JSON pointer (RFC 6901) where `claim` begins with
    // "/": "roles", "/realm_access/roles".
    // The claim if it is a text, else none. The view lives as long as these claims.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view claim) const;
    // The claim if it is a list of texts, or a text, which is a list of one; else none, also where
    // only one element is no text. The views live as long as these claims.
    [[nodiscard]] std::optional<std::vector<std::string_view>> texts(std::string_view claim) const;

  private:
    friend TokenResult<Claims> verify_token(std::string_view token, const KeySet& keys,
                                            const Expectation& expectation, Instant now);
    explicit Claims(boost::json::value claims) : claims_(std::move(claims)) {}

    boost::json::value claims_;  // an object
};

// The payload of a JWS in compact form, if a key of `keys` signed it (RFC 7515, section 5.2);
// whether it has claims and what they say is not looked at. Checked in this order: at most
// token_bytes_max; three parts; each canonical base64url; the header one JSON object without a
// member twice and at most token_depth_max levels deep; `alg` one of enum Algorithm; no `jwk`,
// `jku`, `x5u`, `x5c`, `crit`, `b64` (RFC 8725, sections 3.10 and 3.11: a token does not bring its
// key; RFC 7515, section 4.1.11; RFC 7797); `kid` names a key of the set, and may be left out only
// where it has exactly one; `alg` is the one of that key; the signature. Thread-safe.
[[nodiscard]] TokenResult<std::string> verify_signature(std::string_view token, const KeySet& keys);

// What the bearer token `token` (without "Bearer ") says, if it is right in every way. First all of
// verify_signature(), then: the claims are one JSON object as the header is; `typ` is accepted
// (RFC 9068, section 4); `iss` is the issuer's; `aud`, a text or a list of texts, has the audience
// in it; `exp` stands there and `now` is before `exp` + leeway; `nbf`, if it is there, is not
// after `now` + leeway; neither is `iat`; `sub` is a text that is not empty (RFC 7519, section
// 4.1). Times are whole seconds from 1970 to 9999, written as JSON integers; 1.5e9 and 1500000000.0
// are refused, since they would be read as floating point. Thread-safe.
[[nodiscard]] TokenResult<Claims> verify_token(std::string_view token, const KeySet& keys,
                                               const Expectation& expectation, Instant now);

}  // namespace jejak::auth
