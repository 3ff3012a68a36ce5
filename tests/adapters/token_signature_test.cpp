#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <boost/json.hpp>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/auth/token.hpp"
#include "tests/adapters/says.hpp"

// Tokens of each algorithm, signed by OpenSSL with keys that are made here.
namespace jejak::auth {
namespace {

using boost::json::object;
using Key = std::shared_ptr<EVP_PKEY>;

constexpr std::array<Algorithm, 4> algorithms = {Algorithm::RS256, Algorithm::PS256,
                                                 Algorithm::ES256, Algorithm::EdDSA};

std::string base64url(std::string_view bytes) {
    std::string text(bytes.size() / 3 * 4 + 5, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    text.erase(std::min(text.find('='), text.size()));
    for (char& letter : text) {
        letter = letter == '+' ? '-' : letter == '/' ? '_' : letter;
    }
    return text;
}

const unsigned char* octets(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

Key made(EVP_PKEY* key) {
    EXPECT_NE(key, nullptr);
    return Key(key, &EVP_PKEY_free);
}

Key new_rsa(std::size_t bits) {
    return made(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits));
}

// Made once and kept, since the making of an RSA key takes long; `which` tells two apart.
Key key_of(Algorithm algorithm, int which = 0) {
    static std::map<std::pair<Algorithm, int>, Key> keys;
    Key& key = keys[{algorithm, which}];
    if (key) return key;
    if (algorithm == Algorithm::ES256) {
        key = made(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    } else if (algorithm == Algorithm::EdDSA) {
        key = made(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    } else {
        key = new_rsa(2048);
    }
    return key;
}

// A number of the key, as many octets as it has, or `size`.
std::string number_in(const Key& key, const char* name, int size = 0) {
    BIGNUM* number = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), name, &number), 1) << name;
    std::string bytes(static_cast<std::size_t>(size > 0 ? size : BN_num_bytes(number)), '\0');
    EXPECT_GE(BN_bn2binpad(number, octets(bytes), static_cast<int>(bytes.size())), 0);
    BN_free(number);
    return bytes;
}

object jwk_of(const Key& key, Algorithm algorithm, std::string_view kid = "2026-a") {
    object jwk = {{"kid", kid}, {"alg", name_of(algorithm)}, {"use", "sig"}};
    if (algorithm == Algorithm::ES256) {
        jwk["kty"] = "EC";
        jwk["crv"] = "P-256";
        jwk["x"] = base64url(number_in(key, OSSL_PKEY_PARAM_EC_PUB_X, 32));
        jwk["y"] = base64url(number_in(key, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
    } else if (algorithm == Algorithm::EdDSA) {
        std::string x(32, '\0');
        std::size_t size = x.size();
        EXPECT_EQ(EVP_PKEY_get_raw_public_key(key.get(), octets(x), &size), 1);
        jwk["kty"] = "OKP";
        jwk["crv"] = "Ed25519";
        jwk["x"] = base64url(x);
    } else {
        jwk["kty"] = "RSA";
        jwk["n"] = base64url(number_in(key, OSSL_PKEY_PARAM_RSA_N));
        jwk["e"] = base64url(number_in(key, OSSL_PKEY_PARAM_RSA_E));
    }
    return jwk;
}

KeySet pinned(const std::vector<object>& keys) {
    boost::json::array list;
    for (const object& key : keys) {
        list.push_back(key);
    }
    auto set = read_jwks(boost::json::serialize(object{{"keys", list}}));
    EXPECT_TRUE(set) << (set ? "" : set.error().message);
    return std::move(*set);
}

// r and s of 32 octets each, out of DER.
std::string fixed_size(const std::string& der) {
    const unsigned char* from = octets(der);
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size()));
    EXPECT_NE(pair, nullptr);
    std::string both(64, '\0');
    EXPECT_EQ(BN_bn2binpad(ECDSA_SIG_get0_r(pair), octets(both), 32), 32);
    EXPECT_EQ(BN_bn2binpad(ECDSA_SIG_get0_s(pair), octets(both) + 32, 32), 32);
    ECDSA_SIG_free(pair);
    return both;
}

std::string signature_of(const Key& key, Algorithm algorithm, std::string_view message,
                         int salt_size = RSA_PSS_SALTLEN_DIGEST, const char* digest = "SHA256") {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_PKEY_CTX* how = nullptr;
    EXPECT_EQ(
        EVP_DigestSignInit_ex(context.get(), &how, algorithm == Algorithm::EdDSA ? nullptr : digest,
                              nullptr, nullptr, key.get(), nullptr),
        1);
    if (algorithm == Algorithm::PS256) {
        EXPECT_EQ(EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING), 1);
        EXPECT_EQ(EVP_PKEY_CTX_set_rsa_pss_saltlen(how, salt_size), 1);
    }
    std::string signature(1024, '\0');
    std::size_t size = signature.size();
    EXPECT_EQ(
        EVP_DigestSign(context.get(), octets(signature), &size, octets(message), message.size()),
        1);
    signature.resize(size);
    return algorithm == Algorithm::ES256 ? fixed_size(signature) : signature;
}

std::string signed_part(std::string_view alg, std::string_view kid = "2026-a") {
    return base64url(boost::json::serialize(object{{"alg", alg}, {"kid", kid}})) + "." +
           base64url("Penilaian kinerja");
}

std::string token_of(const Key& key, Algorithm algorithm, std::string_view kid = "2026-a") {
    const std::string part = signed_part(name_of(algorithm), kid);
    return part + "." + base64url(signature_of(key, algorithm, part));
}

// The payload, or the word for the fault.
std::string outcome(std::string_view token, const KeySet& keys) {
    const auto payload = verify_signature(token, keys);
    return payload ? *payload : std::string(name_of(payload.error().fault));
}

TEST(TokenSignature, of_each_algorithm_is_accepted_from_its_key_alone) {
    for (const Algorithm algorithm : algorithms) {
        SCOPED_TRACE(name_of(algorithm));
        const Key key = key_of(algorithm);
        const std::string token = token_of(key, algorithm);
        EXPECT_EQ(outcome(token, pinned({jwk_of(key, algorithm)})), "Penilaian kinerja");
        const Key other = key_of(algorithm, 1);
        EXPECT_EQ(outcome(token, pinned({jwk_of(other, algorithm)})), "signature_wrong");
        EXPECT_EQ(outcome(token, pinned({jwk_of(other, algorithm, "2026-a"),
                                         jwk_of(key, algorithm, "2026-b")})),
                  "signature_wrong");
    }
}

TEST(TokenSignature, of_each_algorithm_is_found_by_its_kid_in_one_set) {
    std::vector<object> jwks;
    std::vector<std::string> tokens;
    for (const Algorithm algorithm : algorithms) {
        const Key key = key_of(algorithm);
        jwks.push_back(jwk_of(key, algorithm, name_of(algorithm)));
        tokens.push_back(token_of(key, algorithm, name_of(algorithm)));
    }
    const KeySet keys = pinned(jwks);
    for (const std::string& token : tokens) {
        EXPECT_EQ(outcome(token, keys), "Penilaian kinerja");
    }
}

TEST(TokenSignature, is_refused_with_any_bit_of_it_changed) {
    for (const Algorithm algorithm : algorithms) {
        SCOPED_TRACE(name_of(algorithm));
        const Key key = key_of(algorithm);
        const KeySet keys = pinned({jwk_of(key, algorithm)});
        const std::string part = signed_part(name_of(algorithm));
        const std::string signature = signature_of(key, algorithm, part);
        for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
            std::string changed = signature;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            EXPECT_EQ(outcome(part + "." + base64url(changed), keys), "signature_wrong") << bit;
        }
    }
}

