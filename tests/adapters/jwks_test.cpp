#include "adapters/auth/jwks.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "adapters/auth/base64url.hpp"
#include "tests/adapters/says.hpp"

namespace jejak::auth {
namespace {

using boost::json::array;
using boost::json::object;

// RFC 7515, appendix A.2.
constexpr const char* published_modulus =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-"
    "4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL"
    "-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-"
    "bSf63kpaSHSXndS5z5rexMdbBYUsLA9e"
    "-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-"
    "DWNmoudF8NAco9_"
    "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";

object rsa_key() {
    return {{"kid", "rsa-1"},
            {"kty", "RSA"},
            {"alg", "RS256"},
            {"n", published_modulus},
            {"e", "AQAB"}};
}

// RFC 7515, appendix A.3.
object ec_key() {
    return {{"kid", "ec-1"},
            {"kty", "EC"},
            {"crv", "P-256"},
            {"x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"},
            {"y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}};
}

// RFC 8037, appendix A.2.
object okp_key() {
    return {{"kid", "okp-1"},
            {"kty", "OKP"},
            {"crv", "Ed25519"},
            {"x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}};
}

template <class Value>
object with(object key, std::string_view member, const Value& value) {
    key[member] = boost::json::value_from(value);
    return key;
}

object without(object key, std::string_view member) {
    key.erase(member);
    return key;
}

std::string set_of(const std::vector<object>& keys) {
    array list;
    for (const object& key : keys) {
        list.push_back(key);
    }
    return boost::json::serialize(object{{"keys", list}});
}

std::string refusal_of(const std::string& text) {
    const auto keys = read_jwks(text);
    if (keys) return "";
    EXPECT_EQ(keys.error().code, ErrorCode::invalid_input);
    return keys.error().message;
}

std::string refusal_of(const std::vector<object>& keys) {
    return refusal_of(set_of(keys));
}

TEST(Jwks, is_read_into_keys_that_are_found_by_kid) {
    const auto keys = read_jwks(set_of({rsa_key(), ec_key(), okp_key()}));
    ASSERT_TRUE(keys) << keys.error().message;
    EXPECT_EQ(keys->size(), 3u);
    EXPECT_EQ(keys->kids(), "rsa-1, ec-1, okp-1");
    ASSERT_NE(keys->find("rsa-1"), nullptr);
    EXPECT_EQ(keys->find("rsa-1")->algorithm(), Algorithm::RS256);
    EXPECT_EQ(keys->find("ec-1")->algorithm(), Algorithm::ES256);
    EXPECT_EQ(keys->find("okp-1")->algorithm(), Algorithm::EdDSA);
    EXPECT_EQ(keys->find("ec-2"), nullptr);
    EXPECT_EQ(keys->find(""), nullptr);
    EXPECT_EQ(keys->only(), nullptr);
}

TEST(Jwks, of_one_key_need_not_name_it) {
    const auto keys = read_jwks(set_of({without(ec_key(), "kid")}));
    ASSERT_TRUE(keys) << keys.error().message;
    ASSERT_NE(keys->only(), nullptr);
    EXPECT_EQ(keys->only()->algorithm(), Algorithm::ES256);
    EXPECT_EQ(keys->find(""), nullptr);
    EXPECT_EQ(keys->kids(), "(no kid)");
}

TEST(Jwks, says_with_alg_what_each_key_is_used_for) {
    for (const char* alg : {"RS256", "PS256"}) {
        const auto keys = read_jwks(set_of({with(rsa_key(), "alg", alg)}));
        ASSERT_TRUE(keys) << keys.error().message;
        EXPECT_EQ(name_of(keys->only()->algorithm()), alg);
    }
    EXPECT_EQ(refusal_of({with(ec_key(), "alg", "ES256")}), "");
    EXPECT_EQ(refusal_of({with(okp_key(), "alg", "EdDSA")}), "");
}

TEST(Jwks, is_refused_with_an_rsa_key_that_could_be_used_for_several_algorithms) {
    const std::string refusal = refusal_of({ec_key(), without(rsa_key(), "alg")});
    EXPECT_TRUE(says(refusal, "/keys/1/alg: is left out"));
    EXPECT_TRUE(says(refusal, "(RS256, PS256) into the file (key \"rsa-1\")"));
}

TEST(Jwks, is_refused_with_an_algorithm_that_is_not_one_of_the_key) {
    for (const char* alg : {"ES256", "EdDSA", "RS384", "PS512", "HS256", "none", "RSA-OAEP", ""}) {
        EXPECT_TRUE(says(refusal_of({with(rsa_key(), "alg", alg)}),
                         "/keys/0/alg: with this kind of key it is RS256, PS256; "))
            << alg;
    }
    EXPECT_TRUE(says(refusal_of({with(ec_key(), "alg", "RS256")}), "it is ES256; let the issuer"));
    EXPECT_TRUE(says(refusal_of({with(okp_key(), "alg", "ES256")}), "it is EdDSA; "));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "alg", nullptr)}), "/keys/0/alg: is not a text"));
}

TEST(Jwks, is_refused_with_a_symmetric_key) {
    const std::string refusal =
        refusal_of({{{"kty", "oct"}, {"kid", "shared"}, {"alg", "HS256"}, {"k", "cmFoYXNpYQ"}}});
    EXPECT_TRUE(
        says(refusal, "/keys/0/kty: is symmetric: whoever could verify with it could sign"));
    EXPECT_TRUE(says(refusal, "/keys/0/k: is a secret"));
    EXPECT_TRUE(says(refusal, "(key \"shared\")"));
    EXPECT_FALSE(contains(refusal, "cmFoYXNpYQ"));
}

TEST(Jwks, is_refused_with_a_private_key_and_does_not_repeat_it) {
    for (const char* member : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
        for (const object& key : {rsa_key(), ec_key(), okp_key()}) {
            const std::string refusal = refusal_of({with(key, member, "cmFoYXNpYQ")});
            EXPECT_TRUE(says(refusal, std::string("/keys/0/") + member + ": is a secret"));
            EXPECT_TRUE(says(refusal, "have the key replaced"));
            EXPECT_FALSE(contains(refusal, "cmFoYXNpYQ"));
        }
    }
}

TEST(Jwks, is_refused_with_a_key_for_something_else_than_signatures) {
    for (const boost::json::value& use : {boost::json::value("enc"), boost::json::value(""),
                                          boost::json::value(1), boost::json::value()}) {
        EXPECT_TRUE(says(refusal_of({with(rsa_key(), "use", use)}), "/keys/0/use: is not ")) << use;
    }
    for (const boost::json::value& operations :
         {boost::json::value(array{"sign"}), boost::json::value(array{"encrypt", "wrapKey"}),
          boost::json::value(array{}), boost::json::value("verify"), boost::json::value()}) {
        EXPECT_TRUE(says(refusal_of({with(ec_key(), "key_ops", operations)}),
                         "/keys/0/key_ops: is no list with \"verify\" in it; take the key out"))
            << operations;
    }
    EXPECT_EQ(refusal_of({with(ec_key(), "use", "sig")}), "");
    EXPECT_EQ(refusal_of({with(ec_key(), "key_ops", array{"verify"})}), "");
}

TEST(Jwks, is_refused_with_another_kind_of_key_or_curve) {
    for (const object& key : {with(ec_key(), "crv", "P-384"), with(ec_key(), "crv", "secp256k1"),
                              without(ec_key(), "crv"), with(okp_key(), "crv", "Ed448"),
                              with(okp_key(), "crv", "X25519"), with(okp_key(), "kty", "EC"),
                              with(rsa_key(), "kty", "rsa"), with(rsa_key(), "kty", "")}) {
        EXPECT_TRUE(says(refusal_of({key}), "/keys/0/kty: is not RSA, EC with")) << key;
    }
    EXPECT_TRUE(says(refusal_of({without(rsa_key(), "kty")}), "/keys/0/kty: is left out"));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "kty", 1)}), "/keys/0/kty: is not a text"));
}

