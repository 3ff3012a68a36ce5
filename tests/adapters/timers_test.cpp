// Clocks of an objection on a clock that the test drives, with a program that is started again and
// again: each deadline becomes one event, in its order, whatever happens in between.
#include <gtest/gtest.h>

#include "adapters/json/command_catalogue.hpp"
#include "adapters/timers/overdue.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/runtime/projector.hpp"
#include "storage/memory_read_store.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::timers {
namespace {

// The example story up to where the objection waits for the reply.
void tell_until_the_objection(House& house) {
    for (const auto& step : json::example_story()) {
        if (step.request.find("\"pass_deadline\"") != std::string_view::npos) return;
        house.clock.set(*parse_instant(step.at));
        const auto receipt = house.run(step.request);
        ASSERT_TRUE(receipt && !receipt->rejection) << step.request;
    }
}

// One look at the clocks, by a program that was just started: a writer and read models of its own.
void tick_anew(House& house) {
    boost::asio::thread_pool pool(1);
    const auto writer = *runtime::Writer::start(pool.get_executor(), house.store, house.keyring,
                                                house.clock, house.workflows, {});
    storage::MemoryReadStore reads;
    const auto board = appraisal::make_scoreboard();
    Actor clock;
    clock.role = system_role;
    clock.channel = "timer";
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(
            runtime::catch_up_one(house.store, reads, *board, house.store.head()->position));
        const auto found = overdue_clocks(house.store, reads, house.workflows, house.clock);
        ASSERT_TRUE(found);
        for (const auto& overdue : *found) {
            for (int twice = 0; twice < 2; ++twice) {  // a second attempt adds nothing
                const auto receipt =
                    writer->execute(passing_of(overdue, house.keyring.log_secret(), clock));
                ASSERT_TRUE(receipt) << receipt.error().message;
                EXPECT_FALSE(receipt->rejection) << receipt->rejection->message;
            }
        }
    }
    writer->stop();
    pool.join();
}

struct Passed {
    std::string deadline;
    Instant due_at, recorded_at;
};

std::vector<Passed> passed_in(const House& house) {
    std::vector<Passed> found;
    for (const auto& bytes : house.records()) {
        const auto decoded = record::decode_record(bytes);
        if (decoded->envelope.event_name != appraisal::DeadlinePassed::event_name) continue;
        const auto event = record::decode_event<appraisal::DeadlinePassed>(
            decoded->envelope.schema_version, decoded->payload);
        found.push_back({event->deadline, event->due_at, decoded->envelope.recorded_at});
    }
    return found;
}

TEST(Timers, record_each_clock_once_though_the_program_is_started_again_every_day) {
    House house;
    tell_until_the_objection(house);
    house.writer->stop();
    for (int day = 0; day < 60; ++day) {
        house.clock.set(plus_days(*parse_instant("2026-04-30T01:00:00Z"), day));
        tick_anew(house);
        tick_anew(house);
    }
    const auto passed = passed_in(house);
    ASSERT_EQ(passed.size(), 2U);
    EXPECT_EQ(passed[0].deadline, "reply");
    EXPECT_EQ(to_text(passed[0].due_at), "2026-05-04T16:59:59.999999Z");  // 5 days after the 29th
    EXPECT_EQ(to_text(passed[0].recorded_at), "2026-05-05T01:00:00Z");
    EXPECT_EQ(passed[1].deadline, "decision");
    EXPECT_EQ(to_text(passed[1].due_at), "2026-05-26T16:59:59.999999Z");  // 21 days after the 5th
    EXPECT_EQ(to_text(passed[1].recorded_at), "2026-05-27T01:00:00Z");
}

TEST(Timers, keep_when_it_was_due_and_when_it_was_noticed_after_a_long_downtime) {
    House house;
    tell_until_the_objection(house);
    house.writer->stop();
    house.clock.set(*parse_instant("2026-09-01T01:00:00Z"));
    tick_anew(house);
    const auto passed = passed_in(house);
    ASSERT_EQ(passed.size(), 1U);  // the decision's clock begins now: nobody could decide before
    EXPECT_EQ(to_text(passed[0].due_at), "2026-05-04T16:59:59.999999Z");
    EXPECT_EQ(to_text(passed[0].recorded_at), "2026-09-01T01:00:00Z");
}

TEST(Timers, wait_as_long_as_a_letter_says) {
    House house;
    tell_until_the_objection(house);
    const auto extended = house.run(
        R"({"command": "extend_deadline", "command_id": "x-1",
            "actor": {"id": "nip:198811112012122005", "role": "administrator"},
            "data": {"period": "2026-Q1", "deadline": "reply", "until": "2026-05-20",
                     "letter": "ST 7"}})");
    ASSERT_TRUE(extended && !extended->rejection);
    house.writer->stop();
    house.clock.set(*parse_instant("2026-05-20T16:00:00Z"));
    tick_anew(house);
    EXPECT_TRUE(passed_in(house).empty());
    house.clock.set(*parse_instant("2026-05-20T17:00:00Z"));
    tick_anew(house);
    ASSERT_EQ(passed_in(house).size(), 1U);
    EXPECT_EQ(to_text(passed_in(house)[0].due_at), "2026-05-20T16:59:59.999999Z");
}

}  // namespace
}  // namespace jejak::timers
