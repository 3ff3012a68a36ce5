#pragma once

#include <boost/describe/enum.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/result.hpp"

// EVP_PKEY and OSSL_PARAM of OpenSSL, whose headers stay inside of public_key.cpp.
struct evp_pkey_st;
struct ossl_param_st;

namespace jejak::auth {

// What a key signs with, by its name in `alg`: RSASSA-PKCS1-v1_5 and RSASSA-PSS with SHA-256 and
// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.1), Ed25519 (RFC 8037, section 3.1).
enum class Algorithm { RS256, PS256, ES256, EdDSA };
BOOST_DESCRIBE_ENUM(Algorithm, RS256, PS256, ES256, EdDSA)

[[nodiscard]] std::string_view name_of(Algorithm algorithm);
// None for every other name, among them `none` and all that sign with a shared secret.
[[nodiscard]] std::optional<Algorithm> algorithm_named(std::string_view name);
// "RS256, PS256, ES256, EdDSA"
[[nodiscard]] std::string algorithm_names();

// One public key with the one algorithm it is used with (RFC 8725, section 3.1: what a token says
// about itself does not choose). Immutable: any number of threads may ask one key at a time.
class PublicKey {
  public:
    // `modulus` and `exponent` are the big-endian octets of `n` and `e` (RFC 7518, section 6.3.1).
    // Errors: invalid_input, with the remedy: a number that begins with a zero octet, a modulus of
    // less than 2048 bits (RFC 7518, section 3.3) or more than 8192, an even exponent or one below
    // 3 or above 64 bits, numbers that make no RSA key. `algorithm` is RS256 or PS256.
    [[nodiscard]] static Result<PublicKey> rsa(Algorithm algorithm, std::string_view modulus,
                                               std::string_view exponent);
    // `x` and `y` are the 32 octets of each coordinate (RFC 7518, section 6.2.1), for ES256.
    // Errors: invalid_input: another size, a point that is not on the curve.
    [[nodiscard]] static Result<PublicKey> p256(std::string_view x, std::string_view y);
    // `x` is the 32 octets of RFC 8032, section 5.1.5, for EdDSA. Errors: invalid_input: another
    // size.
    [[nodiscard]] static Result<PublicKey> ed25519(std::string_view x);

    [[nodiscard]] Algorithm algorithm() const { return algorithm_; }

    // Whether `signature` is one of this key over `message`, in the form that JWS has for it: for
    // RSA as many octets as the modulus has, and with PS256 a salt of 32 octets (RFC 7518, sections
    // 3.3 and 3.5); for ES256 r and s of 32 octets each (section 3.4); for EdDSA 64 octets (RFC
    // 8032, section 5.1.7). Everything else is false, also where OpenSSL cannot do its work.
    [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

    // Whether both are the same key, whatever each is used for.
    [[nodiscard]] bool is_same_key(const PublicKey& other) const;

  private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    using Handle = std::unique_ptr<evp_pkey_st, Free>;

    PublicKey(Algorithm algorithm, Handle key) : algorithm_(algorithm), key_(std::move(key)) {}
    // Null where the parameters make no key that passes OpenSSL's own examination.
    [[nodiscard]] static Handle make(const char* type, ossl_param_st* parameters);

    Algorithm algorithm_;
    Handle key_;
};

}  // namespace jejak::auth
