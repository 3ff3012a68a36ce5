#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include "adapters/webhooks/message.hpp"
#include "adapters/webhooks/signature.hpp"
#include "tests/adapters/says.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::webhooks {
namespace {

constexpr std::string_view secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view other_secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

// The example of the convention's own libraries (webhook.test.ts, "sign function works").
TEST(WebhookSignature, is_that_of_the_published_example) {
    EXPECT_EQ(sign({*parse_secret(secret)}, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1'614'265'330,
                   R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, is_verified_by_another_program) {
    if (std::system("python3 -c pass 2>/dev/null") != 0) GTEST_SKIP() << "no python3";
    const storage::TemporaryDirectory place;
    const std::string body = "{\"name\":\"Ibu Sri, \xC3\xA9\",\"nothing\":null}";
    std::ofstream(place / "body", std::ios::binary) << body;
    std::ofstream(place / "verify.py")
        << "import base64, hashlib, hmac, sys\n"
        << "secret, signature = sys.argv[1:3]\n"
        << "content = b'msg_1.1700000000.' + open(sys.argv[3], 'rb').read()\n"
        << "key = base64.b64decode(secret[len('whsec_'):])\n"
        << "right = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()\n"
        << "sys.exit(0 if 'v1,' + right in signature.split() else 1)\n";
    const std::string both =
        sign({*parse_secret(other_secret), *parse_secret(secret)}, "msg_1", 1'700'000'000, body);
    const auto verdict = [&](const std::string& signature, std::string_view by) {
        const std::string command = "python3 '" + (place / "verify.py").string() + "' '" +
                                    std::string(by) + "' '" + signature + "' '" +
                                    (place / "body").string() + "'";
        return std::system(command.c_str());
    };
    EXPECT_EQ(verdict(both, secret), 0) << both;
    EXPECT_EQ(verdict(both, other_secret), 0) << both;
    EXPECT_NE(verdict(sign({*parse_secret(secret)}, "msg_1", 1'700'000'001, body), secret), 0);
}

TEST(WebhookSignature, is_one_for_each_secret_while_one_replaces_the_other) {
    const std::string fresh = *parse_secret(secret), old = *parse_secret(other_secret);
    const std::string both = sign({fresh, old}, "msg_1", 17, "{}");
    EXPECT_EQ(both, sign({fresh}, "msg_1", 17, "{}") + ' ' + sign({old}, "msg_1", 17, "{}"));
    EXPECT_TRUE(is_signed_with(fresh, both, "msg_1", 17, "{}"));
    EXPECT_TRUE(is_signed_with(old, both, "msg_1", 17, "{}"));
    EXPECT_FALSE(is_signed_with(std::string(32, 'x'), both, "msg_1", 17, "{}"));
}

TEST(WebhookSignature, holds_for_no_other_id_time_or_body) {
    const std::string key = *parse_secret(secret);
    const std::string signature = sign({key}, "msg_1", 17, "{}");
    EXPECT_FALSE(is_signed_with(key, signature, "msg_2", 17, "{}"));
    EXPECT_FALSE(is_signed_with(key, signature, "msg_1", 18, "{}"));
    EXPECT_FALSE(is_signed_with(key, signature, "msg_1", 17, "{ }"));
    EXPECT_FALSE(is_signed_with(key, signature.substr(0, 20), "msg_1", 17, "{}"));
    EXPECT_FALSE(is_signed_with(key, "", "msg_1", 17, "{}"));
}

TEST(WebhookSecret, is_base64_of_24_to_64_bytes_behind_whsec) {
    EXPECT_EQ(parse_secret("whsec_" + std::string(32, 'A'))->size(), 24);
    EXPECT_EQ(parse_secret("whsec_" + std::string(86, 'A') + "==")->size(), 64);
    EXPECT_EQ(parse_secret("whsec_" + std::string(30, '+') + "/A")->front(), '\xFB');
    for (const std::string& wrong :
         {std::string(32, 'A'), "whsec_" + std::string(28, 'A'), "whsec_" + std::string(88, 'A'),
          "whsec_" + std::string(31, '-') + "A",
          "whsec_" + std::string(30, 'A') + "B=", "whsec_" + std::string(43, 'A'),
          "whsec_" + std::string(32, '!'), std::string("whsec_")}) {
        const auto refused = parse_secret(wrong);
        ASSERT_FALSE(refused) << wrong;
        EXPECT_TRUE(says(refused.error().message, "openssl rand"));
        const std::string told = wrong.substr(6, 20);
        EXPECT_FALSE(!told.empty() && contains(refused.error().message, told))
            << "a secret is told";
    }
}

TEST(WebhookMessage, is_written_once_without_blanks) {
    const Message message{"appraisal.finalised",
                          *parse_instant("2026-03-02T08:00:00.25+07:00"),
                          {{"appraisal", "lampung-2026-0017"}, {"version", 9}},
                          {"puskesmas"}};
    EXPECT_EQ(body_of(message),
              R"({"type":"appraisal.finalised","timestamp":"2026-03-02T01:00:00.250Z",)"
              R"("data":{"appraisal":"lampung-2026-0017","version":9}})");
}

TEST(WebhookMessage, has_an_id_of_its_own_for_each_endpoint_record_and_reminder) {
    const KeyBytes key{1}, other_key{2};
    const std::string id = message_id_of(key, "payroll", Position{17});
    EXPECT_EQ(id.size(), 4 + 32);
    EXPECT_EQ(id.substr(0, 4), "msg_");
    EXPECT_EQ(id.find('.'), std::string::npos);
    EXPECT_EQ(id, message_id_of(key, "payroll", Position{17}));
    EXPECT_NE(id, message_id_of(key, "payroll", Position{18}));
    EXPECT_NE(id, message_id_of(key, "archive", Position{17}));
    EXPECT_NE(id, message_id_of(other_key, "payroll", Position{17}));
    EXPECT_NE(id, message_id_of(key, "payroll", "17"));
}

}  // namespace
}  // namespace jejak::webhooks
