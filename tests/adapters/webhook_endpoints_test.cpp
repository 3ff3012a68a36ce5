#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/webhooks/endpoints.hpp"
#include "adapters/webhooks/signature.hpp"
#include "tests/adapters/says.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::webhooks {
namespace {

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::string entry(const std::string& url, const std::string& more = "") {
    return R"([{"id": "payroll", "url": ")" + url + R"(", "secrets": [")" + secret +
           R"("], "events": ["*"])" + more + "}]";
}
std::string refusal_of(const std::string& text) {
    const auto endpoints = read_endpoints(text);
    return endpoints ? "accepted" : endpoints.error().message;
}

TEST(WebhookEndpoints, are_read_with_all_they_say) {
    const auto endpoints = read_endpoints(R"([
        {"id": "payroll", "url": "https://Payroll.Example.go.id/hooks?from=jejak",
         "secrets": [")" + secret + R"(", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
         "events": ["appraisal.finalised", "objection_2.decided"], "units": ["puskesmas"],
         "reminders": true, "from_position": 1},
        {"id": "desk-1_b", "url": "http://127.0.0.1:8099", "secrets": [")" +
                                          secret + R"("],
         "events": ["*"], "allow_private": true}])");
    ASSERT_TRUE(endpoints) << endpoints.error().message;
    ASSERT_EQ(endpoints->size(), 2);
    const Endpoint& payroll = endpoints->at(0);
    EXPECT_EQ(payroll.id, "payroll");
    EXPECT_EQ(payroll.url, (Url{true, "payroll.example.go.id", 443, "/hooks?from=jejak"}));
    EXPECT_EQ(payroll.keys, (std::vector{*parse_secret(secret), std::string(24, '\0')}));
    EXPECT_TRUE(payroll.reminders);
    EXPECT_FALSE(payroll.allow_private);
    EXPECT_EQ(payroll.from_position, Position{1});
    EXPECT_TRUE(wants(payroll, "appraisal.finalised", {"poli-gigi", "puskesmas"}));
    EXPECT_FALSE(wants(payroll, "appraisal.finalised", {"poli-gigi"}));
    EXPECT_FALSE(wants(payroll, "appraisal.finalised", {}));
    EXPECT_FALSE(wants(payroll, "appraisal.opened", {"puskesmas"}));
    EXPECT_TRUE(wants_reminder(payroll, {"puskesmas"}));
    const Endpoint& desk = endpoints->at(1);
    EXPECT_EQ(desk.url, (Url{false, "127.0.0.1", 8099, "/"}));
    EXPECT_TRUE(wants(desk, "appraisal.opened", {}));
    EXPECT_FALSE(wants_reminder(desk, {}));
    EXPECT_TRUE(read_endpoints("[]")->empty());
}

TEST(WebhookEndpoints, are_refused_with_every_fault_its_place_and_its_remedy) {
    const std::string message = refusal_of(R"([
        {"id": "Payroll", "url": "ftp://a", "secrets": ["whsec_AAAA"], "event": ["*"],
         "events": ["*", "Appraisal"], "reminders": 1, "from_position": 0},
        7,
        {"id": "same", "url": "https://a.example", "secrets": [], "events": ["x"], "units": []},
        {"id": "same", "url": "https://a.example",
         "secrets": [")" + secret + R"(", ")" +
                                           secret + R"("]}])");
    EXPECT_TRUE(says(message, "/0/id: can not name a file; write 1 to 48 small letters"));
    EXPECT_TRUE(says(message, "/0/url: it begins without https://; write it as https://"));
    EXPECT_TRUE(says(message, "/0/secrets/0: is a key of 3 bytes, not of 24 to 64; make a secret"));
    EXPECT_TRUE(says(message, "/0/event: is not known; write events"));
    EXPECT_TRUE(says(message, "/0/events/0: is all there is; leave the others out"));
    EXPECT_TRUE(says(message, "/0/events/1: is no type; write small letters"));
    EXPECT_TRUE(says(message, "/0/reminders: is neither true nor false"));
    EXPECT_TRUE(says(message, "/0/from_position: is no whole number from 1 on"));
    EXPECT_TRUE(says(message, "/1: is no object; write {\"id\""));
    EXPECT_TRUE(says(message, "/2/secrets: is no list of 1 to 1000 texts"));
    EXPECT_TRUE(says(message, "/2/units: is no list of 1 to 1000 texts"));
    EXPECT_TRUE(says(message, "/3/id: stands before; give each its own"));
    EXPECT_TRUE(says(message, "/3/secrets/1: stands before; keep it once"));
    EXPECT_TRUE(says(message, "/3/events: is left out; name types"));
    EXPECT_FALSE(contains(message, secret)) << "a secret is told";
    EXPECT_TRUE(says(refusal_of("{}"), "is no list; write [{"));
    EXPECT_TRUE(says(refusal_of("[{]"), "line 1"));
}

