// Answers that are made while they are sent.

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/http/house.hpp"
#include "tests/http/tap.hpp"

namespace jejak::http {
namespace {

using namespace std::chrono_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

// Gives at once whatever `piece` makes of the number of the call.
class Spring : public BodySource {
  public:
    using Piece = std::function<std::optional<std::string>(int)>;
    explicit Spring(Piece piece) : piece_(std::move(piece)) {}
    void next(Give give) override { give(piece_(calls_++)); }
    [[nodiscard]] bool is_endless() const override { return false; }

  private:
    Piece piece_;
    int calls_ = 0;
};

Handler springs(Spring::Piece piece) {
    return [piece](const Request&, const Answer& answer) {
        answer({200, "text/plain", "", {}, std::make_shared<Spring>(piece)});
    };
}

TEST(HttpStreaming, sends_chunks_as_the_source_gives_them) {
    Tap tap;
    House house(tap.handler());
    Client client(house.port());
    client.send(get);
    const auto head = client.receive();
    EXPECT_EQ(head.status, 200u);
    EXPECT_EQ(head.field("transfer-encoding"), "chunked");
    EXPECT_EQ(head.field("content-type"), "text/event-stream");
    EXPECT_EQ(head.fields.count("content-length"), 0u);
    EXPECT_EQ(head.fields.count("connection"), 0u);
    const std::string large(1'000'000, 'x');
    tap.give("data: one\n\n");
    EXPECT_EQ(client.receive_chunk(), "data: one\n\n");
    tap.give("");  // ends nothing
    tap.give("data: two\n\n");
    EXPECT_EQ(client.receive_chunk(), "data: two\n\n");
    tap.give(large);
    EXPECT_EQ(client.receive_chunk(), large);
    tap.give(std::nullopt);
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_TRUE(client.is_whole());
    tap.wait_for_released(1);
    // And the connection goes on.
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    tap.give("again");
    EXPECT_EQ(client.receive_chunk(), "again");
    tap.give(std::nullopt);
    EXPECT_FALSE(client.receive_chunk());
}

TEST(HttpStreaming, sends_thousands_of_small_pieces_in_their_order) {
    constexpr int count = 20'000;
    House house(springs([](int call) {
        return call == count ? std::nullopt : std::optional(std::to_string(call) + '\n');
    }));
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    for (int call = 0; call < count; ++call) {
        ASSERT_EQ(client.receive_chunk(), std::to_string(call) + '\n');
    }
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_TRUE(client.is_whole());
}

TEST(HttpStreaming, ends_with_the_connection_for_http_1_0) {
    House house(springs([](int call) {
        return call == 2 ? std::nullopt : std::optional("piece " + std::to_string(call) + ';');
    }));
    Client client(house.port());
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto head = client.receive();
    EXPECT_EQ(head.fields.count("transfer-encoding"), 0u);
    EXPECT_EQ(head.field("connection"), "close");
    EXPECT_EQ(client.receive_rest(), "piece 0;piece 1;");
}

TEST(HttpStreaming, asks_nothing_of_a_source_whose_body_is_not_sent) {
    House house([](const Request& request, const Answer& answer) {
        const auto source = std::make_shared<Spring>([](int) -> std::optional<std::string> {
            ADD_FAILURE() << "was asked";
            return std::nullopt;
        });
        answer({request.path == "/204" ? 204u : 200u, "", "", {}, source});
    });
    Client client(house.port());
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(true).field("transfer-encoding"), "chunked");
    client.send("GET /204 HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto none = client.receive();
    EXPECT_EQ(none.status, 204u);
    EXPECT_EQ(none.fields.count("transfer-encoding"), 0u);
}

TEST(HttpStreaming, releases_the_source_when_the_client_goes_away_while_nothing_is_sent) {
    Tap tap;
    House house(tap.handler());
    int gone = 0;
    for (const std::string how : {"reset", "closed", "half-closed"}) {
        Client client(house.port());
        client.send(get);
        EXPECT_EQ(client.receive().status, 200u);
        const auto give = tap.take();
        if (how == "reset") client.vanish();
        if (how == "half-closed") client.end_sending();
        if (how == "closed") const Client closed(std::move(client));
        tap.wait_for_released(++gone);
        give("to nobody");
    }
}

// Gives for ever, and says how often it was asked when it is released.
class Flood : public BodySource {
  public:
    explicit Flood(std::promise<int>& asked) : asked_(asked) {}
    ~Flood() override { asked_.set_value(calls_); }
    void next(Give give) override {
        ++calls_;
        give(std::string(1'000, 'x'));
    }

  private:
    std::promise<int>& asked_;
    int calls_ = 0;
};

TEST(HttpStreaming, drops_a_slow_reader_and_says_why) {
    const Log log;
    {
        Limits limits;
        limits.write_timeout = 50ms;
        std::promise<int> asked;
        House house(
            [&](const Request&, const Answer& answer) {
                answer({200, "", "", {}, std::make_shared<Flood>(asked)});
            },
            limits);
        Client client(house.port());
        client.send(get);
        // Not more than what the system holds for a reader.
        EXPECT_LT(asked.get_future().get(), 32'000) << "the source has to wait for the reader";
    }
    EXPECT_TRUE(log.says("a slow reader was dropped"));
}

TEST(HttpStreaming, lets_a_source_say_why_it_drops_a_reader) {
    Tap tap;
    House house(tap.handler());
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    tap.give("event: dropped\ndata: too slow\n\n");
    tap.give(std::nullopt);
    EXPECT_EQ(client.receive_chunk(), "event: dropped\ndata: too slow\n\n");
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_TRUE(client.is_whole());
}

TEST(HttpStreaming, breaks_an_answer_off_visibly_where_its_source_fails) {
    const Log log;
    {
        Tap tap;
        House house([&](const Request& request, const Answer& answer) {
            if (request.path == "/") return answer(tap.response());
            springs([](int call) -> std::optional<std::string> {
                if (call == 1) throw std::runtime_error("no more disk");
                return "first";
            })(request, answer);
        });
        Client dropped(house.port());
        dropped.send(get);
        EXPECT_EQ(dropped.receive().status, 200u);
        tap.give("first");
        (void)tap.take();
        EXPECT_EQ(dropped.receive_chunk(), "first");
        EXPECT_FALSE(dropped.receive_chunk());
        EXPECT_FALSE(dropped.is_whole());
        Client thrown(house.port());
        thrown.send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
        EXPECT_EQ(thrown.receive_rest().find("0\r\n\r\n"), std::string::npos);
        // Without chunks the end of the connection would be the end of the answer.
        Client older(house.port());
        older.send("GET /throw HTTP/1.0\r\n\r\n");
        (void)older.receive_rest();
        EXPECT_TRUE(older.was_reset());
    }
    EXPECT_TRUE(log.says("its source gave up on it"));
    EXPECT_TRUE(log.says("no more disk"));
}

// The server is stopped while one source waits and another could give for ever.
TEST(HttpStreaming, ends_endless_answers_whole_when_the_server_stops) {
    Tap tap;
    House house(tap.handler());
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    tap.give("one");
    EXPECT_EQ(client.receive_chunk(), "one");
    const auto never_given = tap.take();
    std::promise<void> stopped;
    house.server().stop([&] { stopped.set_value(); });
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_TRUE(client.is_whole());
    EXPECT_TRUE(client.ends());
    tap.wait_for_released(1);
    client.end_sending();
    stopped.get_future().wait();
}

TEST(HttpStreaming, sends_finite_answers_to_their_end_before_the_server_stops) {
    Tap tap(false);
    House house([&](const Request& request, const Answer& answer) {
        request.path == "/" ? answer(tap.response()) : echo(request, answer);
    });
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    const auto give = tap.take();
    Client idle(house.port());
    idle.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(idle.receive().status, 200u);
    std::promise<void> stopped;
    house.server().stop([&] { stopped.set_value(); });
    EXPECT_TRUE(idle.ends());
    give("one");
    tap.give("two");
    tap.give(std::nullopt);
    EXPECT_EQ(client.receive_chunk(), "one");
    EXPECT_EQ(client.receive_chunk(), "two");
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_TRUE(client.is_whole());
    EXPECT_TRUE(client.ends());
    client.end_sending();
    stopped.get_future().wait();
}

TEST(HttpStreaming, does_not_wait_for_ever_for_a_finite_source_when_the_server_stops) {
    Limits limits;
    limits.answer_timeout = 50ms;
    Tap tap(false);
    House house(tap.handler(), limits);
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    const auto never_given = tap.take();
    house.stop();
    EXPECT_FALSE(client.receive_chunk());
    EXPECT_FALSE(client.is_whole());
}

TEST(HttpStreaming, lets_a_source_take_its_time) {
    Limits limits;
    limits.answer_timeout = limits.write_timeout = limits.body_timeout = 50ms;
    limits.header_timeout = limits.idle_timeout = 50ms;
    Tap tap;
    std::vector<Answer> kept;
    House house(
        [&](const Request& request, const Answer& answer) {
            request.path == "/" ? answer(tap.response()) : kept.push_back(answer);
        },
        limits);
    Client client(house.port());
    client.send(get);
    EXPECT_EQ(client.receive().status, 200u);
    const auto give = tap.take();
    // All timeouts have run out when this one has been told so.
    EXPECT_EQ(ask(house.port(), "GET /keep HTTP/1.1\r\nHost: a\r\n\r\n").status, 503u);
    give("late");
    EXPECT_EQ(client.receive_chunk(), "late");
}

TEST(HttpStreaming, holds_a_thousand_streams_that_wait) {
    constexpr int count = 1'000;
    Limits limits;
    limits.connections_max = count;
    std::mutex mutex;
    std::condition_variable asked;
    std::vector<BodySource::Give> waiting;
    class Waiting : public BodySource {
      public:
        explicit Waiting(std::function<void(Give)> ask) : ask_(std::move(ask)) {}
        void next(Give give) override { ask_(std::move(give)); }

      private:
        std::function<void(Give)> ask_;
    };
    const auto ask_for = [&](BodySource::Give give) {
        const std::lock_guard lock(mutex);
        waiting.push_back(std::move(give));
        asked.notify_all();
    };
    House house(
        [&](const Request&, const Answer& answer) {
            answer({200, "", "", {}, std::make_shared<Waiting>(ask_for)});
        },
        limits);
    std::vector<Client> clients;
    for (int i = 0; i < count; ++i) {
        clients.emplace_back(house.port());
        ASSERT_TRUE(clients.back().send(get)) << i << " were let in; raise ulimit -n";
    }
    for (const std::optional<std::string>& given :
         {std::optional<std::string>("to all"), std::optional<std::string>()}) {
        std::vector<BodySource::Give> gives;
        {
            std::unique_lock lock(mutex);
            asked.wait(lock, [&] { return waiting.size() == count; });
            gives.swap(waiting);
        }
        for (const auto& give : gives) {
            give(given);
        }
    }
    for (Client& client : clients) {
        ASSERT_EQ(client.receive().status, 200u);
        ASSERT_EQ(client.receive_chunk(), "to all");
        ASSERT_FALSE(client.receive_chunk());
        ASSERT_TRUE(client.is_whole());
    }
}

}  // namespace
}  // namespace jejak::http
