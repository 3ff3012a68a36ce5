#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(HttpServing, keeps_a_connection_for_the_next_request) {
    House house(echo);
    Client client(house.port());
    for (int i = 0; i < 5; ++i) {
        client.send("POST /" + std::to_string(i) +
                    " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, 200u);
        EXPECT_EQ(answer.body, "POST /" + std::to_string(i) + " abc");
        EXPECT_EQ(answer.fields.count("connection"), 0u);
    }
}

TEST(HttpServing, closes_when_the_client_asks_for_it) {
    House house(echo);
    for (const std::string field : {"Connection: close", "connection: foo, CLOSE",
                                    "Connection: keep-alive\r\nConnection: close"}) {
        Client client(house.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, 200u) << field;
        EXPECT_EQ(answer.field("connection"), "close") << field;
        EXPECT_TRUE(client.ends()) << field;
    }
}

TEST(HttpServing, speaks_http_1_0) {
    House house(echo);
    Client once(house.port());
    once.send("GET /x HTTP/1.0\r\n\r\n");
    EXPECT_EQ(once.receive().body, "GET /x ");
    EXPECT_TRUE(once.ends());

    Client kept(house.port());
    for (int i = 0; i < 2; ++i) {
        kept.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_EQ(kept.receive().field("connection"), "keep-alive");
    }
}

TEST(HttpServing, answers_head_with_the_header_alone) {
    House house(echo);
    Client client(house.port());
    client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    const auto answer = client.receive(true);
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.field("content-length"), "10");
    EXPECT_EQ(client.receive().body, "GET / ");
    client.send("HEAD /%00 HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(true).status, 400u);
    EXPECT_TRUE(client.ends());
}

TEST(HttpServing, sends_no_body_and_no_length_with_204_and_304) {
    House house([](const Request& request, const Answer& answer) {
        answer({request.path == "/204" ? 204u : 304u, "text/plain", "x", {}});
    });
    Client client(house.port());
    for (const std::string status : {"204", "304"}) {
        client.send("GET /" + status + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answer = client.receive();
        EXPECT_EQ(std::to_string(answer.status), status);
        EXPECT_EQ(answer.fields.count("content-length"), 0u);
    }
}

// The handler answers late, from threads of its own, and each request sooner than the one before.
TEST(HttpServing, answers_pipelined_requests_in_their_order) {
    boost::asio::thread_pool others(3);
    House house([&](Request request, Answer answer) {
        boost::asio::post(others, [request = std::move(request), answer = std::move(answer)] {
            echo(request, answer);
        });
    });
    std::vector<Client> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back(house.port());
    }
    std::string all;
    for (int i = 0; i < 50; ++i) {
        all += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nb";
    }
    for (Client& client : clients) {
        client.send(all);
    }
    for (Client& client : clients) {
        for (int i = 0; i < 50; ++i) {
            ASSERT_EQ(client.receive().body, "POST /" + std::to_string(i) + " b");
        }
    }
    house.stop();
    others.join();
}

TEST(HttpServing, does_not_begin_a_pipelined_request_before_the_one_ahead_is_answered) {
    std::vector<Answer> held;
    std::mutex mutex;
    std::condition_variable came;
    House house([&](const Request& request, Answer answer) {
        const std::lock_guard lock(mutex);
        if (request.path != "/first") return answer({200, "", std::to_string(held.size()), {}});
        held.push_back(std::move(answer));
        came.notify_one();
    });
    Client client(house.port());
    client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n");
    Client other(house.port());
    other.send(get);
    EXPECT_EQ(other.receive().status, 200u);
    std::unique_lock lock(mutex);
    came.wait(lock, [&] { return !held.empty(); });
    const Answer answer = held.front();
    held.clear();
    lock.unlock();
    std::thread([answer] { answer({200, "", "late", {}}); }).join();
    EXPECT_EQ(client.receive().body, "late");
    EXPECT_EQ(client.receive().body, "0");
}

