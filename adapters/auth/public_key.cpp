#include "adapters/auth/public_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>

namespace jejak::auth {
namespace {

constexpr int rsa_bits_min = 2048;
constexpr int rsa_bits_max = 8192;
constexpr int exponent_bits_max = 64;
constexpr std::size_t coordinate_size = 32;
constexpr std::size_t short_signature_size = 64;  // of ES256 and of EdDSA

template <auto free>
struct FreeWith {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};
using BigNumber = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using VerifyContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;

// A refused signature must leave nothing in the thread's error queue, which TLS connections read.
class ErrorsUndone {
  public:
    ErrorsUndone() { ERR_set_mark(); }
    ~ErrorsUndone() { ERR_pop_to_mark(); }
    ErrorsUndone(const ErrorsUndone&) = delete;
    ErrorsUndone& operator=(const ErrorsUndone&) = delete;
};

const std::uint8_t* octets_of(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

// Of at most some thousand octets: the caller has looked.
BigNumber number_of(std::string_view bytes) {
    return BigNumber(BN_bin2bn(octets_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

Error unfit(std::string message) {
    return error(ErrorCode::invalid_input, std::move(message));
}

// r and s as the DER that OpenSSL wants (RFC 3279, section 2.2.3); empty where memory ends.
std::string der_of_ecdsa(std::string_view signature) {
    BigNumber r = number_of(signature.substr(0, coordinate_size));
    BigNumber s = number_of(signature.substr(coordinate_size));
    const EcdsaSignature pair(ECDSA_SIG_new());
    if (!r || !s || !pair || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();
    (void)s.release();
    const int size = i2d_ECDSA_SIG(pair.get(), nullptr);
    if (size <= 0) return {};
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* end = reinterpret_cast<std::uint8_t*>(der.data());
    if (i2d_ECDSA_SIG(pair.get(), &end) != size) return {};
    return der;
}

}  // namespace

std::string_view name_of(Algorithm algorithm) {
    return boost::describe::enum_to_string(algorithm, "unknown");
}

std::optional<Algorithm> algorithm_named(std::string_view name) {
    std::optional<Algorithm> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Algorithm>>([&](auto each) {
        if (name == each.name) found = each.value;
    });
    return found;
}

std::string algorithm_names() {
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Algorithm>>([&](auto each) {
        if (!names.empty()) names += ", ";
        names += each.name;
    });
    return names;
}

void PublicKey::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

PublicKey::Handle PublicKey::make(const char* type, ossl_param_st* parameters) {
    const KeyContext maker(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* made = nullptr;
    if (!maker || EVP_PKEY_fromdata_init(maker.get()) != 1 ||
        EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        return nullptr;
    }
    Handle key(made);
    const KeyContext examiner(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
    if (!examiner || EVP_PKEY_public_check(examiner.get()) != 1) return nullptr;
    return key;
}

Result<PublicKey> PublicKey::rsa(Algorithm algorithm, std::string_view modulus,
                                 std::string_view exponent) {
    const ErrorsUndone undone;
    for (const std::string_view bytes : {modulus, exponent}) {
        if (bytes.empty() || bytes.front() == '\0') {
            return unfit(
                "\"n\" and \"e\" of an RSA key are positive numbers without a leading "
                "zero octet; let the issuer export the key again");
        }
    }
    if (modulus.size() > rsa_bits_max / 8 || exponent.size() > exponent_bits_max / 8) {
        return unfit(
            "the RSA key is larger than 8192 bits or its exponent than 64 bits; "
            "let the issuer make a usual one (2048 to 4096 bits, exponent 65537)");
    }
    const BigNumber n = number_of(modulus);
    const BigNumber e = number_of(exponent);
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), "n", n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), "e", e.get()) != 1) {
        return error(ErrorCode::environment, "out of memory while a key was read");
    }
    if (BN_num_bits(n.get()) < rsa_bits_min) {
        return unfit("the RSA key has " + std::to_string(BN_num_bits(n.get())) +
                     " bits, and 2048 are the least; let the issuer make a longer one");
    }
    if (BN_is_odd(e.get()) != 1 || BN_is_one(e.get()) == 1) {
        return unfit(
            "the exponent \"e\" of an RSA key is odd and at least 3; "
            "let the issuer make another key (usual is 65537)");
    }
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    Handle key = make("RSA", parameters.get());
    if (!key) return unfit("\"n\" and \"e\" make no RSA key; take the file from the issuer again");
    return PublicKey(algorithm, std::move(key));
}

Result<PublicKey> PublicKey::p256(std::string_view x, std::string_view y) {
    const ErrorsUndone undone;
    if (x.size() != coordinate_size || y.size() != coordinate_size) {
        return unfit(
            "\"x\" and \"y\" of a P-256 key have 32 octets each, with leading zeros; "
            "let the issuer export the key again");
    }
    // SEC 1, section 2.3.3: 04 says that both coordinates follow.
    std::string point = "\x04" + std::string(x) + std::string(y);
    std::string group = "P-256";
    std::array<OSSL_PARAM, 3> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    Handle key = make("EC", parameters.data());
    if (!key) return unfit("\"x\" and \"y\" are no point of P-256; take the file from the issuer");
    return PublicKey(Algorithm::ES256, std::move(key));
}

Result<PublicKey> PublicKey::ed25519(std::string_view x) {
    const ErrorsUndone undone;
    if (x.size() != coordinate_size) {
        return unfit("\"x\" of an Ed25519 key has 32 octets; let the issuer export the key again");
    }
    std::string point(x);
    std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    Handle key = make("ED25519", parameters.data());
    if (!key) return unfit("\"x\" makes no Ed25519 key; take the file from the issuer again");
    return PublicKey(Algorithm::EdDSA, std::move(key));
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
    const ErrorsUndone undone;
    const bool is_rsa = algorithm_ == Algorithm::RS256 || algorithm_ == Algorithm::PS256;
    // OpenSSL takes PSS signatures whose leading zero octets are missing.
    const std::size_t size =
        is_rsa ? static_cast<std::size_t>(EVP_PKEY_get_size(key_.get())) : short_signature_size;
    if (signature.size() != size) return false;
    std::string der;
    if (algorithm_ == Algorithm::ES256) {
        der = der_of_ecdsa(signature);
        signature = der;
    }
    const VerifyContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* how = nullptr;  // lives in `context`
    const char* const digest = algorithm_ == Algorithm::EdDSA ? nullptr : "SHA256";
    if (!context || EVP_DigestVerifyInit_ex(context.get(), &how, digest, nullptr, nullptr,
                                            key_.get(), nullptr) != 1) {
        return false;
    }
    if (algorithm_ == Algorithm::RS256 &&
        EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PADDING) != 1) {
        return false;
    }
    if (algorithm_ == Algorithm::PS256 &&
        (EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) != 1 ||
         EVP_PKEY_CTX_set_rsa_mgf1_md_name(how, "SHA256", nullptr) != 1)) {
        return false;
    }
    return EVP_DigestVerify(context.get(), octets_of(signature), signature.size(),
                            octets_of(message), message.size()) == 1;
}

bool PublicKey::is_same_key(const PublicKey& other) const {
    const ErrorsUndone undone;
    return EVP_PKEY_eq(key_.get(), other.key_.get()) == 1;
}

}  // namespace jejak::auth
