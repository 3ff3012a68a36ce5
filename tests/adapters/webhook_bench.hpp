#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/webhooks/reactor.hpp"
#include "adapters/webhooks/signature.hpp"
#include "engine/record/envelope.hpp"
#include "storage/manual_clock.hpp"
#include "storage/memory_event_store.hpp"
#include "tests/adapters/webhook_receiver.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/store_calls.hpp"

namespace jejak::webhooks {

inline constexpr std::string_view test_secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
inline constexpr KeyBytes test_id_key{1, 2, 3};

// Checkpoints on a disk that is full while `full`.
class FillingCheckpoints final : public Checkpoints {
  public:
    Result<std::optional<Outbox>> load(const std::string& id) override { return memory_.load(id); }
    Result<void> save(const std::string& id, const Outbox& outbox) override {
        if (full) return error(ErrorCode::environment, "the disk is full; make room");
        ++saved;
        return memory_.save(id, outbox);
    }

    std::atomic<bool> full = false;
    std::atomic<int> saved = 0;

  private:
    MemoryCheckpoints memory_;
};

// Who is told what is noted in streams of samples; rejections are for nobody.
inline Result<std::optional<Message>> message_of(std::string_view, Position position,
                                                 std::string_view bytes) {
    const auto record = record::decode_record(bytes);
    if (!record) return record.error();
    if (record->envelope.event_name != "sample.noted") return std::optional<Message>();
    return std::optional(Message{record->envelope.event_name,
                                 record->envelope.recorded_at,
                                 {{"position", position.value}},
                                 {std::string(record->envelope.stream.key())}});
}

// A log, a clock that stands still, checkpoints that outlive the reactor, and one thread on which
// the reactor (in the house) and receivers (outside) run.
struct Bench {
    Bench() { epoch = *store.acquire_writer_epoch(); }
    ~Bench() {
        if (reactor) stop();
    }

    Endpoint endpoint(const std::string& id, const Receiver& receiver) const {
        Endpoint made;
        made.id = id;
        made.url =
            *parse_url("http://127.0.0.1:" + std::to_string(receiver.port()) + "/hooks/" + id);
        made.keys = {*parse_secret(test_secret)};
        made.events = {"*"};
        made.allow_private = true;
        made.reminders = true;
        return made;
    }

    void start(Endpoints endpoints) {
        auto started = Reactor::start(house->get_executor(), std::move(endpoints), parts());
        ASSERT_TRUE(started) << started.error().message;
        reactor = *started;
    }
    CourierParts parts() {
        return {store,      clock,       checkpoints,       *DeliveryTerms::make({}),
                to_message, test_id_key, [] { return 0.5; }};
    }
    // As a power cut would: what was not saved is lost.
    void crash() {
        reactor.reset();
        house = std::make_unique<boost::asio::io_context>();
    }
    void stop() {
        bool stopped = false;
        reactor->stop([&] { stopped = true; });
        EXPECT_TRUE(run_until([&] { return stopped; }));
        reactor.reset();
    }

    // Appends events and tells the reactor.
    void note(int count, const std::string& stream = "one") {
        AppendBatch batch;
        for (int i = 0; i < count; ++i)
            batch.records.push_back(log.event(stream));
        append(std::move(batch));
    }
    void append(AppendBatch batch) {
        const Position before = store.head()->position;
        const auto head = storage::append_to(store, std::move(batch), before, epoch);
        ASSERT_TRUE(head) << head.error().message;
        if (reactor) reactor->wake(head->position);
    }

    // Time goes by, and the reactor looks at what is due. What it begins has begun afterwards.
    void pass(std::chrono::milliseconds step) {
        clock.advance(step);
        reactor->tick();
        settle();
    }
    void settle() {
        house->restart();
        house->poll();
    }
    bool run_until(const std::function<bool()>& done) {
        const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!done() && std::chrono::steady_clock::now() < patience) {
            for (auto* each : {&outside, house.get()}) {
                each->restart();
                (void)each->run_one_for(std::chrono::milliseconds(1));
                each->poll();
            }
        }
        return done();
    }
    // Until nothing is in flight.
    bool run_until_quiet() {
        settle();
        return run_until([&] {
            settle();
            for (const auto& each : reactor->status())
                if (each.in_flight) return false;
            return true;
        });
    }
    CourierStatus status(std::size_t index = 0) const { return reactor->status().at(index); }

    boost::asio::io_context outside;  // receivers
    std::unique_ptr<boost::asio::io_context> house = std::make_unique<boost::asio::io_context>();
    storage::ManualClock clock{*parse_instant("2026-03-02T01:00:00Z")};
    storage::MemoryEventStore store;
    storage::SampleLog log;
    std::uint64_t epoch = 0;
    FillingCheckpoints checkpoints;
    ToMessage to_message = message_of;
    std::shared_ptr<Reactor> reactor;
};

// {"position": n} of each body.
inline std::vector<std::int64_t> positions_in(const std::vector<std::string>& bodies) {
    std::vector<std::int64_t> positions;
    for (const std::string& body : bodies) {
        const auto at = body.find("\"position\":");
        positions.push_back(at == std::string::npos ? -1 : std::stoll(body.substr(at + 11)));
    }
    return positions;
}

// Answers with what the test says, which may change.
struct Desk {
    explicit Desk(Bench& bench)
        : receiver(bench.outside, [this](const Received&) { return reply; }) {}
    std::vector<std::int64_t> told() const { return positions_in(receiver.bodies()); }

    std::optional<Receiver::Reply> reply = Receiver::Reply{};
    Receiver receiver;
};

}  // namespace jejak::webhooks
