// The life of a command: batches, staged state, versions, the queue, time.

#include <boost/asio/post.hpp>
#include <functional>

#include "engine/record/system_events.hpp"
#include "tests/runtime/troubled_event_store.hpp"
#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

TEST(Writer, begins_a_new_log_with_the_record_log_created) {
    MemoryEventStore store;
    Workbench bench(store, {.program = "jejak 9.9"});
    const auto records = bench.records();
    ASSERT_EQ(records.size(), 1u);
    const Envelope& envelope = records[0].envelope;
    EXPECT_EQ(envelope.event_name, "log.created");
    EXPECT_EQ(envelope.stream.text(), "log/main");
    EXPECT_EQ(envelope.version, Version{1});
    EXPECT_EQ(envelope.log_id, bench.keyring.log_id());
    EXPECT_EQ(envelope.recorded_at, start_of_2026);
    const auto created = record::from_bytes<record::LogCreated>(records[0].payload);
    ASSERT_TRUE(created.has_value());
    EXPECT_EQ(created->program, "jejak 9.9");
    bench.restart();
    EXPECT_EQ(bench.head(), 1u) << "a log is created once";
}

TEST(Writer, begins_a_new_log_in_a_store_that_answers_late_and_from_elsewhere) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    store.answer_from_elsewhere();
    Workbench bench(store);
    EXPECT_EQ(bench.head(), 1u) << "start() returns when position 1 is durable, not before";
    bench.answer("a", Open{person(1)}, "open");
    EXPECT_EQ(bench.head(), 2u);
}

TEST(Writer, answers_what_the_commit_added) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.clock.set(Instant{start_of_2026.micros_since_epoch + 5});
    const Receipt opened = bench.answer("a", Open{person(1)}, "c-1");
    EXPECT_EQ(opened.stream, counter_of("a"));
    EXPECT_EQ(opened.first, Position{2});
    EXPECT_EQ(opened.last, Position{2});
    EXPECT_EQ(opened.version, Version{1});
    EXPECT_EQ(opened.recorded_at.micros_since_epoch, start_of_2026.micros_since_epoch + 5);
    EXPECT_FALSE(opened.repeated);
    const Receipt added = bench.answer("a", Add{7, 3}, "c-2");
    EXPECT_EQ(added.first, Position{3});
    EXPECT_EQ(added.last, Position{5});
    EXPECT_EQ(added.version, Version{4});
    EXPECT_THAT(added.events,
                testing::ElementsAre("counter.added", "counter.added", "counter.added"));
    const auto records = bench.records();
    ASSERT_EQ(records.size(), 5u);
    for (std::size_t i = 2; i < 5; ++i) {
        EXPECT_EQ(records[i].envelope.index, i - 2);
        EXPECT_EQ(records[i].envelope.count, 3);
        EXPECT_EQ(records[i].envelope.version.value, i);
        EXPECT_EQ(records[i].envelope.command_id.text(), "c-2");
        EXPECT_EQ(records[i].envelope.actor, request_of("a", Close{}, "x").actor);
    }
    EXPECT_NE(records[3].envelope.salt, records[4].envelope.salt);
}

TEST(Writer, lets_others_on_its_thread_have_a_turn_though_it_always_has_a_next_command) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "open");
    constexpr int commands = 200;
    int answered = 0;
    std::function<void()> ask_next = [&] {
        bench.writer().submit(request_of("a", Add{1, 1}, "add-" + std::to_string(answered)),
                              [&](const Result<Receipt>& answer) {
                                  ASSERT_TRUE(answer.has_value()) << answer.error().message;
                                  if (++answered < commands) ask_next();
                              });
    };
    ask_next();
    int answered_before_the_turn = commands;
    boost::asio::post(bench.executor(), [&] { answered_before_the_turn = answered; });
    bench.run();
    EXPECT_EQ(answered, commands) << "all are answered, also those that come while it answers";
    EXPECT_LT(answered_before_the_turn, commands / 2) << "nobody else got the thread";
    EXPECT_EQ(bench.head(), 2u + commands) << "each was a commit of its own record";
}

