// Bodies of requests that are handed over as they come in.

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "tests/http/house.hpp"

namespace jejak::http {
namespace {

using namespace std::chrono_literals;

using Piece = Result<std::optional<std::string>>;

ServerSettings streaming() {
    ServerSettings settings;
    settings.streams_body = [](const Request& head) {
        EXPECT_FALSE(head.body_source);
        return head.path == "/bulk";
    };
    return settings;
}

std::string post(const std::string& fields) {
    return "POST /bulk HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
}

std::string chunk(const std::string& data) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    return size.data() + data + "\r\n";
}

const std::string chunked = post("Transfer-Encoding: chunked");
const std::string last_chunk = "0\r\n\r\n";

// Reads to the end and answers with what it read, or with the error.
void read_all(const std::shared_ptr<BodyReader>& body, const Answer& answer, std::string read) {
    body->read([body, answer, read = std::move(read)](Piece piece) mutable {
        if (!piece) return answer({400, "text/plain", piece.error().message, {}});
        if (!*piece) return answer({200, "text/plain", std::move(read), {}});
        EXPECT_FALSE((*piece)->empty());
        EXPECT_LE((*piece)->size(), 64u * 1024);
        read_all(body, answer, std::move(read) + **piece);
    });
}

void repeat_body(Request request, const Answer& answer) {
    if (!request.body_source) return echo(std::move(request), answer);
    EXPECT_TRUE(request.body.empty());
    read_all(request.body_source, answer, "");
}

// Keeps bodies, with their answers, until the test reads them.
class Desk {
  public:
    struct Sheet {
        std::shared_ptr<BodyReader> body;
        Answer answer;
        // Waits for the next piece.
        [[nodiscard]] Piece read() const {
            auto piece = std::make_shared<std::promise<Piece>>();
            body->read([piece](Piece read) { piece->set_value(std::move(read)); });
            return piece->get_future().get();
        }
    };

    [[nodiscard]] Handler handler() {
        return [this](Request request, Answer answer) {
            const std::lock_guard lock(mutex_);
            sheets_.push_back({request.body_source, std::move(answer)});
            came_.notify_all();
        };
    }
    [[nodiscard]] Sheet take() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [&] { return !sheets_.empty(); });
        const Sheet sheet = std::move(sheets_.back());
        sheets_.pop_back();
        return sheet;
    }

  private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<Sheet> sheets_;
};

TEST(HttpUploading, hands_over_a_body_of_any_length_as_it_comes) {
    Limits limits;
    limits.body_bytes_max = 10;
    House house(repeat_body, limits, streaming());
    Client client(house.port());
    const std::string large(3'000'001, 'x');
    client.send(post("Content-Length: " + std::to_string(large.size())) + large);
    EXPECT_EQ(client.receive().body, large);
    client.send(chunked + chunk("a") + chunk(large) + chunk("z") + last_chunk);
    EXPECT_EQ(client.receive().body, "a" + large + "z");
    for (const std::string fields : {"X: y", "Content-Length: 0"}) {
        client.send(post(fields));
        const auto none = client.receive();
        EXPECT_EQ(none.status, 200u);
        EXPECT_EQ(none.body, "");
    }
    // What is not streamed has its limit as before.
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(client.receive().code(), "body_too_large");
}

TEST(HttpUploading, hands_over_each_byte_without_waiting_for_the_next) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    Client client(house.port());
    client.send(chunked);
    const auto sheet = desk.take();
    // Also where a packet ends in the middle of a chunk's size.
    client.send("3\r\na");
    EXPECT_EQ(*sheet.read(), "a");
    client.send("bc\r\n0");
    EXPECT_EQ(*sheet.read(), "bc");
    client.send("2\r");
    client.send("\nde\r\n");
    EXPECT_EQ(*sheet.read(), "de");
    client.send(last_chunk);
    EXPECT_EQ(*sheet.read(), std::nullopt);
    EXPECT_EQ(*sheet.read(), std::nullopt);
    sheet.answer({200, "", "done", {}});
    EXPECT_EQ(client.receive().body, "done");
    client.send(chunked);
    (void)desk.take();
}

// Answers each line of the body as it comes.
class Lines : public BodySource {
  public:
    explicit Lines(std::shared_ptr<BodyReader> body) : body_(std::move(body)) {}
    void next(Give give) override {
        body_->read([give](Piece piece) {
            if (!piece || !*piece) return give(std::nullopt);
            give("answer to " + **piece);
        });
    }

  private:
    std::shared_ptr<BodyReader> body_;
};

TEST(HttpUploading, answers_the_first_line_before_the_last_one_is_sent) {
    House house(
        [](const Request& request, const Answer& answer) {
            answer({200, "", "", {}, std::make_shared<Lines>(request.body_source)});
        },
        {}, streaming());
    Client client(house.port());
    for (int request = 0; request < 2; ++request) {
        client.send(chunked);
        EXPECT_EQ(client.receive().field("transfer-encoding"), "chunked");
        for (int i = 0; i < 1'000; ++i) {
            const std::string line = "line " + std::to_string(i) + "\n";
            client.send(chunk(line));
            ASSERT_EQ(client.receive_chunk(), "answer to " + line);
        }
        client.send(last_chunk);
        EXPECT_FALSE(client.receive_chunk());
        EXPECT_TRUE(client.is_whole());
    }
}

TEST(HttpUploading, takes_no_more_from_a_client_than_is_read) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    Client client(house.port());
    const std::string large(256 * 1024 * 1024, 'x');
    client.send(post("Content-Length: " + std::to_string(large.size())));
    const auto sheet = desk.take();
    const std::size_t sent = client.send_until_full(large);
    // What the system holds on both sides.
    EXPECT_LT(sent, 64u * 1024 * 1024) << "nothing may be taken from the client while nobody reads";
    for (std::size_t read = 0; read < sent;) {
        const auto piece = sheet.read();
        ASSERT_TRUE(piece && *piece);
        read += (*piece)->size();
        ASSERT_LE(read, sent);
    }
    client.vanish();
    EXPECT_FALSE(sheet.read());
}

