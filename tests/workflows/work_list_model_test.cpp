#include "workflows/appraisal/work_list.hpp"

#include <gmock/gmock.h>

#include "tests/workflows/model_log.hpp"

namespace jejak::appraisal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WorkListModel : public testing::Test {
  protected:
    // A handle of its own for each stream and person, as the log's secret gives.
    static Handle handle_in(const StreamId& stream, PersonId person) {
        Handle handle;
        handle.bytes = person.bytes;
        handle.bytes[1] = static_cast<std::uint8_t>(stream.key().size());
        handle.bytes[2] = static_cast<std::uint8_t>(stream.key().back());
        return handle;
    }
    static Handle handle_in(std::string_view token, PersonId person) {
        return handle_in(*StreamId::make("appraisal", token), person);
    }
    std::vector<Task> tasks(PersonId person) {
        log.fold_well(*make_work_list(), store);
        const auto found = tasks_of(store, person, [](const StreamId& stream, PersonId who) {
            return handle_in(stream, who);
        });
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : std::vector<Task>{};
    }
    Task task(TaskKind kind, Position since, Instant due_at = {}, std::string source = "") {
        return {kind, "a-1", std::move(source), due_at, ModelLog::time_of(since)};
    }

    ModelLog log;
    storage::MemoryReadStore store;
};

TEST_F(WorkListModel, gives_an_opened_appraisal_to_the_employee_and_the_plan_to_the_supervisor) {
    log.appraisal("a-1", opened());
    EXPECT_THAT(tasks(sari),
                ElementsAre(task(TaskKind::submit_self_assessment, Position{1}, due(10))));
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::agree_plan, Position{1})));
    EXPECT_THAT(tasks(wati), IsEmpty());
    log.appraisal("a-1", PlanAgreed{});
    EXPECT_THAT(tasks(budi), IsEmpty());
}

TEST_F(WorkListModel, moves_between_employee_and_supervisor_as_the_assessment_is_returned) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentSubmitted{{}, {}, {}, due(20)});
    EXPECT_THAT(tasks(sari), IsEmpty());
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::submit_review, Position{2}, due(20))))
        << "a plan is agreed in draft only";
    log.appraisal("a-1", ReturnedForRevision{{}, due(15)});
    EXPECT_THAT(tasks(sari),
                ElementsAre(task(TaskKind::submit_self_assessment, Position{3}, due(15))));
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::agree_plan, Position{3})));
    log.appraisal("a-1", SelfAssessmentWaived{"leave", {}, due(21)});
    EXPECT_THAT(tasks(sari), IsEmpty());
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::submit_review, Position{4}, due(21))));
}

TEST_F(WorkListModel, leads_the_supervisor_from_the_review_to_the_result) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentWaived{"leave", {}, due(20)});
    log.appraisal("a-1", ReviewSubmitted{});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::close_feedback, Position{3})));
    log.appraisal("a-1", ReviewReturned{{}, due(22)});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::submit_review, Position{4}, due(22))));
    log.appraisal("a-1", ReviewSubmitted{});
    log.appraisal("a-1", FeedbackOpened{due(30)});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::close_feedback, Position{5}, due(30))))
        << "the due time is new, the task is not";
    log.appraisal("a-1", FeedbackClosed{{}, due(35)});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::weigh_feedback, Position{7}, due(35))));
    log.appraisal("a-1", ReviewConfirmed{});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::finalise, Position{8})));
    log.appraisal("a-1", finalised("80", "baik"));
    EXPECT_THAT(tasks(budi), IsEmpty());
    EXPECT_THAT(tasks(sari), ElementsAre(task(TaskKind::acknowledge_result, Position{9}, due(50))));
    log.appraisal("a-1", ResultAcknowledged{});
    EXPECT_THAT(tasks(sari), IsEmpty());
}

TEST_F(WorkListModel, asks_nobody_to_weigh_feedback_that_was_waived) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentWaived{"leave", {}, {}});
    log.appraisal("a-1", ReviewSubmitted{});
    log.appraisal("a-1", FeedbackWaived{});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::finalise, Position{4})));
}