TEST(Writer, shares_one_append_among_the_commands_that_wait) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    Workbench bench(store, {.batch_commands_max = 4});
    bench.answer("a", Open{person(1)}, "open");
    const std::uint64_t before = store.appends();
    std::vector<std::uint64_t> heads;
    bench.writer().on_growth([&](Position head) { heads.push_back(head.value); });
    std::vector<CommandRequest> requests;
    for (int i = 0; i < 10; ++i)
        requests.push_back(request_of("a", Add{1}, "c-" + std::to_string(i)));
    const auto answers = bench.ask_together(std::move(requests));
    EXPECT_EQ(store.appends() - before, 3u) << "10 commands, 4 to a batch";
    EXPECT_THAT(heads, testing::ElementsAre(6, 10, 12));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ASSERT_TRUE(answers[i].has_value()) << answers[i].error().message;
        EXPECT_EQ(answers[i]->version.value, i + 2);
    }
}

TEST(Writer, appends_earlier_when_a_batch_has_grown_large) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    Workbench bench(store, {.batch_bytes_max = 1'000});
    bench.answer("a", Open{person(1)}, "open");
    const std::uint64_t before = store.appends();
    std::vector<CommandRequest> requests;
    for (int i = 0; i < 6; ++i) {
        requests.push_back(request_of("a", Label{std::string(400, 'x')}, "c-" + std::to_string(i)));
    }
    for (const auto& answer : bench.ask_together(std::move(requests)))
        EXPECT_TRUE(answer.has_value());
    EXPECT_EQ(store.appends() - before, 3u) << "two records of about 600 bytes fill a batch";
}

TEST(Writer, answers_only_what_is_durable) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    store.answer_from_elsewhere();
    Workbench bench(store);
    std::size_t answers = 0;
    const auto check = [&](Result<Receipt> answer) {
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
        ++answers;
        EXPECT_GE(bench.head(), answer->last.value) << "answered before it was appended";
    };
    bench.writer().submit(request_of("a", Open{person(1)}, "open"), check);
    for (int i = 0; i < 20; ++i) {
        bench.writer().submit(request_of("a", Add{1}, "c-" + std::to_string(i)), check);
    }
    // The repeated ones were answered from what was staged only, and must wait with the others.
    bench.writer().submit(request_of("a", Add{1}, "c-3"), check);
    bench.run();
    EXPECT_EQ(answers, 22u);
}

TEST(Staging, shows_a_command_what_an_earlier_one_of_its_batch_did) {
    MemoryEventStore memory;
    TroubledEventStore store(memory);
    Workbench bench(store);
    const std::uint64_t before = store.appends();
    const auto answers = bench.ask_together(
        {request_of("a", Open{person(1)}, "1"), request_of("a", Add{40}, "2"),
         request_of("a", Add{2}, "3"), request_of("a", Refuse{"stop"}, "4"),
         request_of("b", Open{person(2)}, "5"), request_of("b", AddOther{counter_of("a")}, "6"),
         request_of("b", AddOther{counter_of("nobody")}, "7"), request_of("a", Close{}, "8"),
         request_of("a", Add{1}, "9")});
    EXPECT_EQ(store.appends() - before, 1u);
    for (const auto& answer : answers)
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answers[3]->rejection->message, "stop (total 42)");
    EXPECT_EQ(answers[6]->rejection->rule, "other_is_missing");
    EXPECT_EQ(answers[8]->rejection->phase, "closed");
    EXPECT_EQ(refolded(store, "b").first.total, 42);
    EXPECT_EQ(refolded(store, "a").second, Version{4}) << "a rejection is no event of the stream";
}

TEST(Staging, shows_claims_of_the_same_batch) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answers = bench.ask_together(
        {request_of("a", Open{person(1)}, "1"), request_of("b", Open{person(2)}, "2"),
         request_of("a", Reserve{"gold"}, "3"), request_of("b", Reserve{"gold"}, "4"),
         request_of("b", GiveBack{"gold"}, "5"), request_of("a", GiveBack{"gold"}, "6"),
         request_of("b", Reserve{"gold"}, "7")});
    for (const auto& answer : answers)
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answers[3]->rejection->rule, "name_is_taken");
    EXPECT_EQ(answers[3]->rejection->message, "counter/a holds it");
    EXPECT_EQ(answers[4]->rejection->rule, "name_is_not_ours");
    EXPECT_FALSE(answers[5]->rejection);
    EXPECT_FALSE(answers[6]->rejection);
    EXPECT_THAT(answers[2]->events, testing::ElementsAre("counter.reserved"));
    EXPECT_EQ(answers[2]->last.value, answers[2]->first.value + 1) << "the claim is of the commit";
    bench.restart();
    EXPECT_EQ(bench.answer("a", Reserve{"gold"}, "8").rejection->message, "counter/b holds it");
}

