#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <string>

#include "adapters/http/chunked_body.hpp"
#include "adapters/http/head.hpp"
#include "adapters/http/reply.hpp"
#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

TEST(HttpReply, writes_dates_as_rfc_9110_has_them) {
    using namespace std::chrono;
    EXPECT_EQ(http_date(system_clock::from_time_t(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(http_date(system_clock::from_time_t(951782400)), "Tue, 29 Feb 2000 00:00:00 GMT");
    EXPECT_EQ(http_date(system_clock::from_time_t(0) + 1999ms), "Thu, 01 Jan 1970 00:00:01 GMT");
}

TEST(HttpReply, carries_the_security_headers_and_no_banner) {
    House house(echo);
    for (const std::string path : {"/", "/%00"}) {
        const auto answer = ask(house.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
        EXPECT_EQ(answer.field("cache-control"), "no-store");
        EXPECT_EQ(answer.field("content-security-policy"),
                  "default-src 'none'; frame-ancestors 'none'");
        EXPECT_EQ(answer.field("referrer-policy"), "no-referrer");
        EXPECT_EQ(answer.fields.count("strict-transport-security"), 0u);  // only through TLS
        EXPECT_EQ(answer.fields.count("vary"), 0u);
        EXPECT_EQ(answer.field("content-length"), std::to_string(answer.body.size()));
        EXPECT_EQ(answer.field("date").size(), 29u);
        EXPECT_EQ(answer.fields.count("server"), 0u);
    }
}

TEST(HttpReply, sends_what_the_handler_sets_but_nothing_that_forges_answers) {
    const Pairs headers = {{"cache-control", "max-age=5"},
                           {"ETag", "\"1\""},
                           {"X-Split", "a\r\nSet-Cookie: b"},
                           {"X-Feed", "a\nb"},
                           {"X-Nul", std::string("a\0b", 3)},
                           {"X Y", "z"},
                           {"Bad\r\nName", "z"},
                           {"", "z"},
                           {"content-length", "7"},
                           {"Transfer-Encoding", "chunked"},
                           {"Server", "x"},
                           {"Referrer-Policy", "unsafe-url"},
                           {"Strict-Transport-Security", "max-age=0"},
                           {"Access-Control-Allow-Origin", "*"},
                           {"access-control-allow-credentials", "true"},
                           {"Connection", "close"}};
    const auto reply = reply_of({200, "text/plain\r\nX: y", "body", headers}, {}, {});
    EXPECT_EQ(reply.head,
              "HTTP/1.1 200 OK\r\n"
              "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
              "Content-Length: 4\r\n"
              "cache-control: max-age=5\r\n"
              "ETag: \"1\"\r\n"
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
              "X-Content-Type-Options: nosniff\r\n"
              "Referrer-Policy: no-referrer\r\n\r\n");
    EXPECT_EQ(reply.body, "body");
}

TEST(HttpReply, lets_a_page_say_what_it_may_load) {
    const std::string policy = "default-src 'self'";
    const auto reply =
        reply_of({200, "text/html", "", {{"content-security-policy", policy}}}, {}, {});
    EXPECT_NE(reply.head.find("content-security-policy: " + policy), std::string::npos);
    EXPECT_EQ(reply.head.find("Content-Security-Policy"), std::string::npos);
}

TEST(HttpReply, turns_a_status_that_is_none_into_500) {
    for (const unsigned status : {0u, 100u, 101u, 199u, 600u, 1000u}) {
        const auto reply = reply_of({status, "", "secret", {}}, {}, {});
        EXPECT_TRUE(reply.head.starts_with("HTTP/1.1 500 Internal Server Error\r\n")) << status;
        EXPECT_EQ(reply.body.find("secret"), std::string::npos);
    }
    EXPECT_TRUE(reply_of({299, "", "", {}}, {}, {}).head.starts_with("HTTP/1.1 299 "));
}

// Cuts a stream of requests in two at every byte.
TEST(HttpHead, is_found_wherever_the_packets_end) {
    const std::string text = "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        std::size_t scanned = 0;
        const auto first = find_head(text.substr(0, cut), scanned, {});
        ASSERT_TRUE(first);
        EXPECT_EQ(first->has_value(), cut >= 28) << cut;
        if (*first) continue;
        const auto second = find_head(text, scanned, {});
        ASSERT_TRUE(second && *second);
        EXPECT_EQ(**second, 28u);
    }
}

TEST(HttpChunkedBody, is_decoded_wherever_the_packets_end) {
    const std::string text = "4;x=y\r\nWiki\r\n006\r\npedia \r\n0\r\nA: b\r\nC: d\r\n\r\nGET /";
    for (std::size_t one = 0; one <= text.size(); ++one) {
        for (std::size_t two = one; two <= text.size(); ++two) {
            ChunkedBody chunked{Limits()};
            std::string input;
            std::string body;
            Accepted<bool> complete = false;
            std::size_t from = 0;
            for (const std::size_t to : {one, two, text.size()}) {
                input += text.substr(from, to - from);
                from = to;
                complete = chunked.take(input, body);
                ASSERT_TRUE(complete) << one << ", " << two;
            }
            EXPECT_TRUE(*complete);
            EXPECT_EQ(body, "Wikipedia ");
            EXPECT_EQ(input, "GET /");
        }
    }
}

TEST(HttpProblem, is_utf_8_whatever_header_it_quotes) {
    const auto detail = [](const std::string& quoted) {
        return std::string(
            boost::json::parse(problem(400, "x", quoted).body).at("detail").as_string());
    };
    EXPECT_EQ(detail("caf\xC3\xA9"), "caf\xC3\xA9");
    EXPECT_EQ(detail("a\xFFz"), "a\xEF\xBF\xBDz");
    EXPECT_EQ(detail("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(detail(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(HttpServer, says_why_it_can_not_listen) {
    House house(echo);
    boost::asio::thread_pool pool(1);
    const auto message = [&](const std::string& address, std::uint16_t port, Limits limits = {}) {
        const auto server = Server::start(pool.get_executor(), address, port, limits, echo);
        return server ? "" : server.error().message;
    };
    EXPECT_EQ(message("127.0.0.1", house.port()),
              "cannot listen on address 127.0.0.1, port " + std::to_string(house.port()) +
                  ": another program listens there; stop it or choose another port");
    EXPECT_NE(message("localhost", 80).find("no IP address; give one such as 127.0.0.1"),
              std::string::npos);
    EXPECT_NE(message("192.0.2.1", 0).find("does not have the address"), std::string::npos);
    Limits limits;
    limits.header_bytes_max = header_bytes_bound + 1;
    EXPECT_NE(message("127.0.0.1", 0, limits).find("allow at most 61440"), std::string::npos);
}

}  // namespace
}  // namespace jejak::http