TEST(Jwks, is_refused_with_an_rsa_key_that_is_too_short_or_too_long) {
    // 256 octets that begin with 0111… make 2047 bits.
    const std::string shorter = "f" + std::string(340, '_') + "w";
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "n", shorter)}),
                     "/keys/0: the RSA key has 2047 bits, and 2048 are the least"));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "n", "AQAB")}), "has 17 bits"));
    // 1025 octets.
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "n", "f" + std::string(1365, '_') + "8")}),
                     "larger than 8192 bits"));
}

TEST(Jwks, is_refused_with_an_rsa_exponent_that_protects_nothing) {
    for (const char* exponent : {"AQ", "AA", "AgAA", "Ag", "AAEAAQ", ""}) {
        EXPECT_TRUE(says(refusal_of({with(rsa_key(), "e", exponent)}), "/keys/0: ")) << exponent;
    }
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "e", "AQ")}), "is odd and at least 3"));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "e", "AQAAAAAAAAAB")}), "than 64 bits"));
}

TEST(Jwks, is_refused_with_a_number_that_is_no_key) {
    const std::string even = std::string(published_modulus).replace(340, 2, "og");
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "n", even)}), "make no RSA key"));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "n", std::string("AA") + published_modulus)}),
                     "without a leading zero octet"));
    EXPECT_TRUE(says(refusal_of({with(ec_key(), "x", ec_key().at("y"))}), "no point of P-256"));
    EXPECT_TRUE(says(refusal_of({with(ec_key(), "x", std::string(43, 'A'))}), "no point of P-256"));
    EXPECT_TRUE(says(refusal_of({with(ec_key(), "y", "AQAB")}), "have 32 octets each"));
    EXPECT_TRUE(says(refusal_of({with(okp_key(), "x", "AQAB")}), "has 32 octets"));
}

