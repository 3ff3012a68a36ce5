#include <gtest/gtest.h>

#include <string>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

const Personal nothing;

AgreePlan plan_with(std::optional<std::string> PlanItem::*field, std::string value) {
    AgreePlan plan = a_plan();
    plan.results.front().*field = std::move(value);
    return plan;
}

TEST(Plan, is_agreed_by_the_supervisor_and_its_words_belong_to_the_subject) {
    given(opened())
        .when(a_plan(), the_supervisor)
        .then({PlanAgreed{
            {plan_item()},
            {Expectation{"kerja_sama", std::nullopt, about_subject("bantu posyandu")}}}});
}

TEST(Plan, is_replaced_by_the_next) {
    AgreePlan other = a_plan();
    other.results.front().item = "gizi";
    const auto state = folded(planned().act(other, the_supervisor));
    ASSERT_EQ(state.plan.size(), 1U);
    EXPECT_EQ(state.plan.front().item, "gizi");
}

TEST(Plan, keeps_its_numbers_in_canonical_form) {
    AgreePlan plan = a_plan();
    plan.results.front().target = "80.50";
    plan.results.front().target_upper = "090";
    plan.results.front().weight = "7.0";
    const auto agreed = given(opened()).when(plan, the_supervisor).only<PlanAgreed>();
    ASSERT_EQ(agreed.results.size(), 1U);
    EXPECT_EQ(agreed.results.front().target, "80.5");
    EXPECT_EQ(agreed.results.front().target_upper, "90");
    EXPECT_EQ(agreed.results.front().weight, "7");
}

TEST(Plan, that_is_not_valid_is_refused) {
    const auto refused = [](const AgreePlan& plan) {
        given(opened()).when(plan, the_supervisor).then_rejected("plan_not_valid");
    };
    refused({{}, {}});  // fewer items than the policy wants
    refused({{plan_item(), plan_item()}, {}});
    refused(plan_with(&PlanItem::target, "banyak"));
    refused(plan_with(&PlanItem::target, "0"));
    refused(plan_with(&PlanItem::target_upper, "90"));  // below the target of 100
    refused(plan_with(&PlanItem::weight, "-1"));
    refused(plan_with(&PlanItem::weight, "seratus"));
    refused({{plan_item()}, {{"tidak_ada", std::nullopt, {}}}});
    AgreePlan criterion = a_plan();
    criterion.results.front().item = "kerja_sama";
    refused(criterion);
    AgreePlan nameless = a_plan();
    nameless.results.front().item = "";
    refused(nameless);
}

// An unknown word would otherwise be read as "the policy's formula" for ever.
TEST(Plan, with_an_unknown_formula_is_refused) {
    given(opened())
        .when(plan_with(&PlanItem::formula, "terbalik"), the_supervisor)
        .then_rejected("plan_not_valid");
    for (const char* formula : {"normal", "inverse"}) {
        given(opened())
            .when(plan_with(&PlanItem::formula, formula), the_supervisor)
            .then_accepted();
    }
}

TEST(Plan, expects_levels_that_are_numbers) {
    AgreePlan plan = a_plan();
    plan.expectations.front().level = "tinggi";
    given(opened()).when(plan, the_supervisor).then_rejected("plan_not_valid");
    plan.expectations.front().level = "4.0";
    const auto agreed = given(opened()).when(plan, the_supervisor).only<PlanAgreed>();
    ASSERT_EQ(agreed.expectations.size(), 1U);
    EXPECT_EQ(agreed.expectations.front().level, "4");
}

TEST(Progress, counts_the_latest_number_of_each_item) {
    given(planned())
        .when(RecordProgress{{{"imunisasi", "80.0", words("triwulan")}}}, the_employee)
        .then({ProgressRecorded{{{"imunisasi", "80", about_subject("triwulan")}}}});
    const auto state = folded(planned()
                                  .act(RecordProgress{{{"imunisasi", "80", {}}}}, the_employee)
                                  .act(RecordProgress{{{"imunisasi", "85", {}}}}, the_employee));
    EXPECT_EQ(state.realisations.at("imunisasi"), "85");
}

