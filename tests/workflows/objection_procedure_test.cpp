// The objection as a procedure: receipt, window, reply, decision, each with its clock, and every
// way out of it. PP 30/2019 Pasal 59; the day counts are those of the policy.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/records.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

Instant at(const char* text) {
    return *parse_instant(text);
}

DeliverResult delivered(const char* way, const char* day) {
    return {way, day, std::string(64, 'a'), words("Kasubbag Umum")};
}

// What was recorded of the window, as the last moment in which an objection is possible.
std::string window(const DeliverResult& deliver, std::string_view policy = clocked) {
    const auto event = given(finalised(policy))
                           .at(at("2026-03-20T08:00:00+07:00"))
                           .when(deliver, an_administrator)
                           .only<ResultDelivered>();
    return to_text(event.objection_due_at);
}

TEST(Receipt, begins_the_window_on_its_day_and_the_days_are_counted_as_the_regulation_does) {
    // Received on 10 January, 14 days: the last day is the 24th (Jakarta).
    EXPECT_EQ(window(delivered("paper", "2026-01-10")), "2026-01-24T16:59:59.999999Z");
    // Across the end of a month, and of February.
    EXPECT_EQ(window(delivered("paper", "2026-01-25")), "2026-02-08T16:59:59.999999Z");
    EXPECT_EQ(window(delivered("paper", "2026-02-20")), "2026-03-06T16:59:59.999999Z");
    // What was sent is deemed to be received after seven days.
    EXPECT_EQ(window(delivered("post", "2026-01-10")), "2026-01-31T16:59:59.999999Z");
    EXPECT_EQ(window(delivered("portal", "2026-01-10")), "2026-01-31T16:59:59.999999Z");
}

TEST(Receipt, in_a_leap_year_has_the_29th_of_february) {
    const auto event = given(finalised(clocked))
                           .at(at("2028-03-20T08:00:00+07:00"))
                           .when(delivered("paper", "2028-02-20"), an_administrator)
                           .only<ResultDelivered>();
    EXPECT_EQ(to_text(event.objection_due_at), "2028-03-05T16:59:59.999999Z");
}

TEST(Receipt, is_shown_by_a_document_and_on_paper_by_a_witness) {
    const auto refused = [](DeliverResult deliver, const char* rule) {
        given(finalised(clocked))
            .at(at("2026-01-20T08:00:00+07:00"))
            .when(deliver, an_administrator)
            .then_rejected(rule);
    };
    auto deliver = delivered("paper", "2026-01-10");
    deliver.witness = {};
    refused(deliver, "witness_missing");
    deliver = delivered("paper", "2026-01-10");
    deliver.document_sha256 = "scan.pdf";
    refused(deliver, "document_missing");
    refused(delivered("merpati", "2026-01-10"), "delivery_not_valid");
    refused(delivered("paper", "2026-01-21"), "delivery_not_valid");  // tomorrow
    refused(delivered("paper", "kemarin"), "delivery_not_valid");
    given(finalised(clocked).act(AcknowledgeResult{}, the_employee))
        .when(delivered("paper", "2026-01-05"), an_administrator)
        .then_rejected("already_received");
}

TEST(Receipt, that_comes_first_counts) {
    auto life = finalised(clocked);
    life.act(delivered("post", "2026-01-05"), an_administrator);  // deemed on the 12th
    const auto deemed = folded(life).objection_due_at;
    const auto early = folded(Life(life).act(AcknowledgeResult{}, the_employee));
    EXPECT_LT(early.objection_due_at, deemed);  // she had it on the 5th
    const auto late = folded(life.after(30).act(AcknowledgeResult{}, the_employee));
    EXPECT_EQ(late.objection_due_at, deemed);
}

// An objection after a receipt on 10 January, at this moment; "" where it is possible.
std::string filing(const char* moment, const Records& records = {}) {
    Appraisal state = folded(finalised(clocked).events());
    state.unit = "dinas";
    evolve(
        state,
        ResultDelivered{
            "paper", "2026-01-10", "2026-01-10", "", {}, at("2026-01-24T23:59:59.999999+07:00")});
    return rule_of(records.decide<AppraisalDecider>(state, objection(), the_employee, at(moment)));
}

