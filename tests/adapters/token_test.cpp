#include "adapters/auth/token.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <boost/describe/enumerators.hpp>
#include <boost/json.hpp>
#include <boost/mp11/algorithm.hpp>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/auth/base64url.hpp"
#include "tests/adapters/says.hpp"

// All but signatures of other algorithms than EdDSA, which are in token_signature_test.cpp.
namespace jejak::auth {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::seconds;

// The key of RFC 8037, appendix A.1 and A.2.
constexpr const char* published_secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
constexpr const char* published_public = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

// Stands in what is wrong with a token; no message may repeat it.
constexpr const char* marker = "tanda";

constexpr std::int64_t issued = 1'700'000'000;
constexpr std::int64_t expires = issued + 300;

Instant at(std::int64_t second, std::int64_t micros = 0) {
    return {second * 1'000'000 + micros};
}

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

std::string signature_of(std::string_view message) {
    const std::string secret = from_base64url(published_secret).value();
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr,
                                     reinterpret_cast<const unsigned char*>(secret.data()),
                                     secret.size()),
        &EVP_PKEY_free);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()), 1);
    EXPECT_EQ(
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size()),
        1);
    return signature;
}

std::string token_of(std::string_view header, std::string_view payload) {
    const std::string signed_part = base64url(header) + "." + base64url(payload);
    return signed_part + "." + base64url(signature_of(signed_part));
}

std::string token_of(const object& header, const object& claims) {
    return token_of(boost::json::serialize(header), boost::json::serialize(claims));
}

object good_header() {
    return {{"alg", "EdDSA"}, {"typ", "at+jwt"}, {"kid", "2026-a"}};
}

object good_claims() {
    return {{"iss", "https://login.lampung.example"},
            {"aud", "jejak"},
            {"sub", "198002202006041003"},
            {"exp", expires},
            {"nbf", issued},
            {"iat", issued},
            {"roles", array{"supervisor", "registrar"}}};
}

std::string with_claim(std::string_view name, const boost::json::value& value) {
    object claims = good_claims();
    claims[name] = value;
    return token_of(good_header(), claims);
}

std::string without_claim(std::string_view name) {
    object claims = good_claims();
    claims.erase(name);
    return token_of(good_header(), claims);
}

std::string with_header(std::string_view name, const boost::json::value& value) {
    object header = good_header();
    header[name] = value;
    return token_of(header, good_claims());
}

std::string without_header(std::string_view name) {
    object header = good_header();
    header.erase(name);
    return token_of(header, good_claims());
}

KeySet keys_of(const std::vector<object>& keys) {
    array list;
    for (const object& key : keys) {
        list.push_back(key);
    }
    return read_jwks(boost::json::serialize(object{{"keys", list}})).value();
}

