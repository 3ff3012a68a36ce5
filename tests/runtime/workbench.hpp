#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/record/archive.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/sealing.hpp"
#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/manual_clock.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_keyring.hpp"
#include "tests/runtime/counter_workflow.hpp"

namespace jejak::runtime {

inline constexpr Instant start_of_2026{1'767'225'600'000'000};

inline PersonId person(std::uint8_t n) {
    return PersonId{{n, 0xC7, 0x55, n}};
}
inline StreamId counter_of(std::string_view key) {
    return *StreamId::make("counter", key);
}
inline Personal words(std::string text) {
    return Personal::of({}, std::move(text));
}

inline Workflows counter_workflows() {
    Workflows workflows;
    workflows.push_back(make_claim_workflow());
    workflows.push_back(make_workflow<counter::Counter>());
    return workflows;
}

// A command of person 1, under `id`.
template <class C>
[[nodiscard]] CommandRequest request_of(std::string_view key, C command, std::string_view id) {
    CommandRequest request;
    request.stream = counter_of(key);
    request.command = counter::Counter::Command(std::move(command));
    request.command_id = *CommandId::make(id);
    request.actor.kind = Actor::Kind::person;
    request.actor.person = person(1);
    request.actor.role = "counting_clerk";
    request.actor.channel = "test";
    return request;
}

// A record with bytes of its own.
struct Kept {
    Envelope envelope;
    std::string envelope_bytes;
    std::string payload;
    std::string bytes;
};

[[nodiscard]] inline std::vector<Kept> all_records(const EventStore& store) {
    std::vector<Kept> records;
    const auto scanned = store.scan(
        Position{1}, Position{UINT64_MAX}, [&](Position position, std::string_view bytes) {
            const auto decoded = record::decode_record(bytes);
            EXPECT_TRUE(decoded.has_value()) << position.value << ": " << decoded.error().message;
            if (!decoded) return false;
            EXPECT_EQ(decoded->envelope.position, position);
            records.push_back({decoded->envelope, std::string(decoded->envelope_bytes),
                               std::string(decoded->payload), std::string(bytes)});
            return true;
        });
    EXPECT_TRUE(scanned.has_value()) << scanned.error().message;
    return records;
}

// Two answers tell the same, whether or not one of them was given from the log.
inline void expect_same_answer(const Receipt& first, const Receipt& again) {
    EXPECT_EQ(first.stream, again.stream);
    EXPECT_EQ(first.first, again.first);
    EXPECT_EQ(first.last, again.last);
    EXPECT_EQ(first.version, again.version);
    EXPECT_EQ(first.recorded_at, again.recorded_at);
    EXPECT_EQ(first.events, again.events);
    EXPECT_EQ(first.rejection, again.rejection);
}

// The words of a recorded note open with the one key that the log keeps of each owner.
inline void expect_opens(const Kept& kept, const EventStore& store, const Keyring& keyring) {
    const auto noted = record::from_bytes<counter::Noted>(kept.payload);
    ASSERT_TRUE(noted.has_value()) << noted.error().message;
    record::for_each_personal(*noted, [&](const Personal& field, std::string_view path) {
        if (field.is_empty()) return;
        const auto wrapped = store.wrapped_key(field.owner);
        ASSERT_TRUE(wrapped.has_value() && wrapped->has_value()) << to_hex(field.owner);
        const auto key = keyring.unwrap(field.owner, **wrapped);
        ASSERT_TRUE(key.has_value()) << key.error().message;
        const auto opened = record::open(field, *key, kept.envelope_bytes, path);
        EXPECT_TRUE(opened.has_value())
            << "position " << kept.envelope.position.value << ": " << opened.error().message;
    });
}

// The fold of a counter as the store alone has it.
[[nodiscard]] inline std::pair<counter::State, Version> refolded(const EventStore& store,
                                                                 std::string_view key) {
    const auto workflow = make_workflow<counter::Counter>();
    const auto state = read_state(store, *workflow, counter_of(key));
    EXPECT_TRUE(state.has_value()) << state.error().message;
    if (!state) return {};
    return {*static_cast<const counter::State*>((*state)->value()), (*state)->version};
}

// A writer over a log, with everything that a writer borrows. Commands wait until run(), so that a
// test decides which of them share a batch; all is done on the test's own thread.
class Workbench {
  public:
    using Answers = std::vector<Result<Receipt>>;

    explicit Workbench(EventStore& store, Writer::Options options = {})
        : store_(store), options_(std::move(options)) {
        restart();
    }

    // A new writer on the same store, as after the end of the process.
    void restart() {
        writer_.reset();
        auto started =
            Writer::start(io_.get_executor(), store_, keyring, clock, workflows_, options_);
        ASSERT_TRUE(started.has_value()) << started.error().message;
        writer_ = std::move(*started);
    }

    // The answers in the order of the requests; those that fit share one batch.
    Answers ask_together(std::vector<CommandRequest> requests) {
        std::vector<std::pair<std::size_t, Result<Receipt>>> answered;
        for (std::size_t i = 0; i < requests.size(); ++i) {
            writer_->submit(std::move(requests[i]), [&answered, i](Result<Receipt> answer) {
                answered.emplace_back(i, std::move(answer));
            });
        }
        run();
        Answers answers;
        for (auto& [i, answer] : answered) {
            EXPECT_EQ(i, answers.size()) << "answers must come in the order of the commands";
            answers.push_back(std::move(answer));
        }
        EXPECT_EQ(answers.size(), requests.size()) << "each command is answered once";
        answers.resize(requests.size(),
                       error(ErrorCode::defect, "this command was never answered"));
        return answers;
    }
    Result<Receipt> ask(CommandRequest request) {
        std::vector<CommandRequest> one;
        one.push_back(std::move(request));
        return ask_together(std::move(one)).front();
    }
    template <class C>
    Result<Receipt> ask(std::string_view key, C command, std::string_view id) {
        return ask(request_of(key, std::move(command), id));
    }
    // As ask(), for a command that must be accepted or refused, not fail.
    template <class C>
    Receipt answer(std::string_view key, C command, std::string_view id) {
        auto answered = ask(key, std::move(command), id);
        EXPECT_TRUE(answered.has_value()) << answered.error().message;
        return answered.has_value() ? *answered : Receipt{};
    }
    void run() {
        io_.restart();
        io_.run();
    }
    [[nodiscard]] auto executor() { return io_.get_executor(); }
    [[nodiscard]] Writer& writer() { return *writer_; }
    [[nodiscard]] const EventStore& store() const { return store_; }
    [[nodiscard]] std::vector<Kept> records() const { return all_records(store_); }
    [[nodiscard]] std::uint64_t head() const { return store_.head()->position.value; }

    storage::MemoryKeyring keyring{LogId{{1, 2, 3}}};
    storage::ManualClock clock{start_of_2026};

  private:
    EventStore& store_;
    Writer::Options options_;
    Workflows workflows_ = counter_workflows();
    boost::asio::io_context io_;
    std::shared_ptr<Writer> writer_;
};

#define EXPECT_ERROR(answer, error_code, words)                                \
    do {                                                                       \
        const auto& asked = (answer);                                          \
        ASSERT_FALSE(asked.has_value()) << "expected " << name_of(error_code); \
        EXPECT_EQ(asked.error().code, error_code)                              \
            << name_of(asked.error().code) << ": " << asked.error().message;   \
        EXPECT_THAT(asked.error().message, testing::HasSubstr(words));         \
    } while (false)

}  // namespace jejak::runtime
