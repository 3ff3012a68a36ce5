#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/auth/token.hpp"
#include "tests/storage/temporary_directory.hpp"

// Tokens that another program signs: `jose` of the Debian package of that name.
namespace jejak::auth {
namespace {

constexpr std::int64_t expires = 1'800'000'000;

bool has_jose() {
    return std::system("command -v jose >/dev/null 2>&1") == 0;
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Makes a key of this algorithm in `place`: key.jwk, and its public half alone in keys.jwks.
// Then signs claims that are right, and says so in the header.
void sign_with_jose(const std::filesystem::path& place, const std::string& alg) {
    std::ofstream(place / "claims")
        << R"({"iss":"https://login.lampung.example","aud":["jejak"],)"
        << R"("sub":"198002202006041003","exp":)" << expires << R"(,"roles":["supervisor"]})";
    const std::string command =
        "cd '" + place.string() + "' && jose jwk gen -i '{\"alg\":\"" + alg +
        "\",\"kid\":\"jose\"}' -o key.jwk && jose jwk pub -s -i key.jwk -o keys.jwks && "
        "jose jws sig -I claims -k key.jwk -c -o token -s '{\"protected\":{\"alg\":\"" +
        alg + "\",\"kid\":\"jose\",\"typ\":\"at+jwt\"}}'";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

TEST(TokenOracle, signs_what_is_accepted) {
    if (!has_jose()) GTEST_SKIP() << "no jose: install the Debian package jose";
    const auto expectation = Expectation::make("https://login.lampung.example", "jejak");
    for (const std::string alg : {"RS256", "PS256", "ES256"}) {
        SCOPED_TRACE(alg);
        const storage::TemporaryDirectory place;
        sign_with_jose(place.path(), alg);
        const auto keys = read_jwks(contents(place / "keys.jwks"));
        ASSERT_TRUE(keys) << keys.error().message;
        EXPECT_EQ(name_of(keys->find("jose")->algorithm()), alg);
        const std::string token = contents(place / "token");
        const auto claims =
            verify_token(token, *keys, *expectation, Instant{(expires - 1) * 1'000'000});
        ASSERT_TRUE(claims) << claims.error().message;
        EXPECT_EQ(claims->subject(), "198002202006041003");
        EXPECT_EQ(claims->texts("roles"), std::vector<std::string_view>{"supervisor"});
        const auto late = verify_token(token, *keys, *expectation, Instant{expires * 1'000'000});
        EXPECT_EQ(late.error().fault, TokenFault::expired);
    }
}

TEST(TokenOracle, signs_what_is_refused_with_another_key_or_kept_secrets) {
    if (!has_jose()) GTEST_SKIP() << "no jose: install the Debian package jose";
    const storage::TemporaryDirectory one, other;
    sign_with_jose(one.path(), "ES256");
    sign_with_jose(other.path(), "ES256");
    const auto keys = read_jwks(contents(other / "keys.jwks"));
    ASSERT_TRUE(keys) << keys.error().message;
    const auto refused = verify_signature(contents(one / "token"), *keys);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, TokenFault::signature_wrong);
    EXPECT_FALSE(read_jwks("{\"keys\":[" + contents(one / "key.jwk") + "]}"));
}

}  // namespace
}  // namespace jejak::auth