TEST(Jwks, is_refused_with_a_number_that_is_left_out_or_not_canonical) {
    EXPECT_TRUE(says(refusal_of({without(rsa_key(), "n")}), "/keys/0/n: is left out"));
    EXPECT_TRUE(says(refusal_of({without(rsa_key(), "e")}), "/keys/0/e: is left out"));
    EXPECT_TRUE(says(refusal_of({without(ec_key(), "y")}), "/keys/0/y: is left out"));
    EXPECT_TRUE(says(refusal_of({without(okp_key(), "x")}), "/keys/0/x: is left out"));
    EXPECT_TRUE(says(refusal_of({with(rsa_key(), "e", 65537)}), "/keys/0/e: is not a text"));
    const std::string x(ec_key().at("x").as_string());
    for (const std::string& written :
         {x + "=", x + " ", "+" + x.substr(1), x.substr(0, 42) + "V"}) {
        EXPECT_TRUE(says(refusal_of({with(ec_key(), "x", written)}),
                         "/keys/0/x: is not base64url without padding"))
            << written;
    }
}

TEST(Jwks, names_each_key_once) {
    EXPECT_TRUE(says(refusal_of({rsa_key(), with(ec_key(), "kid", "rsa-1")}),
                     "/keys/1/kid: stands twice; keep one key of this name (key \"rsa-1\")"));
    EXPECT_TRUE(says(refusal_of({rsa_key(), without(ec_key(), "kid")}),
                     "/keys/1/kid: is left out; with several keys each has one"));
    for (const boost::json::value& kid :
         {boost::json::value(""), boost::json::value(std::string(201, 'k')),
          boost::json::value("a\nb"), boost::json::value("a\x7F"), boost::json::value("\x1B[2J")}) {
        EXPECT_TRUE(says(refusal_of({with(ec_key(), "kid", kid)}), "/keys/0/kid: a kid has 1 to"));
    }
    EXPECT_TRUE(says(refusal_of({with(ec_key(), "kid", 7)}), "/keys/0/kid: is not a text"));
    EXPECT_EQ(refusal_of({with(ec_key(), "kid", std::string(200, 'k'))}), "");
}