TEST(Filing, is_possible_until_the_end_of_the_last_day_and_then_late) {
    EXPECT_EQ(filing("2026-01-10T08:00:00+07:00"), "");
    EXPECT_EQ(filing("2026-01-24T23:59:59+07:00"), "");
    EXPECT_EQ(filing("2026-01-25T00:00:00+07:00"), "objection_late");
    const auto late = Records().decide<AppraisalDecider>(
        [] {
            Appraisal state = folded(finalised(clocked).events());
            state.objection_due_at = at("2026-01-24T23:59:59.999999+07:00");
            return state;
        }(),
        objection(), the_employee, at("2026-01-25T00:00:00+07:00"));
    const auto& message = std::get<Rejection>(late).message;
    EXPECT_NE(message.find("2026-01-24T16:59:59"), std::string::npos) << message;
    EXPECT_NE(message.find("2026-01-24T17:00:00Z"), std::string::npos) << message;
}

TEST(Filing, is_possible_longer_where_the_window_was_extended_for_her) {
    using organisation::DeadlineExtended;
    Records records;
    records.unit("dinas", "")
        .say(organisation::stream_of_extensions(),
             DeadlineExtended{"", subject, "2025", "", "objection", "2026-01-31", "ST 7"});
    EXPECT_EQ(filing("2026-01-31T23:59:00+07:00", records), "");
    EXPECT_EQ(filing("2026-02-01T00:00:00+07:00", records), "objection_late");
    Records of_another;
    of_another.unit("dinas", "")
        .say(organisation::stream_of_extensions(),
             DeadlineExtended{"", stranger, "2025", "", "objection", "2026-01-31", "ST 7"});
    EXPECT_EQ(filing("2026-01-31T23:59:00+07:00", of_another), "objection_late");
}

TEST(Filing, without_any_receipt_on_record_is_possible_since_she_evidently_has_it) {
    given(finalised(clocked)).when(objection(), the_employee).then_accepted();
}

TEST(Clocks, of_reply_and_decision_are_those_of_the_policy) {
    const auto filed =
        given(finalised(clocked)).when(objection(), the_employee).only<ObjectionFiled>();
    EXPECT_EQ(to_text(filed.reply_due_at), "2026-01-19T16:59:59.999999Z");
    auto life = disputed(clocked);
    life.after(3);
    const auto answered_at =
        folded(life.act(AnswerObjection{words("lihat laporan")}, the_supervisor));
    EXPECT_EQ(to_text(answered_at.decision_due_at), "2026-01-29T16:59:59.999999Z");
    EXPECT_EQ(folded(disputed(lenient).events()).reply_due_at, Instant{});  // runs no such clock
}

TEST(PassingADeadline, is_recorded_once_and_not_before_its_time) {
    auto life = disputed(clocked);
    given(life).when(PassDeadline{"reply"}, an_administrator).then_rejected("deadline_not_passed");
    given(life).when(PassDeadline{"decision"}, an_administrator).then_rejected("no_such_clock");
    life.after(15).act(PassDeadline{"reply"}, an_administrator);
    given(life)
        .at(day(15))
        .when(PassDeadline{"reply"}, an_administrator)
        .then_rejected("no_such_clock");
    given(disputed(lenient))
        .at(day(400))
        .when(PassDeadline{"reply"}, an_administrator)
        .then_rejected("no_such_clock");
    Actor clock;  // nobody: the program's own clock
    clock.role = system_role;
    given(disputed(clocked)).at(day(15)).when(PassDeadline{"reply"}, clock).then_accepted();
    given(disputed(clocked))
        .at(day(15))
        .when(PassDeadline{"reply"}, the_supervisor)
        .then_rejected("not_permitted");
}

TEST(Decision, is_possible_without_a_reply_once_its_window_has_elapsed_on_record) {
    auto life = disputed(clocked);
    given(life).when(decision("upheld"), the_superior).then_rejected("explanation_missing");
    life.after(15);
    given(life)
        .at(day(15))
        .when(decision("upheld"), the_superior)
        .then_rejected("explanation_missing");
    life.act(PassDeadline{"reply"}, an_administrator);
    given(life).at(day(15)).when(decision("upheld"), the_superior).then_accepted();
    // A late reply is heard all the same.
    given(life)
        .at(day(16))
        .when(AnswerObjection{words("terlambat")}, the_supervisor)
        .then_accepted();
}

