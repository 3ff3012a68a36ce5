// Clients that are slow, many or gone, handlers that fail, and the end of the server.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

using namespace std::chrono_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const std::string keep = "GET /keep HTTP/1.1\r\nHost: a\r\n\r\n";

// Keeps what it is asked until it is told to answer.
class Keeper {
  public:
    [[nodiscard]] Handler handler() {
        return [this](const Request&, Answer answer) {
            const std::lock_guard lock(mutex_);
            kept_.push_back(std::move(answer));
            came_.notify_all();
        };
    }
    // Only what is asked of `path`; the rest is echoed.
    [[nodiscard]] Handler handler_of(const std::string& path) {
        return [path, keep = handler()](Request request, Answer answer) {
            const bool kept = request.path == path;
            kept ? keep(std::move(request), std::move(answer)) : echo(std::move(request), answer);
        };
    }
    // Waits for the next request and takes its answer.
    [[nodiscard]] Answer take() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [&] { return !kept_.empty(); });
        Answer answer = std::move(kept_.back());
        kept_.pop_back();
        return answer;
    }

  private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<Answer> kept_;
};

TEST(HttpEnduring, refuses_a_header_that_comes_too_slowly) {
    Limits limits;
    limits.header_timeout = 50ms;
    House house(echo, limits);
    Client client(house.port());
    client.send("GET / HTTP/1.1\r\nHo");
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 408u);
    EXPECT_EQ(answer.code(), "request_timeout");
    EXPECT_TRUE(client.ends());
    // Also of a later request.
    Client later(house.port());
    later.send(get);
    EXPECT_EQ(later.receive().status, 200u);
    later.send("G");
    EXPECT_EQ(later.receive().status, 408u);
}

TEST(HttpEnduring, refuses_a_body_that_comes_too_slowly) {
    Limits limits;
    limits.body_timeout = 50ms;
    House house(echo, limits);
    for (const std::string framing :
         {"Content-Length: 3\r\n\r\nab", "Transfer-Encoding: chunked\r\n\r\n3\r\nab",
          "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n"}) {
        Client client(house.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing);
        auto answer = client.receive();
        if (answer.status == 100) answer = client.receive();
        EXPECT_EQ(answer.status, 408u) << framing;
        EXPECT_TRUE(client.ends());
    }
}

TEST(HttpEnduring, closes_silent_connections_without_a_word) {
    Limits limits;
    limits.header_timeout = 50ms;
    limits.idle_timeout = 50ms;
    House house(echo, limits);
    Client fresh(house.port());
    EXPECT_TRUE(fresh.ends());
    Client idle(house.port());
    idle.send(get);
    EXPECT_EQ(idle.receive().status, 200u);
    EXPECT_TRUE(idle.ends());
}

TEST(HttpEnduring, gives_up_on_a_client_that_does_not_read) {
    Limits limits;
    limits.write_timeout = 50ms;
    House house(
        [](const Request&, const Answer& answer) {
            answer({200, "", std::string(64 * 1024 * 1024, 'x'), {}});
        },
        limits);
    Client client(house.port());
    client.send(get);
    house.stop();  // would wait for the answer to be written
    EXPECT_EQ(client.receive().status, 0u);
}

TEST(HttpEnduring, answers_in_the_place_of_a_handler_that_does_not) {
    Limits limits;
    limits.answer_timeout = 50ms;
    Keeper keeper;
    House house(keeper.handler(), limits);
    Client client(house.port());
    client.send(get);
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 503u);
    EXPECT_EQ(answer.code(), "no_answer");
    EXPECT_TRUE(client.ends());
    keeper.take()({200, "", "too late", {}});
}

TEST(HttpEnduring, answers_500_where_the_handler_fails_and_goes_on) {
    House house([](const Request& request, const Answer& answer) {
        if (request.path == "/throw") throw std::runtime_error("secret");
        if (request.path == "/number") throw 7;
        if (request.path == "/drop") return;
        if (request.path == "/both") answer({200, "", "first", {}});
        answer({200, "", "fine", {}});
    });
    Client client(house.port());
    for (const std::string path : {"/throw", "/number", "/drop"}) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        const auto answer = client.receive();
        EXPECT_EQ(answer.status, 500u) << path;
        EXPECT_EQ(answer.code(), "internal") << path;
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
    }
    client.send("GET /both HTTP/1.1\r\nHost: a\r\n\r\n" + get);
    EXPECT_EQ(client.receive().body, "first");
    EXPECT_EQ(client.receive().body, "fine");
}

