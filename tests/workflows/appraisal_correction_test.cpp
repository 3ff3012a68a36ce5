// What sets a result right that is no matter of judgement: two people correct it, or it is annulled
// and a phase begins anew; other rules are pinned before anybody has reviewed by the old ones.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

Life proposed(std::string_view policy = lenient) {
    return finalised(policy).act(a_correction(), a_registrar);
}
std::uint32_t last_version(const Life& life) {
    return static_cast<std::uint32_t>(life.events().size());
}

TEST(Correction, is_confirmed_by_another_person_than_the_one_who_proposed_it) {
    const auto life = proposed();
    const CorrectResult confirm{last_version(life)};
    given(life)
        .when(confirm, as(roles::administrator, registrar))
        .then_rejected("needs_another_person");
    given(life).when(CorrectResult{3}, an_administrator).then_rejected("no_such_correction");
    given(finalised()).when(confirm, an_administrator).then_rejected("no_such_correction");
    given(life).when(confirm, an_administrator).then_accepted();
}

TEST(Correction, keeps_both_results_and_says_which_inputs_were_replaced) {
    const auto life = proposed();
    const auto before = *folded(life).result;
    const auto corrected = given(life)
                               .when(CorrectResult{last_version(life)}, an_administrator)
                               .only<ResultCorrected>();
    EXPECT_EQ(corrected.previous_score, before.score);
    EXPECT_EQ(corrected.previous_predicate, before.predicate);
    EXPECT_NE(corrected.score, before.score);
    EXPECT_EQ(corrected.proposed_by, registrar);
    EXPECT_EQ(corrected.proposal, last_version(life));
    ASSERT_EQ(corrected.replaced.size(), 1U);
    EXPECT_EQ(corrected.replaced[0].value, "3");
    EXPECT_EQ(corrected.ratings[0].value, "4");
    EXPECT_EQ(corrected.replaced_achievements[0].realisation, "90");
    EXPECT_EQ(corrected.achievements[0].realisation, "95");
    // Under the pinned policy it follows from the corrected inputs alone.
    Appraisal after = folded(life);
    evolve(after, corrected);
    const auto& policy = *published_policy(lenient)->policy;
    const auto again = scoring::evaluate(policy, scoring_inputs(after, policy));
    EXPECT_EQ(std::get<scoring::Outcome>(again).score_text, corrected.score);
}

TEST(Correction, begins_receipt_and_objection_anew_even_after_a_final_decision) {
    auto life = answered(clocked);
    life.act(decision("upheld"), the_superior);
    given(life).when(objection(), the_employee).then_rejected("objection_is_final");
    life.act(a_correction(), a_registrar);
    life.act(CorrectResult{last_version(life)}, an_administrator);
    const auto state = folded(life);
    EXPECT_FALSE(state.acknowledged);
    EXPECT_EQ(state.objection_due_at, Instant{});
    life.act(AcknowledgeResult{}, the_employee);
    EXPECT_NE(folded(life).objection_due_at, Instant{});
    given(life).when(objection(), the_employee).then_accepted();
}

TEST(Correction, names_ground_document_and_what_was_wrong) {
    const auto refused = [](ProposeCorrection wrong, const char* rule) {
        given(finalised()).when(wrong, a_registrar).then_rejected(rule);
    };
    auto wrong = a_correction();
    wrong.ground = "selera";
    refused(wrong, "ground_unknown");
    wrong = a_correction();
    wrong.document_sha256 = "surat.pdf";
    refused(wrong, "document_missing");
    wrong = a_correction();
    wrong.reason = {};
    refused(wrong, "reason_missing");
    wrong = a_correction();
    wrong.ratings.clear();
    wrong.achievements.clear();
    refused(wrong, "correction_is_empty");
    wrong = a_correction();
    wrong.ratings = {{"komunikasi", "9", {}}};
    refused(wrong, "rating_not_valid");
    wrong = a_correction();
    wrong.achievements = {{"lain", "1", {}}};
    refused(wrong, "achievement_not_valid");
}

TEST(Correction, of_ratings_is_for_a_review_that_somebody_gave) {
    auto life = self_assessed();
    life.act(waive("review"), an_administrator)
        .act(waive("feedback"), an_administrator)
        .act(Finalise{}, an_administrator);
    given(life).when(a_correction(), a_registrar).then_rejected("correction_not_valid");
    auto realised = a_correction();
    realised.ratings.clear();
    given(life).when(realised, a_registrar).then_accepted();
}

TEST(Annulment, reopens_the_review_and_lets_another_person_give_it) {
    auto life = finalised();
    const auto before = *folded(life).result;
    const auto event =
        given(life).when(annulment("self_assessed"), an_administrator).only<ReviewAnnulled>();
    EXPECT_EQ(event.previous_score, before.score);
    EXPECT_EQ(event.previous_predicate, before.predicate);
    EXPECT_NE(event.review_due_at, Instant{});
    life.act(annulment("self_assessed"), an_administrator).act(reassign(), an_administrator);
    const auto state = folded(life);
    EXPECT_EQ(state.phase, Phase::self_assessed);
    EXPECT_FALSE(state.result);
    EXPECT_FALSE(state.review);
    EXPECT_TRUE(state.self_assessment);
    EXPECT_EQ(state.feedback.size(), 2U) << "what colleagues said was not wrong";
    const Actor next = as(roles::supervisor, new_supervisor);
    given(life).when(OpenFeedback{}, next).then_rejected("feedback_was_heard");
    life.act(a_review(), next)
        .act(CloseFeedback{}, next)
        .act(ConfirmReview{}, next)
        .act(Finalise{}, next);
    EXPECT_EQ(folded(life).result->score, before.score) << "the same ratings, the same score";
    life.act(objection(), the_employee).act(AnswerObjection{words("benar")}, next);
    given(life)
        .when(decision("upheld"), as(roles::superior, supervisor))
        .then_rejected("not_the_superior");
}