TEST(HttpUploading, tells_who_reads_that_the_client_broke_off) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    for (const std::string how : {"reset", "closed", "half-closed", "malformed"}) {
        Client client(house.port());
        client.send(chunked + chunk("first") + "5\r\nsec");
        const auto sheet = desk.take();
        std::string read;
        while (read != "firstsec") {
            read += **sheet.read();
        }
        if (how == "reset") client.vanish();
        if (how == "half-closed") client.end_sending();
        if (how == "malformed") client.send("onds");
        if (how == "closed") const Client closed(std::move(client));
        auto piece = sheet.read();
        while (piece && *piece) {
            piece = sheet.read();
        }
        ASSERT_FALSE(piece) << how << " is not the end of the body";
        EXPECT_EQ(piece.error().code, ErrorCode::invalid_input);
        EXPECT_FALSE(sheet.read());
        sheet.answer({400, "", "broken off", {}});
        if (how == "reset" || how == "closed") continue;
        const auto answer = client.receive();
        EXPECT_EQ(answer.body, "broken off");
        EXPECT_EQ(answer.field("connection"), "close");
    }
}

TEST(HttpUploading, tells_who_reads_that_the_client_is_too_slow) {
    Limits limits;
    limits.body_timeout = 50ms;
    limits.answer_timeout = 1h;
    House house(repeat_body, limits, streaming());
    Client client(house.port());
    client.send(chunked + chunk("first"));
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, 400u);
    EXPECT_NE(answer.body.find("too slowly"), std::string::npos);
    EXPECT_TRUE(client.ends());
}

TEST(HttpUploading, gives_the_handler_no_more_time_for_its_answer_than_otherwise) {
    Limits limits;
    limits.answer_timeout = 50ms;
    Desk desk;
    House house(desk.handler(), limits, streaming());
    Client client(house.port());
    client.send(chunked);
    const auto sheet = desk.take();
    EXPECT_EQ(client.receive().code(), "no_answer");
    EXPECT_FALSE(sheet.read());
}

TEST(HttpUploading, asks_for_a_body_when_it_is_read) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    Client client(house.port());
    client.send(post("Content-Length: 2\r\nExpect: 100-continue"));
    auto sheet = desk.take();
    auto piece = std::async(std::launch::async, [&] { return sheet.read(); });
    EXPECT_EQ(client.receive().status, 100u);
    client.send("hi");
    EXPECT_EQ(*piece.get(), "hi");
    sheet.answer({200, "", "", {}});
    EXPECT_EQ(client.receive().status, 200u);
    // Who is refused is not asked for it.
    client.send(post("Content-Length: 2\r\nExpect: 100-continue"));
    desk.take().answer({401, "", "", {}});
    const auto refused = client.receive();
    EXPECT_EQ(refused.status, 401u);
    EXPECT_EQ(refused.field("connection"), "close");
    EXPECT_TRUE(client.ends());
}

TEST(HttpUploading, closes_after_an_answer_that_did_not_wait_for_the_body) {
    House house(
        [](const Request& request, const Answer& answer) {
            // Without any of it, or after some.
            if (request.query.empty()) return answer({403, "", "no", {}});
            request.body_source->read([answer](const Piece&) { answer({403, "", "no", {}}); });
        },
        {}, streaming());
    for (const std::string path : {"/bulk", "/bulk?some"}) {
        Client client(house.port());
        client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n");
        client.send(std::string(2'000'000, 'x'));  // goes on sending, and gets to read the answer
        const auto refused = client.receive();
        EXPECT_EQ(refused.body, "no") << path;
        EXPECT_EQ(refused.field("connection"), "close");
        EXPECT_TRUE(client.ends());
    }
}

TEST(HttpUploading, refuses_a_second_read_and_one_that_is_too_late) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    Client client(house.port());
    client.send(chunked);
    const auto sheet = desk.take();
    std::promise<Piece> first;
    sheet.body->read([&](Piece piece) { first.set_value(std::move(piece)); });
    EXPECT_EQ(sheet.read().error().code, ErrorCode::defect);
    client.send(chunk("a"));
    EXPECT_EQ(*first.get_future().get(), "a");
    client.send(last_chunk);
    EXPECT_EQ(*sheet.read(), std::nullopt);
    sheet.answer({200, "", "", {}});
    EXPECT_EQ(client.receive().status, 200u);
    EXPECT_FALSE(sheet.read());
    // Its connection has another request now, whose body is not for sale.
    client.send(chunked + chunk("b"));
    EXPECT_FALSE(sheet.read());
    EXPECT_EQ(*desk.take().read(), "b");
    client.vanish();
    house.stop();
    EXPECT_FALSE(sheet.read());
}

TEST(HttpUploading, reads_no_further_when_the_server_stops) {
    Desk desk;
    House house(desk.handler(), {}, streaming());
    Client client(house.port());
    client.send(chunked + chunk("first"));
    const auto sheet = desk.take();
    EXPECT_EQ(*sheet.read(), "first");
    std::promise<void> stopped;
    house.server().stop([&] { stopped.set_value(); });
    const auto piece = sheet.read();
    ASSERT_FALSE(piece);
    EXPECT_EQ(piece.error().code, ErrorCode::stopped);
    sheet.answer({503, "", "stopping", {}});
    EXPECT_EQ(client.receive().body, "stopping");
    client.vanish();
    stopped.get_future().wait();
}

}  // namespace
}  // namespace jejak::http