TEST(WebhookEndpoints, have_a_url_that_every_program_reads_alike) {
    const std::vector<std::pair<std::string, std::string>> wrong = {
        {"https://user:word@a.example/", "names a user before the host"},
        {"https://a.example/#top", "has a fragment"},
        {"http://a.example/", "plain http is for this machine alone"},
        {"http://10.0.0.1/", "plain http is for this machine alone"},
        {"https:///hooks", "its host is neither a name"},
        {"https://127.1/", "its host is neither a name"},
        {"https://0x7f.0.0.1/", "its host is neither a name"},
        {"https://2130706433/", "its host is neither a name"},
        {"https://a..example/", "its host is neither a name"},
        {"https://a.example./", "its host is neither a name"},
        {"https://dinas\u00e9.example/", "has to be escaped"},
        {"https://a.example\\\\@b.example/", "has to be escaped"},
        {"https://a.example:0/", "its port is no number"},
        {"https://a.example:70000/", "its port is no number"},
        {"https://a.example:/", "its port is no number"},
        {"https://[::1/", "a bracket is open"},
        {"https://[a.example]/", "its host is neither a name"},
        {"https://[::1]x/", "something stands behind its host"},
        {"https://a.example/a b", "has a blank"},
        {"https://a.example/" + std::string(2'000, 'a'), "longer than 2000 bytes"}};
    for (const auto& [url, words] : wrong) {
        const std::string message = refusal_of(entry(url));
        EXPECT_TRUE(says(message, "/0/url: ")) << url;
        EXPECT_TRUE(says(message, words)) << url;
    }
    EXPECT_EQ(*parse_url("https://a.example?x=1"), (Url{true, "a.example", 443, "/?x=1"}));
    EXPECT_EQ(*parse_url("https://[2600::1]:8443/x"), (Url{true, "2600::1", 8443, "/x"}));
    EXPECT_EQ(authority_of(*parse_url("https://[2600::1]:8443/x")), "[2600::1]:8443");
    EXPECT_EQ(authority_of(*parse_url("https://a.example:443/x")), "a.example");
}

TEST(WebhookEndpoints, lie_on_the_public_internet_unless_they_are_allowed_not_to) {
    for (const std::string host :
         {"127.0.0.1", "localhost", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254",
          "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "hooks.localhost"}) {
        EXPECT_TRUE(says(refusal_of(entry("https://" + host + "/")), "\"allow_private\": true"))
            << host;
        EXPECT_EQ(refusal_of(entry("https://" + host + "/", ", \"allow_private\": true")),
                  "accepted")
            << host;
    }
    EXPECT_EQ(refusal_of(entry("https://hooks.example.go.id/")), "accepted");
}

TEST(WebhookAddress, is_public_only_outside_of_the_special_blocks) {
    for (const std::string text : {"0.0.0.0",
                                   "10.0.0.0",
                                   "10.255.255.255",
                                   "100.64.0.1",
                                   "127.255.255.255",
                                   "169.254.1.1",
                                   "172.16.0.1",
                                   "172.31.255.255",
                                   "192.0.0.8",
                                   "192.0.2.1",
                                   "192.168.255.255",
                                   "198.19.0.1",
                                   "198.51.100.1",
                                   "203.0.113.1",
                                   "224.0.0.1",
                                   "255.255.255.255",
                                   "::",
                                   "::1",
                                   "fe80::1",
                                   "fc00::1",
                                   "ff02::1",
                                   "2001:db8::1",
                                   "2001::1",
                                   "2002:a00:1::1",
                                   "3fff::1",
                                   "::ffff:127.0.0.1",
                                   "64:ff9b::a00:1",
                                   "64:ff9b:1::808:808",
                                   "100::1"}) {
        EXPECT_FALSE(is_public(boost::asio::ip::make_address(text))) << text;
    }
    for (const std::string text :
         {"9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
          "172.32.0.0", "192.167.255.255", "223.255.255.255", "8.8.8.8", "2600::1", "2001:200::1",
          "::ffff:8.8.8.8", "64:ff9b::808:808"}) {
        EXPECT_TRUE(is_public(boost::asio::ip::make_address(text))) << text;
    }
}

TEST(WebhookEndpointsFile, is_for_its_owner_alone) {
    using std::filesystem::perms;
    const storage::TemporaryDirectory place;
    const auto file = place / "webhooks.json";
    EXPECT_TRUE(says(load_endpoints(file).error().message, "is no file that can be read"));
    std::ofstream(file) << entry("https://hooks.example.go.id/");
    for (const perms open : {perms::group_read, perms::others_read, perms::others_write}) {
        std::filesystem::permissions(file, perms::owner_read | open);
        const auto refused = load_endpoints(file);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::environment);
        EXPECT_TRUE(says(refused.error().message, "chmod 600 " + file.string()));
    }
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
    EXPECT_EQ(load_endpoints(file)->size(), 1);
    std::ofstream(file) << "[{}]";
    EXPECT_TRUE(says(load_endpoints(file).error().message, file.string() + ":\n/0/id: is left"));
    EXPECT_FALSE(load_endpoints(place.path()));
}

}  // namespace
}  // namespace jejak::webhooks