TEST(Correction, that_was_proposed_before_an_objection_does_not_overturn_its_decision) {
    auto life = proposed(clocked);
    const CorrectResult confirm{last_version(life)};
    life.act(objection(), the_employee)
        .act(AnswerObjection{words("benar")}, the_supervisor)
        .act(decision("changed"), the_superior);
    given(life).when(confirm, an_administrator).then_rejected("no_such_correction");
}

// Two sums of one source, one rater apart, would say what she gave.
TEST(Annulment, lets_what_others_said_stand_however_it_came_in) {
    auto with_an_aggregate = self_assessed();
    with_an_aggregate.act(aggregate(), an_administrator)
        .act(a_review(), the_supervisor)
        .act(waive("feedback"), an_administrator)
        .act(Finalise{}, the_supervisor);
    for (auto life : {finalised(), with_an_aggregate}) {
        life.act(annulment("draft"), an_administrator);
        given(life).when(aggregate(), an_administrator).then_rejected("feedback_was_heard");
        given(life).when(OpenFeedback{}, the_supervisor).then_rejected("feedback_was_heard");
        const auto give = feedback(rater_person(7), "peer", "1", "1");
        given(life)
            .when(give, as_rater("peer", rater_person(7)))
            .then_rejected("feedback_not_open");
    }
}

TEST(Annulment, leaves_no_clock_and_no_contested_criterion_behind) {
    auto life = answered(clocked);
    life.act(annulment("draft"), an_administrator);
    const auto state = folded(life);
    for (const Instant due : {state.feedback_due_at, state.gate_due_at, state.acknowledge_due_at,
                              state.objection_due_at, state.reply_due_at, state.decision_due_at}) {
        EXPECT_EQ(due, Instant{});
    }
    EXPECT_TRUE(state.contested.empty());
}

TEST(Annulment, skips_stages_that_the_policy_does_not_use) {
    auto life = Life()
                    .act(open_under(brief), an_administrator)
                    .act(SubmitReview{{{"kerja_sama", "4", {}}}, {}, {}}, the_supervisor)
                    .act(Finalise{}, the_supervisor);
    life.act(annulment("draft"), an_administrator);
    EXPECT_EQ(folded(life).phase, Phase::self_assessed);
}

TEST(Annulment, reopens_the_draft_with_its_plan) {
    auto life = finalised();
    life.act(annulment("draft"), an_administrator);
    const auto state = folded(life);
    EXPECT_EQ(state.phase, Phase::draft);
    EXPECT_FALSE(state.self_assessment);
    EXPECT_EQ(state.plan.size(), 1U);
    life.act(self_assessment(), the_employee);
}

TEST(Annulment, names_phase_ground_and_document) {
    given(finalised()).when(annulment("feedback"), an_administrator).then_rejected("stage_unknown");
    auto wrong = annulment("draft");
    wrong.ground = "";
    given(finalised()).when(wrong, an_administrator).then_rejected("ground_unknown");
    wrong = annulment("draft");
    wrong.document_sha256 = "";
    given(finalised()).when(wrong, an_administrator).then_rejected("document_missing");
}

TEST(OtherRules, are_pinned_before_anybody_reviewed_and_both_hashes_stay) {
    const ChangePolicy change{std::string(clocked), "SE 2"};
    const auto event = given(planned()).when(change, an_administrator).only<PolicyChanged>();
    EXPECT_EQ(event.policy_sha256, published_policy(clocked)->policy->hash_text);
    EXPECT_EQ(event.previous_sha256, published_policy(lenient)->policy->hash_text);
    EXPECT_EQ(event.previous_policy, lenient);
    given(reviewed()).when(change, an_administrator).then_rejected("not_in_this_phase");
    given(planned())
        .when(ChangePolicy{std::string(lenient), "SE"}, an_administrator)
        .then_rejected("same_policy");
    given(planned())
        .when(ChangePolicy{"tidak-ada", "SE"}, an_administrator)
        .then_rejected("policy_unknown");
    given(planned())
        .when(ChangePolicy{std::string(clocked), ""}, an_administrator)
        .then_rejected("letter_missing");
}

TEST(OtherRules, hold_for_what_was_said_so_far_or_are_refused) {
    // The brief policy knows no plan, and nobody who rates herself.
    given(self_assessed())
        .when(ChangePolicy{std::string(brief), "SE"}, an_administrator)
        .then_rejected("plan_not_valid");
    auto life = planned();
    life.act(OpenFeedback{}, the_supervisor)
        .act(feedback(rater_person(1), "peer", "5", "4"), as_rater(roles::peer, rater_person(1)));
    given(life)
        .when(ChangePolicy{std::string(clocked), "SE"}, an_administrator)
        .then_rejected("judged_by_the_old_policy");
}

TEST(OtherRules, that_know_fewer_stages_skip_them_at_once) {
    auto life = opened();
    life.act(ChangePolicy{std::string(brief), "SE"}, an_administrator);
    EXPECT_EQ(folded(life).phase, Phase::self_assessed);
    // Back again there is a self-assessment that nobody has made.
    given(life)
        .when(ChangePolicy{std::string(strict), "SE"}, an_administrator)
        .then_rejected("stage_is_required");
}

}  // namespace
}  // namespace jejak::appraisal