TEST(Jwks, has_no_key_with_two_algorithms) {
    object again = with(with(rsa_key(), "kid", "rsa-2"), "alg", "PS256");
    EXPECT_TRUE(says(refusal_of({rsa_key(), again}),
                     "/keys/1/alg: the same key stands before with another algorithm"));
    again["alg"] = "RS256";
    EXPECT_EQ(refusal_of({rsa_key(), again}), "");
}

TEST(Jwks, is_one_json_object_with_a_list_of_keys) {
    for (const std::string text : {"{}", "[]", "null", R"({"keys": {}})", R"({"keys": []})",
                                   R"({"kty": "OKP"})", R"([{"keys": []}])"}) {
        EXPECT_TRUE(says(refusal_of(text), "/keys: is no list with a key in it")) << text;
    }
    EXPECT_TRUE(says(refusal_of(R"({"keys": [1]})"), "/keys/0: is no object"));
    EXPECT_TRUE(says(refusal_of(""), "line 1, column 1: not JSON"));
    EXPECT_TRUE(says(refusal_of("-----BEGIN PUBLIC KEY-----"), "not JSON"));
    EXPECT_TRUE(
        says(refusal_of(R"({"keys": [{"kid": "a", "kid": "b"}]})"), "/keys/0/kid: stands twice"));
}

TEST(Jwks, may_hold_what_is_not_known) {
    object key = with(with(ec_key(), "x5c", array{"MII"}), "x5t#S256", "x");
    object set = {{"keys", array{key}}, {"issuer", "https://login.lampung.example"}};
    EXPECT_EQ(refusal_of(boost::json::serialize(set)), "");
}

TEST(Jwks, tells_all_that_is_wrong_at_once) {
    const std::string refusal = refusal_of({with(without(rsa_key(), "alg"), "use", "enc"),
                                            with(ec_key(), "d", "AQAB"), without(okp_key(), "x")});
    for (const char* place :
         {"/keys/0/use: ", "\n/keys/0/alg: ", "\n/keys/1/d: ", "\n/keys/2/x: "}) {
        EXPECT_TRUE(contains(refusal, place)) << place << refusal;
    }
}

TEST(Base64Url, is_read_as_published) {
    // RFC 4648, section 10, and RFC 7515, appendix C.
    const std::vector<std::pair<std::string, std::string>> published = {
        {"", ""},
        {"Zg", "f"},
        {"Zm8", "fo"},
        {"Zm9v", "foo"},
        {"Zm9vYg", "foob"},
        {"Zm9vYmE", "fooba"},
        {"Zm9vYmFy", "foobar"},
        {"A-z_4ME", "\x03\xEC\xFF\xE0\xC1"}};
    for (const auto& [text, bytes] : published) {
        EXPECT_EQ(from_base64url(text), bytes) << text;
    }
}

TEST(Base64Url, has_one_text_for_each_byte_string) {
    for (const std::string text :
         {"A", "AAAAA", "Z", "Zm9vY", "Zg==", "Zg=", "Zh", "Zv", "Zm9", "Zm-", "Zm9v\n", " Zm9v",
          "Zm 9v", "Zm+v", "Zm/v", "Zm9v=", "Zm\xC3\xA9v"}) {
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
    }
    EXPECT_EQ(from_base64url(std::string_view("Zm9\0", 4)), std::nullopt);
    std::size_t readable = 0;
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = {static_cast<char>(first), static_cast<char>(second)};
            readable += from_base64url(text).has_value() ? 1 : 0;
        }
    }
    EXPECT_EQ(readable, 256u);
}

}  // namespace
}  // namespace jejak::auth