TEST(Staging, records_a_claim_as_an_event_of_its_own_stream_in_the_same_commit) {
    MemoryEventStore store;
    Workbench bench(store);
    bench.answer("a", Open{person(1)}, "1");
    bench.answer("a", Reserve{"gold"}, "2");
    bench.answer("a", GiveBack{"gold"}, "3");
    const auto records = bench.records();
    ASSERT_EQ(records.size(), 6u);
    EXPECT_EQ(records[3].envelope.stream, claim_on("gold"));
    EXPECT_EQ(records[3].envelope.event_name, "claim.taken");
    EXPECT_EQ(records[3].envelope.version, Version{1});
    EXPECT_EQ(records[3].envelope.index, 1);
    EXPECT_EQ(records[3].envelope.count, 2);
    EXPECT_EQ(records[3].envelope.command_mac, records[2].envelope.command_mac);
    EXPECT_EQ(records[5].envelope.event_name, "claim.released");
    EXPECT_EQ(records[5].envelope.version, Version{2});
}

TEST(ExpectedVersion, must_be_the_one_that_the_stream_has_now) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto expecting = [](auto command, std::string_view id, std::uint32_t version) {
        CommandRequest request = request_of("a", command, id);
        request.expected_version = Version{version};
        return request;
    };
    auto answers =
        bench.ask_together({expecting(Open{person(1)}, "1", 0), expecting(Add{1}, "2", 1),
                            expecting(Add{1}, "3", 1), expecting(Add{1}, "4", 2)});
    EXPECT_TRUE(answers[0].has_value());
    EXPECT_TRUE(answers[1].has_value());
    EXPECT_ERROR(answers[2], ErrorCode::version_conflict, "counter/a is at version 2, not at 1");
    EXPECT_TRUE(answers[3].has_value());
    EXPECT_EQ(bench.head(), 4u) << "a conflict is no fact of the log";
    EXPECT_TRUE(bench.ask(expecting(Add{1}, "2", 1))->repeated)
        << "who asks again after an answer was lost still names the version that he saw";
    EXPECT_FALSE(bench.ask(expecting(Add{1}, "3", 3))->repeated)
        << "after a conflict the same id may come again, with the version read anew";
}

TEST(Requests, that_take_a_name_over_need_no_release_and_keep_who_held_it) {
    MemoryEventStore store;
    Workbench bench(store);
    for (const char* key : {"a", "b"})
        bench.answer(key, Open{person(1)}, std::string("open-") + key);
    bench.answer("a", Reserve{"gold"}, "1");
    bench.answer("b", Snatch{{"gold"}, true}, "2");
    bench.answer("a", Snatch{{"gold"}, true}, "3");
    bench.answer("b", Snatch{{"gold"}, true}, "4");
    const auto claims = make_claim_workflow();
    const auto state = read_state(store, *claims, claim_on("gold"));
    ASSERT_TRUE(state.has_value());
    const auto& claim = *static_cast<const ClaimState*>((*state)->value());
    EXPECT_EQ(claim.holder, "counter/b");
    EXPECT_EQ(claim.earlier, std::vector<std::string>{"counter/a"});
    EXPECT_EQ((*state)->version, Version{4});
}

TEST(Requests, that_no_workflow_can_take_are_invalid_and_leave_no_trace) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest unknown = request_of("a", Open{person(1)}, "1");
    unknown.stream = *StreamId::make("ledger", "a");
    EXPECT_ERROR(bench.ask(unknown), ErrorCode::invalid_input, "ledger/a");
    CommandRequest nowhere = request_of("a", Open{person(1)}, "1");
    nowhere.stream = StreamId();
    EXPECT_ERROR(bench.ask(nowhere), ErrorCode::invalid_input, "no workflow");
    CommandRequest foreign = request_of("a", Open{person(1)}, "1");
    foreign.command = std::string("not a command");
    EXPECT_ERROR(bench.ask(foreign), ErrorCode::invalid_input, "no workflow takes this command");
    CommandRequest claims = request_of("a", Open{person(1)}, "1");
    claims.stream = claim_on("gold");
    EXPECT_ERROR(bench.ask(claims), ErrorCode::invalid_input, "claim/gold");
    EXPECT_EQ(bench.head(), 1u);
}