TEST(HttpEnduring, answers_the_request_in_flight_before_it_stops) {
    Keeper keeper;
    House house(keeper.handler());
    Client busy(house.port());
    busy.send(get + get);
    const Answer answer = keeper.take();
    Client idle(house.port());
    idle.send(get);
    keeper.take()({200, "", "", {}});
    EXPECT_EQ(idle.receive().status, 200u);

    std::promise<void> stopped;
    auto future = stopped.get_future();
    house.server().stop([&] { stopped.set_value(); });
    EXPECT_TRUE(idle.ends());  // so the server is stopping, and waits for one
    EXPECT_EQ(future.wait_for(0s), std::future_status::timeout);
    answer({200, "", "done", {}});
    const auto last = busy.receive();
    EXPECT_EQ(last.body, "done");
    EXPECT_EQ(last.field("connection"), "close");
    EXPECT_TRUE(busy.ends());
    busy.vanish();
    future.wait();
    house.stop();  // again: completes at once
}

TEST(HttpEnduring, reads_the_request_that_has_begun_to_come_in_before_it_stops) {
    Keeper keeper;
    House house(keeper.handler());
    Client slow(house.port());
    slow.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(slow.receive().status, 100u);
    Client idle(house.port());
    idle.send(get);
    keeper.take()({200, "", "", {}});
    EXPECT_EQ(idle.receive().status, 200u);
    std::promise<void> stopped;
    auto future = stopped.get_future();
    house.server().stop([&] { stopped.set_value(); });
    EXPECT_TRUE(idle.ends());
    slow.send("hi");
    keeper.take()({200, "", "done", {}});
    EXPECT_EQ(slow.receive().body, "done");
    EXPECT_TRUE(slow.ends());
    slow.end_sending();
    future.wait();
}

TEST(HttpEnduring, turns_away_whom_it_has_no_place_for) {
    Limits limits;
    limits.connections_max = 2;
    Keeper keeper;
    House house(keeper.handler_of("/keep"), limits);
    Client first(house.port());
    Client second(house.port());
    first.send(keep);
    second.send(keep);
    const Answer one = keeper.take();
    const Answer two = keeper.take();
    {
        Client third(house.port());
        third.send(get);
        const auto refused = third.receive();
        EXPECT_EQ(refused.status, 503u);
        EXPECT_EQ(refused.code(), "too_many_connections");
        EXPECT_EQ(refused.field("retry-after"), "5");
        EXPECT_TRUE(third.ends());
    }
    one({200, "", "", {}});
    two({200, "", "", {}});
    EXPECT_EQ(first.receive().status, 200u);
    EXPECT_EQ(second.receive().status, 200u);
    first.vanish();
    // A place is free as soon as the server has seen it.
    auto answer = ask(house.port(), get);
    while (answer.status == 503) {
        answer = ask(house.port(), get);
    }
    EXPECT_EQ(answer.status, 200u);
}

TEST(HttpEnduring, outlives_clients_that_go_away_anywhere) {
    Keeper keeper;
    House house(keeper.handler_of("/keep"));
    const std::string post = "POST /keep HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
    for (std::size_t size = 0; size <= post.size(); ++size) {
        for (const bool vanishes : {true, false}) {
            Client client(house.port());
            client.send(post.substr(0, size));
            if (size == post.size()) {
                const Answer answer = keeper.take();
                vanishes ? client.vanish() : client.end_sending();
                answer({200, "", std::string(1'000'000, 'x'), {}});
            } else if (vanishes) {
                client.vanish();
            } else {
                client.end_sending();
                EXPECT_TRUE(client.ends());
            }
        }
    }
    EXPECT_EQ(ask(house.port(), get).status, 200u);
}

// An answer that is kept for ever keeps no connection: when the client is gone, so is all of it.
TEST(HttpEnduring, forgets_a_client_that_goes_away_while_the_handler_has_its_request) {
    Limits limits;
    limits.connections_max = 1;
    Keeper keeper;
    House house(keeper.handler(), limits);
    Client gone(house.port());
    gone.send(get);
    const Answer kept = keeper.take();
    gone.vanish();
    house.stop();  // has nothing to wait for
    kept({200, "", "to nobody", {}});
}

TEST(HttpEnduring, serves_two_hundred_clients_at_the_same_time) {
    Keeper keeper;
    House house(keeper.handler());
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) {
        clients.emplace_back(house.port());
        clients.back().send(get);
    }
    std::vector<Answer> answers;
    while (answers.size() < clients.size()) {
        answers.push_back(keeper.take());
    }
    for (const Answer& answer : answers) {
        answer({200, "", "one of many", {}});
    }
    for (Client& client : clients) {
        EXPECT_EQ(client.receive().body, "one of many");
    }
}

TEST(HttpEnduring, leaves_nothing_behind_when_its_threads_end_first) {
    Keeper keeper;
    Answer kept;
    boost::asio::thread_pool pool(1);
    auto server = Server::start(pool.get_executor(), "127.0.0.1", 0, {}, keeper.handler());
    ASSERT_TRUE(server);
    Client client((*server)->port());
    client.send(get);
    kept = keeper.take();
    pool.stop();
    pool.join();
    server->reset();
}

}  // namespace
}  // namespace jejak::http
