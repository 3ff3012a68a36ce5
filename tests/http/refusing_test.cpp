#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

using namespace std::string_literals;

struct Wrong {
    std::string request;
    unsigned status;
    std::string code;
};

// A request line of its own, then Host.
std::string line(const std::string& request_line) {
    return request_line + "\r\nHost: a\r\n\r\n";
}

std::string target(const std::string& text) {
    return line("GET " + text + " HTTP/1.1");
}

std::string fields(const std::string& text) {
    return "POST / HTTP/1.1\r\nHost: a\r\n" + text + "\r\n\r\n";
}

std::string chunks(const std::string& text) {
    return fields("Transfer-Encoding: chunked") + text;
}

void expect_refused(const std::vector<Wrong>& table) {
    House house([](const Request&, const Answer& answer) { answer({200, "", "served", {}}); });
    for (const auto& [request, status, code] : table) {
        Client client(house.port());
        client.send(request);
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, status) << request;
        EXPECT_EQ(answer.code(), code) << request;
        EXPECT_EQ(answer.field("connection"), "close") << request;
        EXPECT_TRUE(client.ends()) << request;
    }
}

TEST(HttpRefusing, refuses_malformed_request_lines) {
    const std::string code = "malformed_request";
    expect_refused({
        {line("GET /"), 400, code},
        {line("GET"), 400, code},
        {line(" GET / HTTP/1.1"), 400, code},
        {line("GET  / HTTP/1.1"), 400, code},
        {line("GET /  HTTP/1.1"), 400, code},
        {line("GET / HTTP/1.1 "), 400, code},
        {line("GET / x HTTP/1.1"), 400, code},
        {line("GET\t/\tHTTP/1.1"), 400, code},
        {line("G@T / HTTP/1.1"), 400, code},
        {line("G\xC3\x89T / HTTP/1.1"), 400, code},
        {line("GET / http/1.1"), 400, code},
        {line("GET / HTTP/1"), 400, code},
        {line("GET / HTTP/11"), 400, code},
        {line("GET / HTTP/1.1x"), 400, code},
        {line("GET / FTP/1.1"), 400, code},
        {line("GET / HTTP/1.10"), 400, code},
        {"\r\n\r\n" + line("GET / HTTP/1.1"), 400, code},
        {"\n" + line("GET / HTTP/1.1"), 400, code},
        {"GET / HTTP/1.1\nHost: a\n\n", 400, code},
        {"GET / HTTP/1.1\rHost: a\r\n\r\n", 400, code},
        {"GET /\0 HTTP/1.1\r\n"s, 400, code},
        {"\x16\x03\x01\x02", 400, code},  // TLS
        {line("GET / HTTP/2.0"), 505, "version_not_supported"},
        {line("GET / HTTP/1.2"), 505, "version_not_supported"},
        {line("GET / HTTP/0.9"), 505, "version_not_supported"},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version_not_supported"},
        {line("CONNECT a:80 HTTP/1.1"), 501, "method_not_supported"},
    });
}

TEST(HttpRefusing, refuses_targets_that_two_readers_might_read_in_two_ways) {
    const std::string code = "invalid_target";
    std::vector<Wrong> table;
    for (const std::string text :
         {"x",           "*",           "?a=1",         "a:80",          "//../x",
          "/%",          "/%4",         "/%4g",         "/%g4",          "/a%",
          "/%00",        "/%0a",        "/%0D%0A",      "/%1f",          "/%7f",
          "/%80",        "/%c0%af",     "/%ed%a0%80",   "/%f4%90%80%80", "/%C3",
          "/a%2fb",      "/a%2Fb",      "/.",           "/..",           "/a/../b",
          "/a/%2e%2e/b", "/%2E",        "/./",          "/a\\b",         "/<a>",
          "/a\"b",       "/a#b",        "/a^b",         "/a`b",          "/{a}",
          "/a|b",        "/[a]",        "/\xC3\xA9",    "/?a=%",         "/?a=%zz",
          "/?%00=a",     "/?a=%ff",     "/?a=\xC3\xA9", "/?a=<b>",       "/?a#b",
          "http://b/",   "http://a@b/", "http:///",     "ftp://a/",      "http:/a",
          "http://"}) {
        table.push_back({target(text), 400, code});
    }
    table.push_back({"GET http://a/ HTTP/1.0\r\n\r\n", 400, code});
    expect_refused(table);
}

