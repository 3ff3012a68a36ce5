// Only a registrar records what happened earlier, and only with ground and document.

#include "tests/runtime/workbench.hpp"

namespace jejak::runtime {
namespace {

using namespace counter;
using storage::MemoryEventStore;

constexpr std::int64_t day = 86'400'000'000;

Instant days_ago(std::int64_t days) {
    return {start_of_2026.micros_since_epoch - days * day};
}

CommandRequest registered(Instant occurred_at) {
    CommandRequest request = request_of("a", Open{person(1)}, "open");
    request.actor.role = registrar_role;
    request.occurred_at = occurred_at;
    request.claim = HistoryClaim{"letter 800/12/2021", Sha256{4, 2}};
    return request;
}

// A refusal is itself a fact of today, whatever the refused command claimed.
void expect_refused_today(Workbench& bench, const CommandRequest& request, std::string_view rule) {
    const auto answer = bench.ask(request);
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    ASSERT_TRUE(answer->rejection.has_value()) << "expected " << rule;
    EXPECT_EQ(answer->rejection->rule, rule);
    const auto records = bench.records();
    EXPECT_EQ(records.back().envelope.event_name, "command.rejected");
    EXPECT_EQ(records.back().envelope.occurred_at, records.back().envelope.recorded_at);
    EXPECT_FALSE(records.back().envelope.claim.has_value());
    EXPECT_TRUE(bench.ask(request)->repeated);
    EXPECT_EQ(refolded(bench.store(), "a").second, Version{0});
}

TEST(History, is_recorded_by_a_registrar_with_ground_and_document) {
    MemoryEventStore store;
    Workbench bench(store);
    const auto answer = bench.ask(registered(days_ago(400)));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    ASSERT_FALSE(answer->rejection) << answer->rejection->message;
    EXPECT_EQ(answer->recorded_at, start_of_2026);
    const Envelope envelope = bench.records().back().envelope;
    EXPECT_EQ(envelope.recorded_at, start_of_2026);
    EXPECT_EQ(envelope.occurred_at, days_ago(400));
    EXPECT_EQ(envelope.claim, registered(days_ago(400)).claim);
}

TEST(History, needs_ground_and_document) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest bare = registered(days_ago(1));
    bare.claim.reset();
    expect_refused_today(bench, bare, "history_needs_ground");
    CommandRequest without_ground = registered(days_ago(1));
    without_ground.command_id = *CommandId::make("without-ground");
    without_ground.claim->ground.clear();
    expect_refused_today(bench, without_ground, "history_needs_ground");
    CommandRequest without_document = registered(days_ago(1));
    without_document.command_id = *CommandId::make("without-document");
    without_document.claim->document = Sha256{};
    expect_refused_today(bench, without_document, "history_needs_ground");
}

TEST(History, is_the_registrars) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest request = registered(days_ago(1));
    request.actor.role = "supervisor";
    expect_refused_today(bench, request, "history_is_the_registrars");
}

TEST(History, does_not_lie_in_the_future) {
    MemoryEventStore store;
    Workbench bench(store);
    expect_refused_today(bench, registered(days_ago(-1)), "history_lies_in_the_future");
    CommandRequest bare = registered(days_ago(-1));
    bare.command_id = *CommandId::make("bare");
    bare.claim.reset();
    expect_refused_today(bench, bare, "history_needs_ground");
}

TEST(History, of_this_moment_needs_no_ground) {
    MemoryEventStore store;
    Workbench bench(store);
    CommandRequest request = request_of("a", Open{person(1)}, "open");
    request.occurred_at = start_of_2026;
    const auto answer = bench.ask(request);
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_FALSE(answer->rejection);
}

}  // namespace
}  // namespace jejak::runtime