TEST(TokenSignature, is_refused_in_any_size_but_its_own) {
    for (const Algorithm algorithm : algorithms) {
        SCOPED_TRACE(name_of(algorithm));
        const Key key = key_of(algorithm);
        const KeySet keys = pinned({jwk_of(key, algorithm)});
        const std::string part = signed_part(name_of(algorithm));
        const std::string signature = signature_of(key, algorithm, part);
        for (const std::string& other :
             {std::string(), signature.substr(1), signature.substr(0, signature.size() - 1),
              '\0' + signature, signature + '\0', signature + signature,
              std::string(signature.size(), '\0'), std::string(signature.size(), '\xFF')}) {
            EXPECT_EQ(outcome(part + "." + base64url(other), keys), "signature_wrong");
        }
    }
}

TEST(TokenSignature, of_rsa_is_refused_without_its_leading_zero_octet) {
    // One signature in 256 begins with zero; PSS is salted, so the same text gives new ones.
    const Key key = key_of(Algorithm::PS256);
    const KeySet keys = pinned({jwk_of(key, Algorithm::PS256)});
    const std::string part = signed_part("PS256");
    std::string signature;
    do {
        signature = signature_of(key, Algorithm::PS256, part);
    } while (signature.front() != '\0');
    EXPECT_EQ(outcome(part + "." + base64url(signature), keys), "Penilaian kinerja");
    EXPECT_EQ(outcome(part + "." + base64url(signature.substr(1)), keys), "signature_wrong");
}