object published_key(const char* kid) {
    return {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", published_public}, {"kid", kid}};
}

const KeySet& pinned() {
    static const KeySet keys = keys_of({published_key("2026-a")});
    return keys;
}

Expectation expecting(TokenTypes types = TokenTypes::access_token, seconds leeway = seconds(0)) {
    return Expectation::make("https://login.lampung.example", "jejak", types, leeway).value();
}

// "accepted", or the word for the fault.
std::string verdict(std::string_view token, const Expectation& expectation = expecting(),
                    Instant now = at(issued), const KeySet& keys = pinned()) {
    const auto claims = verify_token(token, keys, expectation, now);
    if (claims) return "accepted";
    const TokenRefusal refusal = claims.error();
    EXPECT_FALSE(contains(refusal.message, marker)) << refusal.message;
    EXPECT_TRUE(token.size() < 10 || !contains(refusal.message, std::string(token)));
    EXPECT_TRUE(says(refusal.message, "; ")) << "says no remedy";
    EXPECT_EQ(refusal.as_error().code, ErrorCode::invalid_input);
    return std::string(name_of(refusal.fault));
}

std::string verdict_among(const std::vector<object>& keys, std::string_view token) {
    return verdict(token, expecting(), at(issued), keys_of(keys));
}

TEST(Token, says_who_she_is_and_until_when) {
    const auto claims =
        verify_token(token_of(good_header(), good_claims()), pinned(), expecting(), at(issued));
    ASSERT_TRUE(claims) << claims.error().message;
    EXPECT_EQ(claims->issuer(), "https://login.lampung.example");
    EXPECT_EQ(claims->subject(), "198002202006041003");
    EXPECT_EQ(claims->expires_at(), at(expires));
}

TEST(Token, tells_claims_by_name_and_by_place) {
    object claims = good_claims();
    claims["scope"] = "read write";
    claims["https://lampung.example/unit"] = "setda";
    claims["realm_access"] = {{"roles", array{"auditor"}}};
    claims["mixed"] = array{"auditor", 1};
    claims["none"] = array{};
    const auto told =
        verify_token(token_of(good_header(), claims), pinned(), expecting(), at(issued));
    ASSERT_TRUE(told) << told.error().message;
    using Texts = std::vector<std::string_view>;
    EXPECT_EQ(told->text("scope"), "read write");
    EXPECT_EQ(told->texts("scope"), Texts{"read write"});
    EXPECT_EQ(told->text("https://lampung.example/unit"), "setda");
    EXPECT_EQ(told->texts("roles"), (Texts{"supervisor", "registrar"}));
    EXPECT_EQ(told->texts("/realm_access/roles"), Texts{"auditor"});
    EXPECT_EQ(told->text("/realm_access/roles/0"), "auditor");
    EXPECT_EQ(told->texts("none"), Texts{});
    for (const std::string_view claim :
         {"mixed", "exp", "realm_access", "absent", "", "/", "/realm_access/absent", "/roles/7"}) {
        EXPECT_EQ(told->texts(claim), std::nullopt) << claim;
    }
    EXPECT_EQ(told->text("roles"), std::nullopt);
}

TEST(Token, is_refused_when_longer_than_8_kib) {
    const std::string longest = token_of(R"({"alg":"EdDSA"})", std::string(6063, 'x'));
    ASSERT_EQ(longest.size(), 8192u);
    EXPECT_TRUE(verify_signature(longest, pinned()));
    const std::string longer = token_of(R"({"alg":"EdDSA" })", std::string(6062, 'x'));
    ASSERT_EQ(longer.size(), 8193u);
    EXPECT_EQ(verdict(longer), "too_long");
}

TEST(Token, is_refused_when_it_has_not_three_parts) {
    const std::string good = token_of(good_header(), good_claims());
    for (const std::string& token :
         {std::string(), std::string("opaque"), std::string("a.b"), std::string("a.b.c.d"),
          std::string("a.b.c.d.e"), good + ".", "." + good}) {
        EXPECT_EQ(verdict(token), "not_three_parts") << token;
    }
}

TEST(Token, is_refused_when_a_part_is_not_canonical_base64url) {
    const std::string good = token_of(good_header(), good_claims());
    const std::size_t first = good.find('.'), second = good.rfind('.');
    ASSERT_EQ(verdict(good), "accepted");
    for (const std::size_t at_end : {first, second, good.size()}) {
        for (const std::string extra : {"=", "==", " ", "\n", "\t", "+", "/", "?", "é"}) {
            EXPECT_EQ(verdict(std::string(good).insert(at_end, extra)), "not_base64url") << extra;
        }
    }
    EXPECT_EQ(verdict(" " + good), "not_base64url");
    EXPECT_EQ(verdict(good + std::string(1, '\0')), "not_base64url");
    // 64 bytes end with 2 of 6 bits: the letter before the right one has the same two.
    ASSERT_TRUE(good.ends_with('A') || good.ends_with('Q') || good.ends_with('g') ||
                good.ends_with('w'));
    std::string unused_bits = good;
    ++unused_bits.back();
    EXPECT_EQ(verdict(unused_bits), "not_base64url");
}

TEST(Token, is_refused_when_its_header_is_no_json_object) {
    const std::string claims = boost::json::serialize(good_claims());
    for (const std::string header :
         {"", "{", "[]", "null", "\"EdDSA\"", "{\"alg\":\"EdDSA\"} {}", "{\"alg\":\"\xFF\"}",
          "{alg:\"EdDSA\"}", "{\"alg\":\"EdDSA\",}", "\xEF\xBB\xBF{\"alg\":\"EdDSA\"}"}) {
        EXPECT_EQ(verdict(token_of(header, claims)), "header_malformed") << header;
    }
    EXPECT_EQ(verdict(with_header("kid", 2026)), "header_malformed");
}

TEST(Token, is_refused_when_its_claims_are_no_json_object) {
    const std::string header = boost::json::serialize(good_header());
    for (const std::string claims : {"", "tanda", "[]", "1", "{} {}", "{\"iss\":}"}) {
        EXPECT_EQ(verdict(token_of(header, claims)), "payload_malformed") << claims;
    }
}

TEST(Token, is_refused_when_a_member_stands_twice) {
    const std::string header = boost::json::serialize(good_header());
    const std::string claims = boost::json::serialize(good_claims());
    for (const std::string& more :
         {std::string(R"("kid":"2026-a")"), std::string(R"("\u0061lg":"none")"),
          std::string(R"("x":[{"tanda":1,"tanda":2}])"), std::string(R"("":1,"":1)")}) {
        const std::string twice = header.substr(0, header.size() - 1) + "," + more + "}";
        EXPECT_EQ(verdict(token_of(twice, claims)), "duplicate_member") << twice;
    }
    for (const std::string& more :
         {std::string(R"("sub":"tanda")"), std::string(R"("\u0065xp":9999999999)"),
          std::string(R"("x":{"tanda":{"tanda":1,"tanda":2}})")}) {
        const std::string twice = claims.substr(0, claims.size() - 1) + "," + more + "}";
        EXPECT_EQ(verdict(token_of(header, twice)), "duplicate_member") << twice;
    }
}

TEST(Token, is_refused_when_deeper_than_8_levels) {
    const auto nested = [](std::size_t levels) {
        boost::json::value value = marker;
        for (std::size_t i = 0; i < levels; ++i) {
            value = i % 2 == 0 ? boost::json::value(array{value}) : object{{"x", value}};
        }
        return value;
    };
    EXPECT_EQ(verdict(with_header("x", nested(7))), "accepted");
    EXPECT_EQ(verdict(with_claim("x", nested(7))), "accepted");
    for (const std::size_t levels : {8u, 31u, 100u}) {
        EXPECT_EQ(verdict(with_header("x", nested(levels))), "too_deep") << levels;
        EXPECT_EQ(verdict(with_claim("x", nested(levels))), "too_deep") << levels;
    }
}

TEST(Token, is_refused_when_its_algorithm_is_none_or_a_shared_secret_or_foreign) {
    EXPECT_EQ(verdict(without_header("alg")), "algorithm_refused");
    for (const boost::json::value& alg : std::vector<boost::json::value>{
             "none", "None", "NONE", "nOnE", "", "HS256", "HS384", "HS512", "RS384", "PS512",
             "ES384", "ES256K", "RS1", "eddsa", "EdDSA ", marker, nullptr, 256, array{"EdDSA"}}) {
        EXPECT_EQ(verdict(with_header("alg", alg)), "algorithm_refused") << alg;
    }
    // As RFC 7519, section 6.1, writes an unsecured token: without signature.
    EXPECT_EQ(verdict("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ."), "algorithm_refused");
}

TEST(Token, is_refused_when_it_brings_its_key_or_asks_for_extensions) {
    object own_key = published_key(marker);
    for (const auto& [name, value] : object{{"jwk", own_key},
                                            {"jku", "https://tanda.example/jwks"},
                                            {"x5u", "https://tanda.example/x5u"},
                                            {"x5c", array{marker}},
                                            {"crit", array{"exp"}},
                                            {"b64", true}}) {
        EXPECT_EQ(verdict(with_header(name, value)), "header_refused") << name;
        EXPECT_EQ(verdict(with_header(name, nullptr)), "header_refused") << name;
    }
    // What is not known is ignored (RFC 7515, section 4).
    EXPECT_EQ(verdict(with_header("x5t", marker)), "accepted");
}

TEST(Token, is_refused_when_its_key_is_not_pinned) {
    EXPECT_EQ(verdict(with_header("kid", marker)), "key_unknown");
    EXPECT_EQ(verdict(with_header("kid", "")), "key_unknown");
    EXPECT_EQ(verdict(with_header("kid", "2026-A")), "key_unknown");
    const auto refusal = verify_signature(with_header("kid", marker), pinned());
    EXPECT_TRUE(says(refusal.error().message, "(pinned: 2026-a); if the issuer has a new key"));
}

TEST(Token, may_leave_its_key_unnamed_only_where_one_is_pinned) {
    const std::string unnamed = without_header("kid");
    EXPECT_EQ(verdict(unnamed), "accepted");
    EXPECT_EQ(verdict_among({published_key("2026-a"), published_key("2026-b")}, unnamed),
              "key_unnamed");
    object nameless = published_key("");
    nameless.erase("kid");
    EXPECT_EQ(verdict_among({nameless}, unnamed), "accepted");
    EXPECT_EQ(verdict_among({nameless}, with_header("kid", "2026-a")), "key_unknown");
}

TEST(Token, is_refused_when_its_algorithm_is_not_the_one_of_its_key) {
    for (const char* alg : {"RS256", "PS256", "ES256"}) {
        EXPECT_EQ(verdict(with_header("alg", alg)), "algorithm_mismatch") << alg;
    }
}

TEST(Token, is_refused_when_its_signature_is_of_something_else) {
    const std::string good = token_of(good_header(), good_claims());
    const std::string other = with_claim("sub", marker);
    const std::string grafted = other.substr(0, other.rfind('.')) + good.substr(good.rfind('.'));
    EXPECT_EQ(verdict(grafted), "signature_wrong");
    EXPECT_EQ(verdict(good.substr(0, good.rfind('.') + 1)), "signature_wrong");
    EXPECT_EQ(verdict(good + "AA"), "signature_wrong");
}

TEST(Token, is_refused_when_any_letter_of_it_is_changed) {
    const std::string good = token_of(good_header(), good_claims());
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string changed = good;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify_signature(changed, pinned())) << "letter " << i;
        EXPECT_FALSE(verify_signature(good.substr(0, i), pinned())) << "cut to " << i;
    }
}