TEST(Progress, of_what_is_not_planned_or_not_a_number_is_refused) {
    const auto refused = [](std::vector<Achievement> achievements) {
        given(planned())
            .when(RecordProgress{std::move(achievements)}, the_employee)
            .then_rejected("achievement_not_valid");
    };
    refused({{"gizi", "80", {}}});
    refused({{"imunisasi", "delapan puluh", {}}});
    refused({{"imunisasi", "", {}}});
    refused({{"kerja_sama", "4", {}}});
    refused({{"imunisasi", "80", {}}, {"imunisasi", "90", {}}});
    refused({});
}

TEST(Evidence, is_named_by_its_hash_and_seals_title_and_place) {
    const std::string hash = std::string(62, '0') + "aB";
    given(planned())
        .when(AttachEvidence{"imunisasi", words("laporan"), hash, words("file:a.pdf")},
              the_employee)
        .then({EvidenceAttached{"imunisasi", about_subject("laporan"), std::string(62, '0') + "ab",
                                about_subject("file:a.pdf")}});
    for (const std::string& wrong : {std::string(), std::string(63, 'a'), std::string(64, 'g')}) {
        given(planned())
            .when(AttachEvidence{"imunisasi", {}, wrong, {}}, the_employee)
            .then_rejected("evidence_not_valid");
    }
}

// `about` stays readable in the log for ever: it must not take free words about a person.
TEST(Evidence, is_about_a_criterion_or_a_plan_item) {
    const std::string hash(64, 'a');
    for (const char* about : {"imunisasi", "komunikasi", "ikm"}) {
        given(planned()).when(AttachEvidence{about, {}, hash, {}}, the_supervisor).then_accepted();
    }
    given(planned())
        .when(AttachEvidence{"Bu Siti pernah terlambat", {}, hash, {}}, the_supervisor)
        .then_rejected("evidence_not_valid");
}

TEST(Dialogue, is_noted_in_words) {
    given(planned())
        .when(NoteDialogue{words("umpan balik lisan")}, the_employee)
        .then({DialogueNoted{about_subject("umpan balik lisan")}});
    given(planned()).when(NoteDialogue{}, the_supervisor).then_rejected("note_missing");
}

TEST(SelfAssessment, starts_the_clock_of_the_review) {
    given(planned())
        .at(day(2))
        .when(self_assessment(), the_employee)
        .then({SelfAssessmentSubmitted{
            {{"kerja_sama", "5", about_subject("selalu hadir")}, {"komunikasi", "5", nothing}},
            {{"imunisasi", "90", about_subject("laporan tahunan")}},
            about_subject("hujan"),
            day(12)}});
}

TEST(SelfAssessment, waits_for_the_plan_that_the_policy_scores) {
    given(opened()).when(self_assessment(), the_employee).then_rejected("plan_not_agreed");
    given(opened())
        .when(waive("self_assessment"), an_administrator)
        .then_rejected("plan_not_agreed");
}

TEST(SelfAssessment, is_refused_with_ratings_that_the_policy_does_not_take) {
    const auto refused = [](std::vector<Rating> ratings) {
        SubmitSelfAssessment command = self_assessment();
        command.ratings = std::move(ratings);
        given(planned()).when(command, the_employee).then_rejected("rating_not_valid");
    };
    refused({{"tidak_ada", "4", {}}});
    refused({{"ikm", "4", {}}});  // the survey speaks about it
    refused({{"komunikasi", "6", {}}});
    refused({{"komunikasi", "0", {}}});
    refused({{"komunikasi", "3.5", {}}});
    refused({{"komunikasi", "baik", {}}});
    refused({{"komunikasi", "4", {}}, {"komunikasi", "4", {}}});
    SubmitSelfAssessment command = self_assessment();
    command.achievements = {{"gizi", "4", {}}};
    given(planned()).when(command, the_employee).then_rejected("achievement_not_valid");
}

TEST(SelfAssessment, needs_a_source_in_the_policy) {
    // feedback-mean hears the community only.
    Life life = opened(feedback_mean);
    AgreePlan plan = a_plan();
    plan.expectations.clear();
    life.act(plan, the_supervisor);
    SubmitSelfAssessment rated{{{"imunisasi", "4", {}}}, {}, {}};
    given(life).when(rated, the_employee).then_rejected("source_unknown");
    rated.ratings.clear();
    given(life).when(rated, the_employee).then_accepted();
}

