// How many disputes are open and how many tasks overdue, on a clock that the test drives.
#include "adapters/timers/backlog.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/json/command_catalogue.hpp"
#include "engine/runtime/projector.hpp"
#include "storage/memory_read_store.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::timers {
namespace {

using appraisal::TaskKind;

class BacklogOf : public testing::Test {
  protected:
    // The example story up to its first request that holds these words, which is not sent.
    void tell_until(std::string_view words) {
        const auto& steps = json::example_story();
        for (; told_ < steps.size(); ++told_) {
            const auto& step = steps[told_];
            if (step.request.find(words) != std::string_view::npos) return;
            house.clock.set(*parse_instant(step.at));
            say(step.request);
        }
        FAIL() << "nothing in the story says " << words;
    }
    void say(std::string_view request) {
        const auto receipt = house.run(request);
        ASSERT_TRUE(receipt && !receipt->rejection) << request;
    }
    Backlog at(const char* moment) {
        house.clock.set(*parse_instant(moment));
        for (const auto& model : {appraisal::make_scoreboard(), appraisal::make_work_list()}) {
            EXPECT_TRUE(
                runtime::catch_up_one(house.store, reads, *model, house.store.head()->position));
        }
        const auto counted = count_backlog(house.store, reads, house.workflows, house.clock);
        EXPECT_TRUE(counted) << counted.error().message;
        return counted ? *counted : Backlog{};
    }
    // Of the kinds with somebody late.
    static std::map<TaskKind, std::uint64_t> late(Backlog backlog) {
        std::erase_if(backlog.overdue_tasks, [](const auto& each) { return each.second == 0; });
        return backlog.overdue_tasks;
    }

    House house;
    storage::MemoryReadStore reads;
    std::size_t told_ = 0;
};

TEST_F(BacklogOf, an_empty_log_is_nothing_of_each_kind_that_has_a_clock) {
    const auto backlog = at("2026-01-05T00:00:00Z");
    EXPECT_EQ(backlog.open_disputes, 0U);
    EXPECT_EQ(backlog.overdue_tasks.size(), 7U);
    EXPECT_TRUE(late(backlog).empty());
    EXPECT_FALSE(backlog.overdue_tasks.contains(TaskKind::finalise)) << "it has no clock";
}

TEST_F(BacklogOf, a_self_assessment_that_is_late_is_one_task_until_it_is_there) {
    tell_until("\"submit_self_assessment\"");
    ASSERT_TRUE(late(at("2026-01-31T00:00:00Z")).empty());
    Instant due;
    ASSERT_TRUE(appraisal::list_duties(reads, [&](const appraisal::Task& task) {
        if (task.kind == TaskKind::submit_self_assessment) due = task.due_at;
        return true;
    }));
    EXPECT_TRUE(late(at(to_text(due).c_str())).empty()) << "100 days from 5 January";
    const Instant after{due.micros_since_epoch + 1'000'000};
    EXPECT_EQ(late(at(to_text(after).c_str())),
              (std::map<TaskKind, std::uint64_t>{{TaskKind::submit_self_assessment, 1}}));
    EXPECT_EQ(at(to_text(after).c_str()).open_disputes, 0U);
}

TEST_F(BacklogOf, a_dispute_is_open_from_the_objection_to_the_decision) {
    tell_until("\"file_objection\"");
    EXPECT_EQ(at("2026-04-29T00:00:00Z").open_disputes, 0U);
    tell_until("\"pass_deadline\"");
    EXPECT_EQ(at("2026-05-04T16:59:00Z").open_disputes, 1U);
    EXPECT_FALSE(late(at("2026-05-04T16:59:00Z")).contains(TaskKind::answer_objection));
    EXPECT_EQ(late(at("2026-05-04T17:00:00Z"))[TaskKind::answer_objection], 1U);
    tell_until("\"decide_objection\"");
    EXPECT_FALSE(late(at("2026-05-08T00:00:00Z")).contains(TaskKind::answer_objection))
        << "its passing is on record: now the superior is waited for";
    EXPECT_EQ(at("2026-05-08T00:00:00Z").open_disputes, 1U);
}

TEST_F(BacklogOf, tasks_goes_by_the_letters_that_move_their_clocks) {
    tell_until("\"pass_deadline\"");
    const auto before = late(at("2026-05-12T00:00:00Z"));
    EXPECT_EQ(before.at(TaskKind::answer_objection), 1U);
    const auto extend = [&](const std::string& id, const std::string& period,
                            const std::string& until) {
        say(R"({"command": "extend_deadline", "command_id": ")" + id +
            R"(", "actor": {"id": "nip:198811112012122005", "role": "administrator"},
                "data": {"period": ")" +
            period + R"(", "deadline": "reply", "until": ")" + until + R"(", "letter": "ST 7"}})");
    };
    extend("x-1", "2025-Q4", "2026-12-31");
    EXPECT_EQ(late(at("2026-05-12T00:00:00Z")), before) << "that letter is for others";
    extend("x-2", "2026-Q1", "2026-05-20");
    EXPECT_FALSE(late(at("2026-05-20T16:59:00Z")).contains(TaskKind::answer_objection));
    EXPECT_EQ(late(at("2026-05-20T17:00:00Z"))[TaskKind::answer_objection], 1U);
}

TEST_F(BacklogOf, nothing_is_told_when_it_was_stopped) {
    std::stop_source stop;
    stop.request_stop();
    const auto counted =
        count_backlog(house.store, reads, house.workflows, house.clock, stop.get_token());
    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().code, ErrorCode::stopped);
}

}  // namespace
}  // namespace jejak::timers