TEST(Requests, whose_envelope_could_not_be_read_again_are_invalid_and_leave_no_trace) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest nameless = request_of("a", Open{person(1)}, "1");
    nameless.command_id = CommandId();
    EXPECT_ERROR(bench.ask(nameless), ErrorCode::invalid_input, "command id");
    CommandRequest long_role = request_of("a", Open{person(1)}, "1");
    long_role.actor.role = std::string(300, 'r');
    EXPECT_ERROR(bench.ask(long_role), ErrorCode::invalid_input, "role");
    CommandRequest long_channel = request_of("a", Open{person(1)}, "1");
    long_channel.actor.channel = std::string(300, 'c');
    EXPECT_ERROR(bench.ask(long_channel), ErrorCode::invalid_input, "channel");
    CommandRequest long_ground = request_of("a", Open{person(1)}, "1");
    long_ground.actor.role = registrar_role;
    long_ground.claim = HistoryClaim{std::string(300, 'g'), Sha256{1}};
    EXPECT_ERROR(bench.ask(long_ground), ErrorCode::invalid_input, "ground");
    EXPECT_EQ(bench.head(), 1u);
    EXPECT_EQ(bench.answer("a", Open{person(1)}, "1").version, Version{1});
}

TEST(Queue, answers_overloaded_when_it_is_full_and_takes_commands_again_later) {
    MemoryEventStore store;
    Workbench bench(store, {.queue_depth_max = 2});
    std::vector<Result<Receipt>> answers;
    const auto keep = [&](Result<Receipt> answer) { answers.push_back(std::move(answer)); };
    bench.writer().submit(request_of("a", Open{person(1)}, "1"), keep);
    bench.writer().submit(request_of("a", Add{1}, "2"), keep);
    bench.writer().submit(request_of("a", Add{1}, "3"), keep);
    ASSERT_EQ(answers.size(), 1u) << "the third is answered at once";
    EXPECT_ERROR(answers[0], ErrorCode::overloaded, "try again");
    bench.run();
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_TRUE(answers[1].has_value());
    EXPECT_TRUE(answers[2].has_value());
    EXPECT_EQ(bench.answer("a", Add{1}, "3").version, Version{3});
}

TEST(Queue, is_still_answered_after_stop_and_then_refuses) {
    MemoryEventStore store;
    Workbench bench(store);
    std::vector<Result<Receipt>> answers;
    const auto keep = [&](Result<Receipt> answer) { answers.push_back(std::move(answer)); };
    bench.writer().submit(request_of("a", Open{person(1)}, "1"), keep);
    bench.writer().submit(request_of("a", Add{1}, "2"), keep);
    bench.writer().stop();
    bench.writer().submit(request_of("a", Add{1}, "3"), keep);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_ERROR(answers[0], ErrorCode::stopped, "stopped");
    bench.run();
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[1]->version, Version{1});
    EXPECT_EQ(answers[2]->version, Version{2});
    EXPECT_EQ(bench.head(), 3u);
    bench.writer().stop();
    EXPECT_ERROR(bench.ask("a", Add{1}, "4"), ErrorCode::stopped, "stopped");
}

TEST(Time, never_decreases_in_the_log_though_the_clock_goes_back) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto at = [](std::int64_t seconds) {
        return Instant{start_of_2026.micros_since_epoch + seconds * 1'000'000};
    };
    bench.clock.set(at(100));
    EXPECT_EQ(bench.answer("a", Open{person(1)}, "1").recorded_at, at(100));
    bench.clock.set(at(40));
    EXPECT_EQ(bench.answer("a", Add{1}, "2").recorded_at, at(100));
    bench.clock.set(at(-86'400));
    bench.restart();
    EXPECT_EQ(bench.answer("a", Refuse{"late"}, "3").recorded_at, at(100))
        << "the last record says how late it already was before the restart";
    bench.clock.set(at(101));
    EXPECT_EQ(bench.answer("a", Add{1}, "4").recorded_at, at(101));
    Instant last;
    for (const Kept& kept : bench.records()) {
        EXPECT_LE(last, kept.envelope.recorded_at);
        EXPECT_EQ(kept.envelope.occurred_at, kept.envelope.recorded_at);
        last = kept.envelope.recorded_at;
    }
}

}  // namespace
}  // namespace jejak::runtime
