// What callers hear when an append fails, and what they hear when they ask again.

#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

// Appends: 1 log.created, 2 "open", 3 the batch in doubt.
struct InDoubt {
    explicit InDoubt(bool lands) : store({.unknown_outcome_at = 3, .batch_lands = lands}) {}

    MemoryEventStore store;
    Workbench bench{store, {.batch_commands_max = 3}};
};

std::vector<CommandRequest> batch_in_doubt() {
    CommandRequest conflicting = request_of("a", Add{9}, "conflict");
    conflicting.expected_version = Version{1};
    return {request_of("a", Add{5}, "five"), request_of("a", Refuse{"no"}, "refuse"), conflicting,
            request_of("a", Add{6}, "six"), request_of("b", Open{person(8)}, "open-b")};
}

TEST(FailedAppend, is_answered_outcome_unknown_to_its_batch_and_to_those_behind) {
    for (const bool lands : {false, true}) {
        SCOPED_TRACE(lands);
        InDoubt doubt(lands);
        doubt.bench.answer("a", Open{person(1)}, "open");
        const auto answers = doubt.bench.ask_together(batch_in_doubt());
        for (std::size_t i = 0; i < answers.size(); ++i) {
            SCOPED_TRACE(i);
            EXPECT_ERROR(answers[i], ErrorCode::outcome_unknown, "");
        }
        EXPECT_ERROR(doubt.bench.ask("a", Add{7}, "seven"), ErrorCode::outcome_unknown,
                     "no more commands are taken");
        EXPECT_ERROR(doubt.bench.ask("a", Open{person(1)}, "open"), ErrorCode::outcome_unknown,
                     "ask again with the same command ids");
        EXPECT_EQ(doubt.bench.head(), 2u);
    }
}

TEST(FailedAppend, that_did_not_land_is_done_when_the_same_ids_come_again) {
    InDoubt doubt(false);
    doubt.bench.answer("a", Open{person(1)}, "open");
    doubt.bench.ask_together(batch_in_doubt());
    doubt.store.reopen();
    doubt.bench.restart();
    EXPECT_EQ(doubt.bench.head(), 2u);
    const auto answers = doubt.bench.ask_together(batch_in_doubt());
    EXPECT_FALSE(answers[0]->repeated);
    EXPECT_EQ(answers[0]->version, Version{2});
    EXPECT_EQ(answers[1]->rejection->message, "no (total 5)");
    EXPECT_ERROR(answers[2], ErrorCode::version_conflict, "at version 2");
    EXPECT_EQ(answers[3]->version, Version{3});
    EXPECT_EQ(answers[4]->version, Version{1});
    EXPECT_TRUE(doubt.store.wrapped_key(person(8))->has_value());
    EXPECT_EQ(refolded(doubt.store, "a").first.total, 11);
}

TEST(FailedAppend, that_landed_is_answered_from_the_log_when_the_same_ids_come_again) {
    InDoubt doubt(true);
    doubt.bench.answer("a", Open{person(1)}, "open");
    doubt.bench.ask_together(batch_in_doubt());
    doubt.store.reopen();
    doubt.bench.restart();
    EXPECT_EQ(doubt.bench.head(), 4u) << "the first three were in the batch that landed";
    const auto answers = doubt.bench.ask_together(batch_in_doubt());
    EXPECT_TRUE(answers[0]->repeated);
    EXPECT_EQ(answers[0]->version, Version{2});
    EXPECT_EQ(answers[0]->first, Position{3});
    EXPECT_TRUE(answers[1]->repeated);
    EXPECT_EQ(answers[1]->rejection->message, "no (total 5)");
    EXPECT_FALSE(answers[3]->repeated);
    EXPECT_EQ(answers[3]->version, Version{3});
    EXPECT_EQ(refolded(doubt.store, "a").first.total, 11);
}

TEST(FailedAppend, of_a_new_log_is_reported_by_start_and_can_be_tried_again) {
    for (const bool lands : {false, true}) {
        SCOPED_TRACE(lands);
        MemoryEventStore store({.unknown_outcome_at = 1, .batch_lands = lands});
        storage::MemoryKeyring keyring{LogId{{1, 2, 3}}};
        storage::ManualClock clock{start_of_2026};
        const Workflows workflows = counter_workflows();
        boost::asio::io_context io;
        const auto start = [&] {
            return Writer::start(io.get_executor(), store, keyring, clock, workflows, {});
        };
        EXPECT_ERROR(start(), ErrorCode::outcome_unknown, "not known");
        store.reopen();
        ASSERT_TRUE(start().has_value());
        EXPECT_EQ(store.head()->position, Position{1});
    }
}

TEST(SecondWriter, takes_the_pen_and_the_first_can_no_longer_append) {
    MemoryEventStore store;
    Workbench first(store);
    first.answer("a", Open{person(1)}, "open");
    storage::MemoryKeyring& keyring = first.keyring;
    storage::ManualClock clock{start_of_2026};
    const Workflows workflows = counter_workflows();
    boost::asio::io_context io;
    auto second = Writer::start(io.get_executor(), store, keyring, clock, workflows, {});
    ASSERT_TRUE(second.has_value()) << second.error().message;
    const auto answers =
        first.ask_together({request_of("a", Add{1}, "late"), request_of("a", Add{2}, "later")});
    EXPECT_ERROR(answers[0], ErrorCode::version_conflict, "writer");
    EXPECT_ERROR(answers[1], ErrorCode::version_conflict, "writer");
    EXPECT_ERROR(first.ask("a", Add{3}, "again"), ErrorCode::version_conflict, "no more commands");
    EXPECT_EQ(store.head()->position, Position{2}) << "nothing of the first was written";
    std::optional<Result<Receipt>> answer;
    (*second)->submit(request_of("a", Add{1}, "late"),
                      [&](Result<Receipt> r) { answer = std::move(r); });
    io.run();
    ASSERT_TRUE(answer.has_value() && answer->has_value());
    EXPECT_EQ((*answer)->version, Version{2});
}

TEST(Start, refuses_a_log_that_belongs_to_another_key_ring) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    const storage::MemoryKeyring another{LogId{{9, 9, 9}}};
    const Workflows workflows = counter_workflows();
    boost::asio::io_context io;
    EXPECT_ERROR(Writer::start(io.get_executor(), store, another, bench.clock, workflows, {}),
                 ErrorCode::environment, "key ring");
}

TEST(Start, names_a_last_record_that_cannot_be_read) {
    MemoryEventStore store;
    const auto epoch = store.acquire_writer_epoch();
    Envelope envelope;
    envelope.position = Position{1};
    store.append({{Record{envelope, "torn"}}, {}}, Position{}, *epoch,
                 [](Result<Head> head) { ASSERT_TRUE(head.has_value()) << head.error().message; });
    const storage::MemoryKeyring keyring{LogId{{1}}};
    const storage::ManualClock clock{start_of_2026};
    const Workflows workflows = counter_workflows();
    boost::asio::io_context io;
    const auto started = Writer::start(io.get_executor(), store, keyring, clock, workflows, {});
    ASSERT_FALSE(started.has_value());
    EXPECT_NE(started.error().code, ErrorCode::outcome_unknown);
    EXPECT_EQ(store.head()->position, Position{1});
}

}  // namespace
}  // namespace jejak::runtime