TEST(SelfAssessment, may_be_late_and_leave_something_out) {
    given(planned())
        .at(day(400))
        .when(SubmitSelfAssessment{}, the_employee)
        .then({SelfAssessmentSubmitted{{}, {}, nothing, day(410)}});
}

TEST(ReturningForRevision, gives_a_reason_and_a_new_date) {
    given(self_assessed())
        .at(day(5))
        .when(ReturnForRevision{words("lengkapi bukti")}, the_supervisor)
        .then({ReturnedForRevision{about_subject("lengkapi bukti"), day(35)}});
    given(self_assessed())
        .when(ReturnForRevision{}, the_supervisor)
        .then_rejected("reason_missing");
}

TEST(Review, rates_everything_that_the_supervisor_is_asked) {
    given(self_assessed())
        .when(a_review(), the_supervisor)
        .then({ReviewSubmitted{{{"imunisasi", "4", about_subject("baik")},
                                {"kerja_sama", "4", nothing},
                                {"komunikasi", "3", nothing}},
                               {},
                               about_subject("kunjungan lapangan")}});
    SubmitReview partial = a_review();
    partial.ratings.pop_back();
    const auto answer = given(self_assessed()).when(partial, the_supervisor);
    answer.then_rejected("review_incomplete");
    EXPECT_NE(answer.message().find("komunikasi"), std::string::npos) << answer.message();
    partial.ratings.clear();
    given(self_assessed()).when(partial, the_supervisor).then_rejected("review_incomplete");
}

TEST(Review, is_refused_with_ratings_that_the_policy_does_not_take) {
    SubmitReview review = a_review();
    review.ratings.back().value = "5.01";
    given(self_assessed()).when(review, the_supervisor).then_rejected("rating_not_valid");
    review = a_review();
    review.ratings.push_back({"ikm", "4", {}});
    given(self_assessed()).when(review, the_supervisor).then_rejected("rating_not_valid");
}

// It would be dropped without a word, and the superior would think that it had counted.
TEST(Review, is_refused_with_a_flag_that_no_band_asks_for) {
    SubmitReview review = a_review();
    review.flags = {"ide_baru", "ide_lama"};
    given(self_assessed()).when(review, the_supervisor).then_rejected("flag_unknown");
    review.flags = {"ide_baru"};
    given(self_assessed()).when(review, the_supervisor).then_accepted();
}

TEST(Review, goes_on_without_feedback_where_the_policy_has_none) {
    const auto open = Life().act(open_under(brief), an_administrator);
    const auto answer =
        given(open).when(SubmitReview{{{"kerja_sama", "4", {}}}, {}, {}}, the_supervisor);
    answer.then({ReviewSubmitted{{{"kerja_sama", "4", nothing}}, {}, nothing},
                 FeedbackWaived{"not_used", nothing}});
}

// Nobody could open a window without a source, and the required stage could not be waived.
TEST(Review, goes_on_without_feedback_where_the_policy_names_no_source_of_it) {
    const auto open = opened(silent).act(SubmitSelfAssessment{}, the_employee);
    const auto answer =
        given(open).when(SubmitReview{{{"kerja_sama", "4", {}}}, {}, {}}, the_supervisor);
    EXPECT_EQ(answer.only<FeedbackWaived>(), (FeedbackWaived{"not_used", nothing}));
}

TEST(Review, is_sent_back_by_the_superior_with_a_reason_and_a_new_date) {
    given(reviewed())
        .at(day(1))
        .when(ReturnReview{words("jelaskan")}, the_superior)
        .then({ReviewReturned{about_subject("jelaskan"), day(11)}});
    given(reviewed()).when(ReturnReview{}, the_superior).then_rejected("reason_missing");
}

TEST(Waiving, names_stage_and_ground) {
    given(planned())
        .at(day(1))
        .when(waive("self_assessment", "leave"), an_administrator)
        .then({SelfAssessmentWaived{"leave", about_subject("cuti"), day(11)}});
    given(self_assessed())
        .when(waive("review", "vacancy"), a_registrar)
        .then({ReviewWaived{"vacancy", about_subject("cuti")}});
    given(reviewed())
        .when(WaiveStage{"feedback", "imported_history", {}}, a_registrar)
        .then({FeedbackWaived{"imported_history", nothing}});
}