TEST(HttpRefusing, refuses_malformed_headers) {
    const std::string code = "malformed_request";
    expect_refused({
        {fields("X"), 400, code},
        {fields(": x"), 400, code},
        {fields("X : x"), 400, code},
        {fields("X Y: x"), 400, code},
        {fields("X(: x"), 400, code},
        {fields("\xC3\x89: x"), 400, code},
        {fields("X: a\x01z"), 400, code},
        {fields("X: a\x7fz"), 400, code},
        {fields("X: a\0z"s), 400, code},
        {fields("X: a\rz: b"), 400, code},
        {fields("X: a\nY: b"), 400, code},
        {fields("X: a\r\n b"), 400, code},
        {fields("X: a\r\n\tb"), 400, code},
        {"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, code},
        {fields("Connection: a b"), 400, code},
        {"GET / HTTP/1.1\r\n\r\n", 400, "invalid_host"},
        {fields("Host: a"), 400, "invalid_host"},
        {fields("hOST: b"), 400, "invalid_host"},
        {"GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: a:b\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400, "invalid_host"},
        {"GET / HTTP/1.1\r\nHost: ::1\r\n\r\n", 400, "invalid_host"},
        {fields("Authorization: x\r\nauthorization: x"), 400, "duplicate_header"},
        {fields("Content-Type: x\r\nContent-Type: y"), 400, "duplicate_header"},
        {fields("Expect: 100-continue\r\nExpect: x"), 400, "duplicate_header"},
        {fields("Expect: x"), 417, "expectation_failed"},
        {fields("Expect:"), 417, "expectation_failed"},
    });
}

TEST(HttpRefusing, refuses_framing_that_smuggles_requests) {
    const std::string code = "invalid_framing";
    const std::string chunked = "Transfer-Encoding: chunked";
    expect_refused({
        {fields("Content-Length: 3\r\n" + chunked), 400, code},
        {fields(chunked + "\r\nContent-Length: 3"), 400, code},
        {fields("Content-Length: 0\r\n" + chunked), 400, code},
        {fields("Content-Length: 3\r\nContent-Length: 4"), 400, code},
        {fields("Content-Length: 3\r\nContent-Length: 3") + "abc", 400, code},
        {fields("Content-Length: 3, 3") + "abc", 400, code},
        {fields("Content-Length: 3,") + "abc", 400, code},
        {fields("Content-Length:"), 400, code},
        {fields("Content-Length: -1"), 400, code},
        {fields("Content-Length: +3") + "abc", 400, code},
        {fields("Content-Length: 0x3") + "abc", 400, code},
        {fields("Content-Length: 3 4") + "abc", 400, code},
        {fields("Content-Length: 3.0") + "abc", 400, code},
        {fields("Content-Length: 99999999999999999999"), 400, code},
        {fields(chunked + "\r\n" + chunked), 400, code},
        {fields(chunked + ", chunked"), 400, code},
        {fields("Transfer-Encoding: chunked,"), 400, code},
        {fields("Transfer-Encoding: ,chunked"), 400, code},
        {fields("Transfer-Encoding:"), 400, code},
        {fields("Transfer-Encoding: \"chunked\""), 400, code},
        {fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"), 400, code},
        {fields("Transfer-Encoding: chunked;q=1"), 400, code},
        {"POST / HTTP/1.0\r\n" + chunked + "\r\n\r\n0\r\n\r\n", 400, code},
        {fields("Transfer-Encoding: gzip"), 501, "coding_not_supported"},
        {fields("Transfer-Encoding: identity"), 501, "coding_not_supported"},
        {fields("Transfer-Encoding: xchunked"), 501, "coding_not_supported"},
        {fields("Transfer-Encoding: gzip, chunked"), 501, "coding_not_supported"},
        {fields("Transfer-Encoding: chunked, gzip"), 501, "coding_not_supported"},
        {fields("Transfer-Encoding : chunked"), 400, "malformed_request"},
        {fields("Transfer-Encoding\t: chunked"), 400, "malformed_request"},
        {fields("X: y\r\n Transfer-Encoding: chunked"), 400, "malformed_request"},
        {fields("Transfer-Encoding:\x0b"
                "chunked"),
         400, "malformed_request"},
    });
}

TEST(HttpRefusing, refuses_malformed_chunks) {
    const std::string code = "malformed_chunk";
    expect_refused({
        {chunks("x\r\n"), 400, code},
        {chunks("\r\n"), 400, code},
        {chunks("-1\r\n"), 400, code},
        {chunks("+1\r\n"), 400, code},
        {chunks("0x1\r\n"), 400, code},
        {chunks(" 1\r\n"), 400, code},
        {chunks("1 \r\n"), 400, code},
        {chunks("1\n"), 400, code},
        {chunks("1\rx\r\n"), 400, code},
        {chunks("1;a\nb\r\n"), 400, code},
        {chunks("1;a=\"\x01\"\r\n"), 400, code},
        {chunks("1\r\nab"), 400, code},
        {chunks("1\r\na\n"), 400, code},
        {chunks("1\r\na\rb"), 400, code},
        {chunks("1;" + std::string(300, 'x')), 400, code},
        {chunks("0\r\nX\r\n"), 400, code},
        {chunks("0\r\nX : y\r\n"), 400, code},
        {chunks("0\r\n y: z\r\n"), 400, code},
        {chunks("0\r\nX: y\n"), 400, code},
        {chunks("0\r\nX: \x01\r\n"), 400, code},
        {chunks("FFFFFFFFFFFFFFFFF\r\n"), 413, "body_too_large"},
        {chunks("FFFFFFFFFFFFFFFF\r\n"), 413, "body_too_large"},
    });
}

Limits small() {
    Limits limits;
    limits.header_bytes_max = 100;
    limits.target_bytes_max = 20;
    limits.body_bytes_max = 10;
    return limits;
}

TEST(HttpRefusing, takes_a_header_of_exactly_the_limit) {
    for (const Limits& limits : {small(), Limits()}) {
        House house(echo, limits);
        const std::string start = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
        const std::size_t rest = limits.header_bytes_max - start.size() - 4;
        EXPECT_EQ(ask(house.port(), start + std::string(rest, 'x') + "\r\n\r\n").status, 200u);
        const auto refused = ask(house.port(), start + std::string(rest + 1, 'x') + "\r\n\r\n");
        EXPECT_EQ(refused.status, 431u);
        EXPECT_EQ(refused.code(), "header_too_large");
        // Also one that never ends.
        EXPECT_EQ(ask(house.port(), start + std::string(10 * rest, 'x')).status, 431u);
    }
}

TEST(HttpRefusing, takes_a_target_of_exactly_the_limit) {
    for (const Limits& limits : {small(), Limits()}) {
        House house(echo, limits);
        const std::string path = "/" + std::string(limits.target_bytes_max - 1, 'x');
        EXPECT_EQ(ask(house.port(), target(path)).status, 200u);
        const auto refused = ask(house.port(), target(path + "x"));
        EXPECT_EQ(refused.status, 414u);
        EXPECT_EQ(refused.code(), "target_too_long");
        EXPECT_EQ(ask(house.port(), "GET " + path + std::string(99'999, 'x')).status, 414u);
    }
}

TEST(HttpRefusing, takes_a_body_of_exactly_the_limit) {
    for (const Limits& limits : {small(), Limits()}) {
        House house(echo, limits);
        const std::string body(limits.body_bytes_max, 'x');
        const auto with_length = [&](std::size_t length) {
            return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(length) +
                   "\r\n\r\n";
        };
        EXPECT_EQ(ask(house.port(), with_length(body.size()) + body).body, "POST / " + body);
        const auto refused = ask(house.port(), with_length(body.size() + 1) + body + "x");
        EXPECT_EQ(refused.status, 413u);
        EXPECT_EQ(refused.code(), "body_too_large");
    }
}

TEST(HttpRefusing, takes_a_chunked_body_of_exactly_the_limit) {
    House house(echo, small());
    const auto whole = "1\r\na\r\n9\r\n123456789\r\n"s;
    EXPECT_EQ(ask(house.port(), chunks(whole + "0\r\n\r\n")).body, "POST / a123456789");
    EXPECT_EQ(ask(house.port(), chunks(whole + "1\r\n")).status, 413u);
    EXPECT_EQ(ask(house.port(), chunks("b\r\n")).status, 413u);
    EXPECT_EQ(ask(house.port(), chunks("a\r\n0123456789\r\n0\r\n\r\n")).status, 200u);
}

TEST(HttpRefusing, takes_trailers_of_exactly_the_limit_of_a_header) {
    House house(echo, small());
    EXPECT_EQ(ask(house.port(), chunks("0\r\nX:" + std::string(94, 'x') + "\r\n\r\n")).status,
              200u);
    const auto refused = ask(house.port(), chunks("0\r\nX:" + std::string(95, 'x') + "\r\n\r\n"));
    EXPECT_EQ(refused.status, 431u);
    EXPECT_EQ(refused.code(), "header_too_large");
}

// Whoever followed a wrong link may be no programmer.
TEST(HttpRefusing, is_put_into_words_in_the_language_that_was_asked_for) {
    ServerSettings settings;
    settings.words_of = [](const Refusal& refusal, std::string_view language) {
        Response response = problem(refusal.status, refusal.code, refusal.detail);
        response.headers.emplace_back("X-Words", "in " + std::string(language));
        return response;
    };
    House house(echo, small(), std::move(settings));
    const auto words = [&](const std::string& request) {
        return ask(house.port(), request).field("x-words");
    };
    const std::string in_indonesian = "Host: a\r\nACCEPT-language: id\r\n";
    EXPECT_EQ(words("GET /% HTTP/1.1\r\n" + in_indonesian + "\r\n"), "in  id");
    EXPECT_EQ(words("GET /" + std::string(20, 'x') + " HTTP/1.1\r\n" + in_indonesian + "\r\n"),
              "in  id");
    EXPECT_EQ(words("POST / HTTP/1.1\r\n" + in_indonesian + "Content-Length: 11\r\n\r\n"), "in id");
    EXPECT_EQ(
        words("POST / HTTP/1.1\r\n" + in_indonesian + "Transfer-Encoding: chunked\r\n\r\nx\r\n"),
        "in id");
    EXPECT_EQ(words("GET / HTTP/1.1\r\n\r\n"), "in ");
    EXPECT_EQ(words("\x16\x03\x01\x02"), "in ");
}

// The client writes on although it is refused; it still gets to read why.
TEST(HttpRefusing, lets_a_client_read_the_refusal_of_a_body_that_it_is_still_sending) {
    House house(echo);
    Client client(house.port());
    client.send(fields("Content-Length: 2000000"));
    client.send(std::string(2'000'000, 'x'));
    EXPECT_EQ(client.receive().code(), "body_too_large");
}

TEST(HttpRefusing, does_not_ask_for_a_body_that_it_refuses) {
    House house(echo, small());
    EXPECT_EQ(ask(house.port(), fields("Content-Length: 11\r\nExpect: 100-continue")).status, 413u);
}

}  // namespace
}  // namespace jejak::http