TEST(TokenSignature, of_es256_is_refused_as_der) {
    const Key key = key_of(Algorithm::ES256);
    const std::string part = signed_part("ES256");
    // Signed as if it were RSA: what OpenSSL writes is not taken apart.
    const std::string der = signature_of(key, Algorithm::RS256, part);
    EXPECT_EQ(outcome(part + "." + base64url(der), pinned({jwk_of(key, Algorithm::ES256)})),
              "signature_wrong");
}

TEST(TokenSignature, of_ps256_has_a_salt_as_long_as_its_digest) {
    const Key key = key_of(Algorithm::PS256);
    const KeySet keys = pinned({jwk_of(key, Algorithm::PS256)});
    const std::string part = signed_part("PS256");
    for (const int salt_size : {0, 20, 31, 33, 64}) {
        const auto signature = signature_of(key, Algorithm::PS256, part, salt_size);
        EXPECT_EQ(outcome(part + "." + base64url(signature), keys), "signature_wrong") << salt_size;
    }
}

TEST(TokenSignature, is_refused_over_another_digest) {
    for (const Algorithm algorithm : {Algorithm::RS256, Algorithm::PS256, Algorithm::ES256}) {
        const Key key = key_of(algorithm);
        const KeySet keys = pinned({jwk_of(key, algorithm)});
        const std::string part = signed_part(name_of(algorithm));
        for (const char* digest : {"SHA1", "SHA384", "SHA512"}) {
            const auto signature = signature_of(key, algorithm, part, 32, digest);
            EXPECT_EQ(outcome(part + "." + base64url(signature), keys), "signature_wrong")
                << name_of(algorithm) << digest;
        }
    }
}

TEST(TokenSignature, of_rsa_is_refused_with_the_padding_that_its_key_is_not_pinned_for) {
    const Key key = key_of(Algorithm::PS256);
    const KeySet pkcs = pinned({jwk_of(key, Algorithm::RS256)});
    const KeySet pss = pinned({jwk_of(key, Algorithm::PS256)});
    EXPECT_EQ(outcome(token_of(key, Algorithm::RS256), pss), "algorithm_mismatch");
    EXPECT_EQ(outcome(token_of(key, Algorithm::PS256), pkcs), "algorithm_mismatch");
    const std::string said_pkcs = signed_part("RS256"), said_pss = signed_part("PS256");
    EXPECT_EQ(
        outcome(said_pkcs + "." + base64url(signature_of(key, Algorithm::PS256, said_pkcs)), pkcs),
        "signature_wrong");
    EXPECT_EQ(
        outcome(said_pss + "." + base64url(signature_of(key, Algorithm::RS256, said_pss)), pss),
        "signature_wrong");
}

// All that an attacker might take for the bytes of the public key (RFC 8725, section 2.1).
std::vector<std::string> secrets_made_of(const Key& key, const object& jwk) {
    std::vector<std::string> secrets = {boost::json::serialize(jwk)};
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    secrets.emplace_back(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new(BIO_s_mem()), &BIO_free);
    EXPECT_EQ(PEM_write_bio_PUBKEY(pem.get(), key.get()), 1);
    char* text = nullptr;
    const long length = BIO_get_mem_data(pem.get(), &text);
    secrets.emplace_back(text, static_cast<std::size_t>(length));
    for (const char* member : {"n", "x"}) {
        if (jwk.contains(member)) secrets.emplace_back(jwk.at(member).as_string());
    }
    return secrets;
}