TEST_F(WorkListModel, asks_nobody_to_weigh_feedback_against_a_review_that_was_waived) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentWaived{"leave", {}, {}});
    log.appraisal("a-1", ReviewWaived{});
    log.appraisal("a-1", FeedbackClosed{{}, due(35)});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::finalise, Position{4})));
}

TEST_F(WorkListModel, lets_the_superior_decide_when_the_supervisor_has_answered) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentWaived{"leave", {}, {}});
    log.appraisal("a-1", ReviewSubmitted{});
    log.appraisal("a-1", FeedbackWaived{});
    log.appraisal("a-1", finalised("80", "baik"));
    log.appraisal("a-1", ResultAcknowledged{});
    log.appraisal("a-1", ObjectionFiled{});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::answer_objection, Position{7})));
    EXPECT_THAT(tasks(wati), IsEmpty());
    log.appraisal("a-1", ObjectionAnswered{});
    EXPECT_THAT(tasks(budi), IsEmpty());
    EXPECT_THAT(tasks(wati), ElementsAre(task(TaskKind::decide_objection, Position{8})));
    log.appraisal("a-1", ObjectionWithdrawn{});
    EXPECT_THAT(tasks(wati), IsEmpty());
    log.appraisal("a-1", ObjectionFiled{});
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::answer_objection, Position{10})))
        << "a new objection wants a new answer";
    log.appraisal("a-1", ObjectionAnswered{});
    log.appraisal("a-1", ObjectionUpheld{});
    EXPECT_THAT(tasks(wati), IsEmpty());
    EXPECT_THAT(tasks(budi), IsEmpty());
    EXPECT_THAT(tasks(sari), IsEmpty());
}

TEST_F(WorkListModel, lets_each_member_of_a_panel_vote_once) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", finalised("80", "baik"));
    log.appraisal("a-1", ObjectionFiled{{}, {}, {}, "panel"});
    log.appraisal("a-1", PanelAssigned{{wati, agus, dewi}, {}, "SK", due(60)});
    EXPECT_THAT(tasks(agus), IsEmpty()) << "the supervisor is heard first";
    log.appraisal("a-1", ObjectionAnswered{});
    EXPECT_THAT(tasks(wati), ElementsAre(task(TaskKind::decide_objection, Position{5}, due(60))));
    log.appraisal("a-1", VoteCast{wati, "upheld", {}, {}});
    log.appraisal("a-1", MemberRecused{agus, {}});
    EXPECT_THAT(tasks(wati), IsEmpty());
    EXPECT_THAT(tasks(agus), IsEmpty());
    EXPECT_THAT(tasks(dewi), ElementsAre(task(TaskKind::decide_objection, Position{5}, due(60))));
}

TEST_F(WorkListModel, asks_again_for_what_a_new_or_an_annulled_result_needs) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", finalised("80", "baik"));
    log.appraisal("a-1", ResultAcknowledged{});
    EXPECT_THAT(tasks(sari), IsEmpty());
    log.appraisal("a-1", corrected("82", {}));
    EXPECT_THAT(tasks(sari), ElementsAre(task(TaskKind::acknowledge_result, Position{4})));
    log.appraisal("a-1", ReviewAnnulled{"wrong_rater", "", {}, "82", "cukup", due(70)});
    EXPECT_THAT(tasks(sari), IsEmpty());
    EXPECT_THAT(tasks(budi), ElementsAre(task(TaskKind::submit_review, Position{5}, due(70))));
}

TEST_F(WorkListModel, hands_the_tasks_over_when_the_supervisor_is_reassigned) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentSubmitted{{}, {}, {}, due(20)});
    log.appraisal("a-1", SupervisorReassigned{rina, wati, budi, {}});
    EXPECT_THAT(tasks(budi), IsEmpty());
    EXPECT_THAT(tasks(rina), ElementsAre(task(TaskKind::submit_review, Position{3}, due(20))));
}

