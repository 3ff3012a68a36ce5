// The same command id gets the first answer again: later, at once, and after a restart.

#include "engine/record/system_events.hpp"
#include "tests/runtime/erasing.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

TEST(Receipts, give_the_first_answer_again) {
    MemoryEventStore store;
    Workbench bench(store);
    const Receipt opened = bench.answer("a", Open{person(1)}, "open");
    const Receipt first = bench.answer("a", Add{7, 3}, "add");
    bench.answer("a", Add{1}, "other");
    bench.clock.advance(std::chrono::hours(5));
    const std::uint64_t head = bench.head();
    const Receipt again = bench.answer("a", Add{7, 3}, "add");
    EXPECT_TRUE(again.repeated);
    expect_same_answer(first, again);
    bench.restart();
    const Receipt after_restart = bench.answer("a", Add{7, 3}, "add");
    EXPECT_TRUE(after_restart.repeated);
    expect_same_answer(first, after_restart);
    expect_same_answer(opened, bench.answer("a", Open{person(1)}, "open"));
    EXPECT_EQ(bench.head(), head) << "nothing is added by asking again";
}

TEST(Receipts, give_the_first_answer_again_inside_of_one_batch) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers = bench.ask_together(
        {request_of("a", Open{person(1)}, "open"), request_of("a", Add{7, 2}, "add"),
         request_of("a", Add{7, 2}, "add"), request_of("a", Add{8}, "add"),
         request_of("a", Refuse{"no"}, "refuse"), request_of("a", Add{1}, "more"),
         request_of("a", Refuse{"no"}, "refuse"), request_of("a", Open{person(1)}, "open")});
    for (const std::size_t i : {0, 1, 2, 4, 5, 6, 7}) {
        ASSERT_TRUE(answers[i].has_value()) << answers[i].error().message;
    }
    EXPECT_TRUE(answers[2]->repeated);
    expect_same_answer(*answers[1], *answers[2]);
    EXPECT_ERROR(answers[3], ErrorCode::duplicate_command, "\"add\" was used at position 3");
    EXPECT_TRUE(answers[6]->repeated);
    expect_same_answer(*answers[4], *answers[6]);
    EXPECT_TRUE(answers[7]->repeated);
    EXPECT_EQ(bench.head(), 6u);
}

TEST(Receipts, repeat_a_rejection_although_it_would_be_accepted_now) {
    MemoryEventStore store;
    Workbench bench(store);
    const Receipt refused = bench.answer("a", Add{1}, "too-early");
    ASSERT_TRUE(refused.rejection.has_value());
    EXPECT_EQ(refused.rejection->rule, "not_open");
    bench.answer("a", Open{person(1)}, "open");
    for (int round = 0; round < 2; ++round) {
        const Receipt again = bench.answer("a", Add{1}, "too-early");
        EXPECT_TRUE(again.repeated);
        expect_same_answer(refused, again);
        bench.restart();
    }
    EXPECT_ERROR(bench.ask("a", Add{2}, "too-early"), ErrorCode::duplicate_command, "too-early");
    EXPECT_EQ(bench.head(), 3u);
}

TEST(Rejections, are_records_with_a_position_and_without_a_version) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    const Receipt refused = bench.answer("a", Refuse{"as asked"}, "refuse");
    EXPECT_EQ(refused.first, Position{3});
    EXPECT_EQ(refused.last, Position{3});
    EXPECT_EQ(refused.version, Version{0});
    EXPECT_TRUE(refused.events.empty());
    const auto records = bench.records();
    ASSERT_EQ(records.size(), 3u);
    EXPECT_EQ(records[2].envelope.event_name, "command.rejected");
    EXPECT_EQ(records[2].envelope.stream, counter_of("a"));
    EXPECT_EQ(records[2].envelope.version, Version{0});
    EXPECT_EQ(records[2].envelope.count, 1);
    const auto rejected = record::from_bytes<record::CommandRejected>(records[2].payload);
    ASSERT_TRUE(rejected.has_value());
    EXPECT_EQ(*rejected, (record::CommandRejected{"refuse", "refused_on_request", "open",
                                                  "as asked (total 0)"}));
    EXPECT_EQ(bench.answer("a", Add{1}, "add").version, Version{2})
        << "a rejection does not count as a version";
}