// An objection that was answered and that nobody decides for 21 days.
Life undecided(std::string_view policy) {
    return answered(policy).after(22).act(PassDeadline{"decision"}, an_administrator);
}

TEST(NoDecision, leaves_the_result_as_it_stands_where_the_policy_says_so) {
    const auto state = folded(undecided(clocked));
    EXPECT_EQ(state.phase, Phase::finalised);
    EXPECT_EQ(state.result->score, "84.17");
    given(undecided(clocked))
        .at(day(30))
        .when(objection(), the_employee)
        .then_rejected("objection_is_final");
}

TEST(NoDecision, goes_to_somebody_else_where_the_policy_says_so) {
    const auto life = undecided(escalating);
    EXPECT_EQ(folded(life).phase, Phase::disputed);
    given(life).at(day(30)).when(decision("upheld"), the_superior).then_rejected("not_the_decider");
    const AssignDecider assign{new_superior, "escalated", "ST 9", {}};
    const auto assigned = Life(life).after(30).act(assign, an_administrator);
    EXPECT_EQ(folded(assigned).decision_due_at, at("2026-03-19T23:59:59.999999+07:00"));
    given(assigned)
        .at(day(53))
        .when(decision("changed"), as(roles::superior, new_superior))
        .then_accepted();
    given(assigned)
        .at(day(53))
        .when(decision("upheld"), the_superior)
        .then_rejected("not_the_decider");
}

TEST(NoDecision, grants_what_was_contested_where_the_policy_says_so) {
    const auto life = undecided(granting);
    const auto state = folded(life);
    EXPECT_EQ(state.phase, Phase::finalised);
    EXPECT_EQ(state.result->score, "88.33");  // communication 5, as she rated herself
    const auto& changed = std::get<ResultChanged>(life.events().back());
    EXPECT_EQ(changed.previous_score, "84.17");
    const auto& policy = *published_policy(granting)->policy;
    const auto again = scoring::evaluate(policy, scoring_inputs(state, policy));
    EXPECT_EQ(std::get<scoring::Outcome>(again).derivation, changed.derivation);
}

TEST(Decider, is_nobody_who_rated_is_judged_gave_feedback_or_names_himself) {
    const auto life = disputed(clocked);
    const auto refused = [&](PersonId who, Handle as_rater, const char* rule) {
        given(life)
            .when(AssignDecider{who, "conflict", "ST 1", as_rater}, an_administrator)
            .then_rejected(rule);
    };
    refused(supervisor, {}, "not_permitted");
    refused(subject, {}, "not_permitted");
    refused(rater_person(1), handle_of(rater_person(1)), "not_permitted");
    refused(administrator, {}, "own_record");
    refused(superior, {}, "already_assigned");
    refused({}, {}, "person_missing");
    given(life)
        .when(AssignDecider{new_superior, "bosan", "ST 1", {}}, an_administrator)
        .then_rejected("ground_unknown");
    given(life)
        .when(AssignDecider{new_superior, "conflict", "", {}}, an_administrator)
        .then_rejected("letter_missing");
    // The superior herself, had she given feedback under a handle.
    auto decide = decision("upheld");
    decide.as_rater = handle_of(rater_person(1));
    given(answered(clocked)).when(decide, the_superior).then_rejected("not_permitted");
}

TEST(Decider, has_no_declared_relation_with_the_employee) {
    Appraisal state = folded(answered(lenient).events());
    state.policy = demanding;
    Records records;
    records.say(organisation::stream_of_person(superior),
                organisation::RelationDeclared{superior, subject, "family", "2020-01-01", ""});
    EXPECT_EQ(
        rule_of(records.decide<AppraisalDecider>(state, decision("upheld"), the_superior, day(1))),
        "declared_relation");
    EXPECT_EQ(rule_of(Records().decide<AppraisalDecider>(state, decision("upheld"), the_superior,
                                                         day(1))),
              "");
}

TEST(Withdrawal, is_possible_until_it_is_decided_and_another_may_follow_in_the_window) {
    auto life = disputed(clocked);
    life.act(WithdrawObjection{words("jelas")}, the_employee);
    given(life).when(objection(), the_employee).then_accepted();
    given(undecided(clocked))
        .at(day(30))
        .when(WithdrawObjection{}, the_employee)
        .then_rejected("not_in_this_phase");
}

}  // namespace
}  // namespace jejak::appraisal