TEST(HttpServing, asks_for_a_body_that_waits_for_it) {
    House house(echo);
    Client client(house.port());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n");
    EXPECT_EQ(client.receive().head, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    EXPECT_EQ(client.receive().body, "POST / hi");
    // Not where the body is there already, nor where there is none.
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nho");
    EXPECT_EQ(client.receive().body, "POST / ho");
    client.send("GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET / ");
    // HTTP/1.0 knows no expectations (RFC 9110, section 10.1.1).
    client.send("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET / ");
}

TEST(HttpServing, takes_chunked_bodies_and_drops_their_trailers) {
    House house([](Request request, const Answer& answer) {
        EXPECT_FALSE(request.header("Authorization"));
        echo(std::move(request), answer);
    });
    Client client(house.port());
    client.send(
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "3\r\nabc\r\nA;name=\"value\"\r\n0123456789\r\n0\r\nAuthorization: x\r\n\r\n" +
        get);
    EXPECT_EQ(client.receive().body, "POST /c abc0123456789");
    EXPECT_EQ(client.receive().body, "GET / ");
}

TEST(HttpServing, decodes_path_and_query) {
    House house(echo);
    const auto answer = ask(house.port(),
                            "GET /a%20b/%C3%A9//c;v=1?x=1%2B1&y=a+b&y=&z&&q=a[0]|%5B%7d HTTP/1.1"
                            "\r\nHost: a\r\n\r\n");
    EXPECT_EQ(answer.body, "GET /a b/\xC3\xA9//c;v=1 ");
    EXPECT_EQ(answer.field("x-query"), "[x=1+1][y=a b][y=][z=][q=a[0]|[}]");
}

TEST(HttpServing, takes_what_rfc_9112_asks_of_servers) {
    House house(echo);
    const std::vector<std::pair<std::string, std::string>> table = {
        {"\r\nGET /e HTTP/1.1\r\nHost: a\r\n\r\n", "GET /e "},
        {"GET http://a:80/p?q HTTP/1.1\r\nHost: A:80\r\n\r\n", "GET /p "},
        {"GET HTTP://a HTTP/1.1\r\nHost: a\r\n\r\n", "GET / "},
        {"GET http://a?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET / "},
        {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * "},
        {"GET / HTTP/1.1\r\nHost: [::1]:8080\r\nX:\r\n\r\n", "GET / "},
        {"GET / HTTP/1.1\r\nHost:\t a.b-c_d:\t \r\n\r\n", "GET / "},
        {"M-SEARCH / HTTP/1.1\r\nhOsT: 127.0.0.1\r\n\r\n", "M-SEARCH / "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0002\r\n\r\nab", "POST / ab"},
    };
    for (const auto& [request, body] : table) {
        EXPECT_EQ(ask(house.port(), request).body, body) << request;
    }
}

TEST(HttpServing, answers_a_client_that_has_ended_its_side) {
    House house(echo);
    Client client(house.port());
    client.send(get + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    client.end_sending();
    EXPECT_EQ(client.receive().body, "GET / ");
    EXPECT_EQ(client.receive().body, "GET /2 ");
    EXPECT_TRUE(client.ends());
}

TEST(HttpServing, gives_large_answers_whole) {
    const std::string large(3'000'001, 'x');
    House house([&](const Request&, const Answer& answer) { answer({200, "", large, {}}); });
    Client client(house.port());
    client.send(get + get);
    EXPECT_EQ(client.receive().body, large);
    EXPECT_EQ(client.receive().body, large);
}

TEST(HttpServing, tells_the_handler_headers_and_address) {
    House house([](const Request& request, const Answer& answer) {
        answer({200,
                "",
                request.remote + "|" + std::string(request.header("x-a").value_or("?")) + "|" +
                    std::string(request.header("X-B").value_or("?")) + "|" + request.target,
                {}});
    });
    EXPECT_EQ(
        ask(house.port(), "GET /%41?b HTTP/1.1\r\nHost: a\r\nX-A: \t1 2 \r\nx-a: 3\r\n\r\n").body,
        "127.0.0.1|1 2|?|/%41?b");
}

}  // namespace
}  // namespace jejak::http