TEST(Receipts, compare_everything_that_makes_a_command_another_one) {
    MemoryEventStore store;
    Workbench bench(store);
    for (const char* key : {"a", "b"})
        bench.answer(key, Open{person(1)}, std::string("open-") + key);
    const CommandRequest first = request_of("a", Add{7}, "add");
    ASSERT_TRUE(bench.ask(first).has_value());
    std::vector<CommandRequest> others(7, first);
    others[0].stream = counter_of("b");
    others[1].command = Counter::Command(Add{8});
    others[2].command = Counter::Command(Close{});
    others[3].actor.person = person(2);
    others[4].actor.role = "supervisor";
    others[5].actor.on_behalf_of = person(9);
    others[6].actor.role = registrar_role;
    others[6].claim = HistoryClaim{"letter 1", Sha256{1}};
    const std::uint64_t head = bench.head();
    for (std::size_t i = 0; i < others.size(); ++i) {
        SCOPED_TRACE(i);
        EXPECT_ERROR(bench.ask(others[i]), ErrorCode::duplicate_command, "id of its own");
    }
    EXPECT_EQ(bench.head(), head);
    EXPECT_TRUE(bench.ask(first)->repeated);
}

TEST(Receipts, compare_the_ground_and_time_of_history) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest first = request_of("a", Open{person(1)}, "open");
    first.actor.role = registrar_role;
    first.claim = HistoryClaim{"letter 1", Sha256{1}};
    first.occurred_at = Instant{start_of_2026.micros_since_epoch - 1'000};
    ASSERT_TRUE(bench.ask(first).has_value());
    std::vector<CommandRequest> others(3, first);
    others[0].claim->ground = "letter 2";
    others[1].claim->document = Sha256{2};
    others[2].occurred_at = Instant{start_of_2026.micros_since_epoch - 2'000};
    for (std::size_t i = 0; i < others.size(); ++i) {
        SCOPED_TRACE(i);
        EXPECT_ERROR(bench.ask(others[i]), ErrorCode::duplicate_command, "id of its own");
    }
    EXPECT_TRUE(bench.ask(first)->repeated);
}

TEST(Receipts, do_not_answer_for_a_command_about_somebody_who_has_no_key_yet) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    EXPECT_ERROR(bench.ask("b", Open{person(2)}, "open"), ErrorCode::duplicate_command,
                 "used at position 2");
    EXPECT_ERROR(bench.ask("b", Open{person(2)}, "log.created"), ErrorCode::duplicate_command,
                 "used at position 1");
    EXPECT_EQ(bench.head(), 2u);
}

TEST(Receipts, remember_nothing_of_a_command_that_added_nothing) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    const Receipt touched = bench.answer("a", Touch{}, "touch");
    EXPECT_TRUE(touched.events.empty());
    EXPECT_FALSE(touched.rejection);
    EXPECT_EQ(touched.version, Version{1});
    EXPECT_FALSE(bench.answer("a", Touch{}, "touch").repeated);
    EXPECT_EQ(bench.head(), 2u);
}

TEST(Receipts, are_given_without_comparing_once_the_subject_has_been_erased) {
    MemoryEventStore store;
    Workbench bench(store);
    const Receipt opened = bench.answer("a", Open{person(1)}, "open");
    const Receipt first = bench.answer("a", Add{7}, "add");
    bench.answer("b", Open{person(2)}, "open-b");
    erase(store, bench.keyring, person(1), {person(2)});
    bench.restart();
    expect_same_answer(first, bench.answer("a", Add{7}, "add"));
    expect_same_answer(opened, bench.answer("a", Open{person(1)}, "open"));
    EXPECT_ERROR(bench.ask("a", Add{1}, "more"), ErrorCode::not_found, "has been destroyed");
    EXPECT_ERROR(bench.ask("b", Add{7}, "add"), ErrorCode::duplicate_command, "position 3");
    EXPECT_FALSE(bench.answer("b", Add{7}, "add-b").rejection);
}

}  // namespace
}  // namespace jejak::runtime