TEST_F(WorkListModel, clears_everything_when_the_appraisal_is_cancelled) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", FeedbackOpened{due(30)});
    log.appraisal("a-1", RaterInvited{agus, "peer"});
    log.appraisal("a-1", Cancelled{});
    EXPECT_THAT(tasks(sari), IsEmpty());
    EXPECT_THAT(tasks(budi), IsEmpty());
    EXPECT_THAT(tasks(agus), IsEmpty());
    for (const auto& [key, value] : rows_of(store, work_list_model)) {
        EXPECT_NE(key.front(), 't') << "a task of a cancelled appraisal is left behind";
    }
}

TEST_F(WorkListModel, asks_an_invited_rater_while_the_window_is_open_and_he_has_not_answered) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", RaterInvited{agus, "peer"});
    EXPECT_THAT(tasks(agus), IsEmpty()) << "the window is not open yet";
    log.appraisal("a-1", FeedbackOpened{due(30)});
    log.appraisal("a-1", RaterInvited{dewi, "subordinate"});
    EXPECT_THAT(tasks(agus),
                ElementsAre(task(TaskKind::give_feedback, Position{2}, due(30), "peer")));
    log.appraisal("a-1", feedback(handle_in("a-1", agus), "peer", {{"x", "3"}}));
    EXPECT_THAT(tasks(agus), IsEmpty());
    EXPECT_THAT(tasks(dewi),
                ElementsAre(task(TaskKind::give_feedback, Position{4}, due(30), "subordinate")));
    log.appraisal("a-1", SelfAssessmentWaived{});
    log.appraisal("a-1", ReviewWaived{});
    log.appraisal("a-1", FeedbackClosed{});
    EXPECT_THAT(tasks(dewi), IsEmpty());
}

TEST_F(WorkListModel, takes_an_answer_in_one_appraisal_for_no_other) {
    for (const auto* token : {"a-1", "a-2"}) {
        log.appraisal(token, opened());
        log.appraisal(token, FeedbackOpened{due(30)});
        log.appraisal(token, RaterInvited{agus, "peer"});
    }
    log.appraisal("a-2", feedback(handle_in("a-2", agus), "peer", {}));
    EXPECT_THAT(tasks(agus),
                ElementsAre(task(TaskKind::give_feedback, Position{3}, due(30), "peer")));
}

TEST_F(WorkListModel, puts_what_is_due_first_in_front_and_what_has_no_clock_behind) {
    auto second = opened();
    second.self_assessment_due_at = due(5);
    auto third = opened();
    third.self_assessment_due_at = {};
    log.appraisal("a-3", third);
    log.appraisal("a-1", opened());
    log.appraisal("a-2", second);
    std::vector<std::string> order;
    for (const Task& waiting : tasks(sari))
        order.push_back(waiting.token);
    EXPECT_THAT(order, ElementsAre("a-2", "a-1", "a-3"));
}

TEST_F(WorkListModel, lists_what_waits_for_anybody_but_invitations) {
    log.appraisal("a-1", opened());
    log.appraisal("a-2", opened());
    log.appraisal("a-2", FeedbackOpened{due(30)});
    log.appraisal("a-2", RaterInvited{agus, "peer"});
    log.appraisal("a-2", SelfAssessmentSubmitted{{}, {}, {}, due(20)});
    std::vector<Task> all = tasks(sari);
    const auto of_supervisor = tasks(budi);
    all.insert(all.end(), of_supervisor.begin(), of_supervisor.end());
    ASSERT_EQ(all.size(), 3u);
    std::vector<Task> listed;
    const auto to_the_end = list_duties(store, [&](const Task& each) {
        listed.push_back(each);
        return true;
    });
    ASSERT_TRUE(to_the_end);
    EXPECT_THAT(listed, testing::UnorderedElementsAreArray(all));
    int seen = 0;
    ASSERT_TRUE(list_duties(store, [&](const Task&) { return ++seen < 2; }));
    EXPECT_EQ(seen, 2) << "who has seen enough is asked no more";
}

}  // namespace
}  // namespace jejak::appraisal
