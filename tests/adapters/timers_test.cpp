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

Actor the_clock() {
    Actor clock;
    clock.role = system_role;
    clock.channel = "timer";
    return clock;
}

// A program that was just started, with a writer of its own; it ends with this.
class Program {
  public:
    explicit Program(House& house)
        : pool_(1),
          writer_(*runtime::Writer::start(pool_.get_executor(), house.store, house.keyring,
                                          house.clock, house.workflows, {})) {}
    ~Program() {
        writer_->stop();
        pool_.join();
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    runtime::Writer* operator->() { return writer_.get(); }

  private:
    boost::asio::thread_pool pool_;
    std::shared_ptr<runtime::Writer> writer_;
};

// One look at the clocks, by a program that was just started: read models of its own too.
void tick_anew(House& house) {
    Program writer(house);
    storage::MemoryReadStore reads;
    const auto board = appraisal::make_scoreboard();
    const Actor clock = the_clock();
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

// A request, and when it is sent. Parsing registers the people in it, so that later programs need
// no names.
struct Sent {
    Instant at;
    std::string text;
    runtime::CommandRequest request;
};
std::vector<Sent> parsed_of(House& house, const std::vector<std::pair<Instant, std::string>>& all) {
    std::vector<Sent> sent;
    for (const auto& [at, text] : all) {
        auto request = json::parse_command(text, house.intake());
        EXPECT_TRUE(request) << request.error().message << text;
        sent.push_back({at, text, std::move(*request)});
    }
    house.writer->stop();
    return sent;
}
// The example story, some of its words exchanged, from the request that holds `first` on and up to
// the one that holds `last`; "": from its beginning, to its end.
std::vector<std::pair<Instant, std::string>> story(
    const std::vector<std::pair<std::string, std::string>>& exchanged, std::string_view last = "") {
    std::vector<std::pair<Instant, std::string>> told;
    for (const auto& step : json::example_story()) {
        std::string text(step.request);
        for (const auto& [from, to] : exchanged) {
            if (const auto found = text.find(from); found != std::string::npos) {
                text.replace(found, from.size(), to);
            }
        }
        told.emplace_back(*parse_instant(step.at), text);
        if (!last.empty() && text.find(last) != std::string::npos) break;
    }
    return told;
}
// Started again before and after every request: sends all but what the clocks do by themselves.
void live(House& house, const std::vector<Sent>& sent) {
    for (const auto& each : sent) {
        house.clock.set(std::max(house.clock.now(), each.at));
        tick_anew(house);
        if (each.text.find("\"pass_deadline\"") != std::string::npos) continue;
        Program program(house);
        const auto receipt = program->execute(each.request);
        ASSERT_TRUE(receipt) << receipt.error().message;
        ASSERT_FALSE(receipt->rejection) << receipt->rejection->message << each.text;
    }
}
void wait_days(House& house, int days) {
    const auto from = house.clock.now();
    for (int day = 1; day <= days; ++day) {
        house.clock.set(plus_days(from, day));
        tick_anew(house);
        tick_anew(house);
    }
}

TEST(Timers, record_each_clock_once_though_the_program_is_started_again_at_every_step) {
    House house;
    live(house, parsed_of(house, story({})));
    wait_days(house, 60);
    const auto passed = passed_in(house);
    ASSERT_EQ(passed.size(), 1U);  // the one that the story lets run out
    EXPECT_EQ(passed[0].deadline, "reply");
    EXPECT_EQ(to_text(passed[0].due_at), "2026-05-04T16:59:59.999999Z");
}

// The panel of the story, with clocks: its reply is due on 20 June, its decision 10 days after.
const std::vector<std::pair<std::string, std::string>> hurried = {
    {R"("panel":)",
     R"("deadlines": {"reply_days": 5, "decision_days": 10, "no_decision": "escalates"},)"
     R"( "panel":)"}};

TEST(Timers, of_a_panel_that_decides_in_time_never_ring_though_it_is_started_again_daily) {
    House house;
    live(house, parsed_of(house, story(hurried, "story-67")));
    wait_days(house, 60);
    EXPECT_EQ(passed_in(house).size(), 1U);  // of the other appraisal
}

TEST(Timers, of_a_panel_that_waits_for_its_second_vote_ring_once_for_each_panel) {
    House house;
    auto told = story(hurried, "story-66");
    told.emplace_back(*parse_instant("2026-07-10T08:00:00+07:00"),
                      R"({"command": "assign_panel", "command_id": "again-1",
      "appraisal": "contoh-2026-004",
      "actor": {"id": "nip:198811112012122005", "role": "administrator"},
      "data": {"members": ["nip:196905051992032003", "nip:197112121996031005",
                           "nip:196502021990011001"], "letter": "SK 6/2026"}})");
    const auto sent = parsed_of(house, told);
    const std::vector<Sent> first(sent.begin(), sent.end() - 1), second(sent.end() - 1, sent.end());
    live(house, first);
    wait_days(house, 20);
    ASSERT_EQ(passed_in(house).size(), 2U);
    EXPECT_EQ(passed_in(house)[1].deadline, "decision");
    EXPECT_EQ(to_text(passed_in(house)[1].due_at), "2026-06-26T16:59:59.999999Z");
    live(house, second);
    wait_days(house, 60);
    const auto passed = passed_in(house);
    ASSERT_EQ(passed.size(), 3U);
    EXPECT_EQ(to_text(passed[2].due_at), "2026-07-20T16:59:59.999999Z");
    EXPECT_EQ(to_text(passed[2].recorded_at), "2026-07-21T01:00:00Z");
}

}  // namespace
}  // namespace jejak::timers