TEST(Token, is_refused_for_its_signature_before_anything_it_says) {
    std::string forged = token_of({{"alg", "EdDSA"}, {"typ", marker}, {"kid", "2026-a"}}, {});
    forged.replace(forged.rfind('.') + 1, 4, "AAAA");
    EXPECT_EQ(verdict(forged), "signature_wrong");
}

TEST(Token, is_refused_when_it_is_no_access_token) {
    EXPECT_EQ(verdict(without_header("typ")), "type_wrong");
    for (const boost::json::value& typ : std::vector<boost::json::value>{
             "JWT", "jwt", "", marker, "at+jwt ", "at jwt", "dpop+jwt", "logout+jwt",
             "application/", "text/at+jwt", "application/application/at+jwt", nullptr, 1}) {
        EXPECT_EQ(verdict(with_header("typ", typ)), "type_wrong") << typ;
    }
    for (const char* typ : {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"}) {
        EXPECT_EQ(verdict(with_header("typ", typ)), "accepted") << typ;
    }
    const Expectation either = expecting(TokenTypes::access_token_or_jwt);
    for (const char* typ : {"JWT", "jwt", "application/jwt", "at+jwt"}) {
        EXPECT_EQ(verdict(with_header("typ", typ), either), "accepted") << typ;
    }
    EXPECT_EQ(verdict(without_header("typ"), either), "type_wrong");
    EXPECT_EQ(verdict(with_header("typ", "dpop+jwt"), either), "type_wrong");
}

TEST(Token, is_refused_when_its_issuer_is_another) {
    for (const char* iss : {"tanda", "https://login.lampung.example/",
                            "https://LOGIN.lampung.example", "http://login.lampung.example"}) {
        EXPECT_EQ(verdict(with_claim("iss", iss)), "issuer_wrong") << iss;
    }
    EXPECT_EQ(verdict(without_claim("iss")), "claim_missing");
    EXPECT_EQ(verdict(with_claim("iss", "")), "claim_malformed");
    EXPECT_EQ(verdict(with_claim("iss", array{"https://login.lampung.example"})),
              "claim_malformed");
}

TEST(Token, is_refused_when_it_is_for_others) {
    EXPECT_EQ(verdict(with_claim("aud", array{marker, "jejak"})), "accepted");
    for (const boost::json::value& aud : std::vector<boost::json::value>{
             "", marker, "Jejak", "jejak ", "jejak/", array{}, array{marker, "jeja"}}) {
        EXPECT_EQ(verdict(with_claim("aud", aud)), "audience_wrong") << aud;
    }
    for (const boost::json::value& aud :
         std::vector<boost::json::value>{nullptr, 1, object{{"jejak", true}}, array{"jejak", 1},
                                         boost::json::parse("[[\"jejak\"]]")}) {
        EXPECT_EQ(verdict(with_claim("aud", aud)), "claim_malformed") << aud;
    }
    EXPECT_EQ(verdict(without_claim("aud")), "claim_missing");
}

TEST(Token, is_refused_when_it_is_about_nobody) {
    EXPECT_EQ(verdict(without_claim("sub")), "claim_missing");
    EXPECT_EQ(verdict(with_claim("sub", "")), "claim_malformed");
    EXPECT_EQ(verdict(with_claim("sub", 198002202006041003)), "claim_malformed");
    EXPECT_EQ(verdict(with_claim("sub", nullptr)), "claim_malformed");
}

TEST(Token, is_accepted_to_the_last_moment_before_it_expires) {
    const std::string token = token_of(good_header(), good_claims());
    for (const int leeway : {0, 1, 30, 60}) {
        const Expectation expectation = expecting(TokenTypes::access_token, seconds(leeway));
        const std::int64_t end = expires + leeway;
        EXPECT_EQ(verdict(token, expectation, at(end - 1)), "accepted");
        EXPECT_EQ(verdict(token, expectation, at(end, -1)), "accepted");
        EXPECT_EQ(verdict(token, expectation, at(end)), "expired");
        EXPECT_EQ(verdict(token, expectation, at(end + 1)), "expired");
    }
    const auto refusal = verify_token(token, pinned(), expecting(), at(expires + 75));
    EXPECT_TRUE(says(refusal.error().message, "expired 75 s ago (leeway 0 s)"));
}

TEST(Token, is_accepted_from_the_moment_it_names) {
    for (const auto& [name, fault] : std::vector<std::pair<std::string, std::string>>{
             {"nbf", "not_yet_valid"}, {"iat", "issued_in_future"}}) {
        object claims = good_claims();
        claims.erase(name == "nbf" ? "iat" : "nbf");
        const std::string token = token_of(good_header(), claims);
        for (const int leeway : {0, 1, 30, 60}) {
            const Expectation expectation = expecting(TokenTypes::access_token, seconds(leeway));
            const std::int64_t begin = issued - leeway;
            EXPECT_EQ(verdict(token, expectation, at(begin)), "accepted") << name;
            EXPECT_EQ(verdict(token, expectation, at(begin + 1)), "accepted") << name;
            EXPECT_EQ(verdict(token, expectation, at(begin, -1)), fault) << name;
            EXPECT_EQ(verdict(token, expectation, at(begin - 1)), fault) << name;
        }
    }
}

TEST(Token, has_an_end_but_need_not_say_when_it_began) {
    EXPECT_EQ(verdict(without_claim("exp")), "claim_missing");
    EXPECT_EQ(verdict(without_claim("nbf")), "accepted");
    EXPECT_EQ(verdict(without_claim("iat")), "accepted");
    EXPECT_EQ(verdict(with_claim("exp", 253'402'300'799)), "accepted");
    EXPECT_EQ(verdict(with_claim("nbf", 0)), "accepted");
}

TEST(Token, is_refused_when_a_time_is_no_whole_second) {
    const std::string header = boost::json::serialize(good_header());
    for (const std::string name : {"exp", "nbf", "iat"}) {
        for (const std::string time :
             {"1.7e9", "1700000000.0", "1700000000.5", "17e8", "1e400", "\"1700000000\"", "null",
              "true", "[]", "-1", "253402300800", "9223372036854775807", "9223372036854775808",
              "18446744073709551616"}) {
            std::string claims = boost::json::serialize(good_claims());
            const std::string member = "\"" + name + "\":";
            const std::size_t from = claims.find(member) + member.size();
            claims.replace(from, claims.find_first_of(",}", from) - from, time);
            EXPECT_EQ(verdict(token_of(header, claims)), "claim_malformed") << claims;
        }
    }
}

TEST(Token, is_told_apart_by_words_that_do_not_repeat) {
    std::set<std::string> names;
    std::size_t faults = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<TokenFault>>([&](auto each) {
        names.emplace(name_of(each.value));
        ++faults;
    });
    EXPECT_EQ(names.size(), faults);
    const TokenRefusal refusal{TokenFault::expired, "it is over"};
    EXPECT_EQ(refusal.as_error(),
              error(ErrorCode::invalid_input, "token refused (expired): it is over"));
    EXPECT_THROW((void)TokenResult<Claims>(refusal).value(), std::logic_error);
}

std::string refusal_of_expectation(std::string issuer, std::string audience, seconds leeway) {
    const auto expectation =
        Expectation::make(std::move(issuer), std::move(audience), TokenTypes::access_token, leeway);
    return expectation ? "" : expectation.error().message;
}

TEST(Expectation, names_an_issuer_an_audience_and_at_most_a_minute) {
    EXPECT_TRUE(says(refusal_of_expectation("", "jejak", seconds(0)), "no issuer"));
    EXPECT_TRUE(says(refusal_of_expectation("https://i", "", seconds(0)), "no audience"));
    EXPECT_TRUE(says(refusal_of_expectation("https://i", "jejak", seconds(-1)), "give 0 to 60"));
    EXPECT_TRUE(says(refusal_of_expectation("https://i", "jejak", seconds(61)), "give 0 to 60"));
    EXPECT_EQ(refusal_of_expectation("https://i", "jejak", seconds(60)), "");
}

}  // namespace
}  // namespace jejak::auth