TEST(Waiving, is_refused_where_the_policy_requires_the_stage) {
    given(planned(strict))
        .when(waive("self_assessment"), an_administrator)
        .then_rejected("stage_is_required");
    given(self_assessed(strict))
        .when(waive("review"), an_administrator)
        .then_rejected("stage_is_required");
    given(reviewed(strict))
        .when(waive("feedback"), an_administrator)
        .then_rejected("stage_is_required");
}

// What raters have said may not be put aside: the window is closed, and the gate weighs it.
TEST(Waiving, is_refused_once_a_rater_has_spoken) {
    const auto spoken = feedback_opened().act(feedback(rater_person(1), "peer", "5", "3"),
                                              as_rater(roles::peer, rater_person(1)));
    given(spoken).when(waive("feedback"), an_administrator).then_rejected("feedback_was_given");
    given(feedback_opened()).when(waive("feedback"), an_administrator).then_accepted();
}

TEST(Waiving, asks_for_a_known_stage_a_known_ground_and_words_for_other) {
    given(planned()).when(waive("plan"), an_administrator).then_rejected("stage_unknown");
    given(planned())
        .when(waive("self_assessment", "malas"), an_administrator)
        .then_rejected("ground_unknown");
    // Written by decide alone, for stages that the policy does not use.
    given(planned())
        .when(waive("self_assessment", "not_used"), an_administrator)
        .then_rejected("ground_unknown");
    given(planned())
        .when(WaiveStage{"self_assessment", "other", {}}, an_administrator)
        .then_rejected("reason_missing");
    given(planned())
        .when(WaiveStage{"self_assessment", "leave", {}}, an_administrator)
        .then_accepted();
}

// What was sent back and then waived was never accepted: it must not come back into the score.
TEST(Waiving, takes_away_what_was_sent_back) {
    const auto no_self = folded(self_assessed()
                                    .act(ReturnForRevision{words("ulang")}, the_supervisor)
                                    .act(waive("self_assessment"), an_administrator));
    EXPECT_FALSE(no_self.self_assessment) << summary_of(no_self);
    SubmitReview flagged = a_review();
    flagged.flags = {"ide_baru"};
    const auto no_review = folded(self_assessed()
                                      .act(flagged, the_supervisor)
                                      .act(ReturnReview{words("ulang")}, the_superior)
                                      .act(waive("review", "vacancy"), an_administrator));
    EXPECT_FALSE(no_review.review) << summary_of(no_review);
    EXPECT_TRUE(no_review.flags.empty()) << summary_of(no_review);
}

TEST(Reassigning, names_the_new_the_old_and_why) {
    given(reviewed())
        .when(reassign(), an_administrator)
        .then({SupervisorReassigned{new_supervisor, new_superior, supervisor,
                                    about_subject("mutasi")}});
    const auto life = reviewed().act(reassign(), an_administrator);
    given(life).when(NoteDialogue{words("x")}, the_supervisor).then_rejected("not_the_supervisor");
    given(life).when(ReturnReview{words("x")}, the_superior).then_rejected("not_the_superior");
    given(life).when(ReturnReview{words("x")}, as(roles::superior, new_superior)).then_accepted();
}

TEST(Reassigning, is_refused_without_people_or_reason_or_to_the_subject) {
    const auto refused = [](ReassignSupervisor command, const char* rule) {
        given(planned()).when(command, an_administrator).then_rejected(rule);
    };
    refused({PersonId{}, new_superior, words("x")}, "opening_incomplete");
    refused({new_supervisor, PersonId{}, words("x")}, "opening_incomplete");
    refused({subject, new_superior, words("x")}, "self_supervision");
    refused({new_supervisor, subject, words("x")}, "self_supervision");
    refused({new_supervisor, new_supervisor, words("x")}, "self_supervision");
    refused({new_supervisor, new_superior, {}}, "reason_missing");
}

TEST(Cancelling, gives_a_reason) {
    given(weighed())
        .when(CancelAppraisal{words("pensiun")}, an_administrator)
        .then({Cancelled{about_subject("pensiun")}});
    given(planned()).when(CancelAppraisal{}, an_administrator).then_rejected("reason_missing");
}

}  // namespace
}  // namespace jejak::appraisal
