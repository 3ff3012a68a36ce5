#include <gtest/gtest.h>

#include <string>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

// Keberatan: PP 30/2019 Pasal 59.
namespace jejak::appraisal {
namespace {

using namespace specs;

TEST(Objection, is_filed_with_reasons_against_criteria_or_the_whole) {
    given(finalised())
        .when(objection(), the_employee)
        .then(
            {ObjectionFiled{{"komunikasi"}, about_subject("bukti tidak dibaca"), {}, "superior"}});
    given(finalised())
        .when(FileObjection{{}, words("seluruhnya")}, the_employee)
        .then({ObjectionFiled{{}, about_subject("seluruhnya"), {}, "superior"}});
    given(finalised())
        .when(FileObjection{{"imunisasi"}, words("target")}, the_employee)
        .then_accepted();
    given(finalised()).when(FileObjection{{}, {}}, the_employee).then_rejected("reason_missing");
    given(finalised())
        .when(FileObjection{{"tidak_ada"}, words("x")}, the_employee)
        .then_rejected("criterion_unknown");
}

TEST(Objection, is_answered_once_and_in_words) {
    given(disputed())
        .when(AnswerObjection{words("dari laporan")}, the_supervisor)
        .then({ObjectionAnswered{about_subject("dari laporan"), {}}});
    given(disputed()).when(AnswerObjection{}, the_supervisor).then_rejected("reason_missing");
    given(answered())
        .when(AnswerObjection{words("lagi")}, the_supervisor)
        .then_rejected("already_answered");
}

TEST(Objection, may_be_withdrawn_and_filed_again) {
    given(answered())
        .when(WithdrawObjection{words("sudah jelas")}, the_employee)
        .then({ObjectionWithdrawn{about_subject("sudah jelas")}});
    const auto again =
        answered().act(WithdrawObjection{}, the_employee).act(objection(), the_employee);
    EXPECT_FALSE(folded(again).objection_was_answered) << "the answer was to the earlier one";
    given(again).when(decision("upheld"), the_superior).then_rejected("explanation_missing");
}

TEST(ObjectionDecision, hears_both_sides_first) {
    given(disputed()).when(decision("upheld"), the_superior).then_rejected("explanation_missing");
}

TEST(ObjectionDecision, upholds_the_result) {
    given(answered())
        .when(decision("upheld"), the_superior)
        .then({ObjectionUpheld{about_subject("kedua pihak didengar")}});
    const auto state = folded(answered().act(decision("upheld"), the_superior));
    EXPECT_EQ(state.result->score, "84.17");
}

// Communication from 3 to 5: (100 * 25 + 80 * 15) / 40 = 92.5, behaviour 90, (87.5 * 60 + 90 * 30)
// / 90 = 88.3333...
TEST(ObjectionDecision, changes_the_result_and_keeps_both) {
    const auto changed =
        given(answered()).when(decision("changed"), the_superior).only<ResultChanged>();
    EXPECT_EQ(changed.previous_score, "84.17");
    EXPECT_EQ(changed.previous_predicate, "baik");
    EXPECT_EQ(changed.score, "88.33");
    EXPECT_EQ(changed.predicate, "baik");
    EXPECT_EQ(changed.replaced, (std::vector<Rating>{{"komunikasi", "3", {}}}));
    EXPECT_EQ(changed.ratings,
              (std::vector<Rating>{{"komunikasi", "5", about_subject("bukti cukup")}}));
    EXPECT_EQ(changed.reasons, about_subject("kedua pihak didengar"));
    const auto state = folded(answered().act(decision("changed"), the_superior));
    EXPECT_EQ(state.result->score, "88.33");
    EXPECT_EQ(state.result->version, state.version);
}

// verify evaluates the fold after the event: it must come to the derivation that was recorded.
TEST(ObjectionDecision, derives_the_new_result_from_the_fold_that_it_leads_to) {
    const auto history = answered();
    const auto changed =
        given(history).when(decision("changed"), the_superior).only<ResultChanged>();
    const auto& policy = *published_policy(lenient)->policy;
    const auto state = folded(Life(history).act(decision("changed"), the_superior));
    const auto again = scoring::evaluate(policy, scoring_inputs(state, policy));
    ASSERT_TRUE(std::holds_alternative<scoring::Outcome>(again));
    EXPECT_EQ(std::get<scoring::Outcome>(again).derivation, changed.derivation);
}

TEST(ObjectionDecision, that_is_not_valid_is_refused) {
    const auto refused = [](DecideObjection command, const char* rule) {
        given(answered()).when(command, the_superior).then_rejected(rule);
    };
    refused({"changed", {}, words("x"), {}}, "outcome_not_valid");
    refused({"ditolak", {}, words("x"), {}}, "outcome_not_valid");
    refused({"", {}, words("x"), {}}, "outcome_not_valid");
    refused({"upheld", {}, {}, {}}, "reason_missing");
    refused({"changed", {{"komunikasi", "6", {}}}, words("x"), {}}, "rating_not_valid");
    refused({"changed", {{"ikm", "4", {}}}, words("x"), {}}, "rating_not_valid");
    // A decision that changes ratings cannot call itself upheld.
    refused({"upheld", {{"komunikasi", "5", {}}}, words("x"), {}}, "outcome_not_valid");
}

TEST(ObjectionDecision, is_final) {
    for (const char* outcome : {"upheld", "changed"}) {
        given(answered().act(decision(outcome), the_superior))
            .when(objection(), the_employee)
            .then_rejected("objection_is_final");
    }
}

// Who reviewed, was reassigned and came back as the superior would judge himself.
TEST(ObjectionDecision, is_not_made_by_whoever_rated) {
    const ReassignSupervisor promotion{new_supervisor, supervisor, words("promosi")};
    const auto history =
        reviewed()
            .act(promotion, an_administrator)
            .act(waive("feedback"), an_administrator)
            .act(Finalise{}, as(roles::supervisor, new_supervisor))
            .act(objection(), the_employee)
            .act(AnswerObjection{words("lihat laporan")}, as(roles::supervisor, new_supervisor));
    given(history)
        .when(decision("upheld"), as(roles::superior, supervisor))
        .then_rejected("not_permitted");
}

}  // namespace
}  // namespace jejak::appraisal