TEST(TokenSignature, is_refused_when_it_is_a_digest_keyed_with_the_public_key) {
    for (const Algorithm algorithm : algorithms) {
        const Key key = key_of(algorithm);
        const object jwk = jwk_of(key, algorithm);
        const KeySet keys = pinned({jwk});
        for (const std::string& secret : secrets_made_of(key, jwk)) {
            for (const std::string_view alg : {std::string_view("HS256"), name_of(algorithm)}) {
                const std::string part = signed_part(alg);
                std::string digest(32, '\0');
                ASSERT_NE(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                               octets(part), part.size(), octets(digest), nullptr),
                          nullptr);
                EXPECT_EQ(outcome(part + "." + base64url(digest), keys),
                          alg == "HS256" ? "algorithm_refused" : "signature_wrong");
            }
        }
    }
}

TEST(TokenSignature, is_refused_when_another_kind_of_key_made_it_under_the_same_kid) {
    for (const Algorithm pinned_for : algorithms) {
        const KeySet keys = pinned({jwk_of(key_of(pinned_for), pinned_for)});
        for (const Algorithm used : algorithms) {
            if (used == pinned_for) continue;
            const Key key = key_of(used, 1);
            EXPECT_EQ(outcome(token_of(key, used), keys), "algorithm_mismatch");
            const std::string part = signed_part(name_of(pinned_for));
            EXPECT_EQ(outcome(part + "." + base64url(signature_of(key, used, part)), keys),
                      "signature_wrong");
        }
    }
}

TEST(TokenSignature, of_longer_rsa_keys_is_accepted) {
    for (const std::size_t bits : {2056u, 3072u}) {
        const Key key = new_rsa(bits);
        for (const Algorithm algorithm : {Algorithm::RS256, Algorithm::PS256}) {
            EXPECT_EQ(outcome(token_of(key, algorithm), pinned({jwk_of(key, algorithm)})),
                      "Penilaian kinerja")
                << bits;
        }
    }
}

TEST(TokenSignature, leaves_the_errors_of_openssl_as_they_were) {
    ERR_clear_error();
    for (const Algorithm algorithm : algorithms) {
        const Key key = key_of(algorithm);
        const KeySet keys = pinned({jwk_of(key, algorithm)});
        EXPECT_EQ(ERR_peek_error(), 0u);
        const std::string part = signed_part(name_of(algorithm));
        const std::string none(signature_of(key, algorithm, part).size(), '\0');
        EXPECT_EQ(outcome(part + "." + base64url(none), keys), "signature_wrong");
        EXPECT_EQ(outcome(token_of(key, algorithm), keys), "Penilaian kinerja");
        EXPECT_EQ(ERR_peek_error(), 0u);
    }
    const object off_curve = {
        {"kty", "EC"}, {"crv", "P-256"}, {"x", std::string(43, 'A')}, {"y", std::string(43, 'A')}};
    EXPECT_FALSE(
        read_jwks(boost::json::serialize(object{{"keys", boost::json::array{off_curve}}})));
    EXPECT_EQ(ERR_peek_error(), 0u);
    ERR_raise(ERR_LIB_USER, ERR_R_PASSED_INVALID_ARGUMENT);  // as a connection leaves it
    const unsigned long of_another = ERR_peek_last_error();
    const Key key = key_of(Algorithm::RS256);
    const std::string forged = signed_part("RS256") + "." + base64url(std::string(256, '\0'));
    EXPECT_EQ(outcome(forged, pinned({jwk_of(key, Algorithm::RS256)})), "signature_wrong");
    EXPECT_EQ(ERR_get_error(), of_another);
    EXPECT_EQ(ERR_get_error(), 0u);
}

TEST(TokenSignature, is_verified_by_many_threads_with_one_set) {
    std::vector<object> jwks;
    std::vector<std::string> tokens;
    for (const Algorithm algorithm : algorithms) {
        const Key key = key_of(algorithm);
        jwks.push_back(jwk_of(key, algorithm, name_of(algorithm)));
        tokens.push_back(token_of(key, algorithm, name_of(algorithm)));
    }
    const KeySet keys = pinned(jwks);
    std::vector<std::size_t> accepted(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < accepted.size(); ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 50; ++round) {
                for (const std::string& token : tokens) {
                    accepted[i] += verify_signature(token, keys).has_value() ? 1 : 0;
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(accepted, std::vector<std::size_t>(4, 200));
}

}  // namespace
}  // namespace jejak::auth
