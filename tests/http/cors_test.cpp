// Pages of other origins that call the server from a browser.

#include <gtest/gtest.h>

#include <string>

#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

const std::string front_end = "https://penilaian.example";

ServerSettings for_pages() {
    ServerSettings settings;
    settings.allowed_origins = {"https://other.example:8443", front_end};
    return settings;
}

std::string from(const std::string& origin, const std::string& rest = "") {
    return " / HTTP/1.1\r\nHost: a\r\nOrigin: " + origin + "\r\n" + rest + "\r\n";
}

TEST(HttpCors, lets_pages_of_an_allowed_origin_read_answers) {
    House house(echo, {}, for_pages());
    const auto answer = ask(house.port(), "GET" + from(front_end));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("access-control-allow-origin"), front_end);
    EXPECT_EQ(answer.field("access-control-expose-headers"),
              "ETag, Location, Retry-After, Jejak-Position");
    EXPECT_EQ(answer.field("vary"), "Origin");
    EXPECT_EQ(answer.fields.count("access-control-allow-credentials"), 0u);
}

TEST(HttpCors, lets_them_read_why_they_are_refused) {
    Limits limits;
    limits.body_bytes_max = 1;
    House house(echo, limits, for_pages());
    const auto answer = ask(house.port(), "POST" + from(front_end, "Content-Length: 2\r\n"));
    EXPECT_EQ(answer.code(), "body_too_large");
    EXPECT_EQ(answer.field("access-control-allow-origin"), front_end);
}

TEST(HttpCors, says_nothing_to_pages_of_other_origins) {
    House house(echo, {}, for_pages());
    for (const std::string origin :
         {"https://evil.example", "http://penilaian.example", "https://penilaian.example:443",
          "https://penilaian.example.evil.example", "https://PENILAIAN.example", "null", "*", ""}) {
        for (const std::string method : {"GET", "OPTIONS"}) {
            const auto answer =
                ask(house.port(), method + from(origin, "Access-Control-Request-Method: POST\r\n"));
            EXPECT_EQ(answer.body, method + " / ") << origin;
            EXPECT_EQ(answer.field("vary"), "Origin");
            for (const std::string name : {"origin", "methods", "headers"}) {
                EXPECT_EQ(answer.fields.count("access-control-allow-" + name), 0u) << origin;
            }
        }
    }
}

TEST(HttpCors, does_not_carry_an_origin_over_to_the_next_request) {
    House house(echo, {}, for_pages());
    Client client(house.port());
    client.send("GET" + from(front_end) + "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /%00 HTTP/1.1\r\n");
    client.send("Host: a\r\n\r\n");
    EXPECT_EQ(client.receive().field("access-control-allow-origin"), front_end);
    for (const unsigned status : {200u, 400u}) {
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.fields.count("access-control-allow-origin"), 0u);
    }
}

TEST(HttpCors, answers_a_preflight_without_the_handler) {
    House house(
        [](const Request& request, const Answer& answer) {
            EXPECT_FALSE(request.header("Access-Control-Request-Method"));
            answer({200, "", "handled", {}});
        },
        {}, for_pages());
    Client client(house.port());
    client.send("OPTIONS" + from(front_end,
                                 "Access-Control-Request-Method: POST\r\n"
                                 "Access-Control-Request-Headers: authorization, if-match\r\n"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 204u);
    EXPECT_EQ(answer.field("access-control-allow-origin"), front_end);
    EXPECT_EQ(answer.field("access-control-allow-methods"), "GET, HEAD, POST");
    EXPECT_NE(answer.field("access-control-allow-headers").find("Authorization, "),
              std::string::npos);
    EXPECT_NE(answer.field("access-control-allow-headers").find("If-Match"), std::string::npos);
    EXPECT_EQ(answer.field("access-control-max-age"), "3600");
    EXPECT_EQ(answer.field("vary"), "Origin");
    // An OPTIONS that is none is the handler's.
    client.send("OPTIONS" + from(front_end));
    EXPECT_EQ(client.receive().body, "handled");
}

TEST(HttpCors, is_silent_where_no_origin_is_allowed) {
    House house(echo);
    const auto answer = ask(house.port(), "GET" + from(front_end));
    EXPECT_EQ(answer.fields.count("vary"), 0u);
    EXPECT_EQ(answer.fields.count("access-control-allow-origin"), 0u);
}

TEST(HttpCors, refuses_to_start_with_an_origin_that_no_browser_sends) {
    boost::asio::thread_pool pool(1);
    for (const std::string origin : {"*", "https://*.example", "penilaian.example",
                                     "https://penilaian.example/", "https://", "null", ""}) {
        ServerSettings settings;
        settings.allowed_origins = {origin};
        const auto server = Server::start(pool.get_executor(), "127.0.0.1", 0, {}, echo, settings);
        ASSERT_FALSE(server) << origin;
        EXPECT_NE(server.error().message.find("'" + origin + "' is no origin; give scheme, host"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace jejak::http
