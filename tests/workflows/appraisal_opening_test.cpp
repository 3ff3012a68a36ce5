#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

const StreamId slot = slot_of(subject, "2025", "annual");

OpenAppraisal with(std::string OpenAppraisal::*word, std::string text) {
    OpenAppraisal open = open_under();
    open.*word = std::move(text);
    return open;
}

OpenAppraisal with(PersonId OpenAppraisal::*who, PersonId person) {
    OpenAppraisal open = open_under();
    open.*who = person;
    return open;
}

TEST(Opening, records_who_where_and_under_which_rules) {
    const scoring::PublishedPolicy& policy = *published_policy(lenient);
    given({})
        .at(day(3))
        .when(open_under(), an_administrator)
        .then({Opened{subject, "Perawat Ahli Pertama", "Puskesmas Kotabumi", "2025", "annual",
                      supervisor, superior, "uji", to_hex(policy.policy->hash), policy.position,
                      day(33)}})
        .then_claims(ClaimChange::Kind::take, slot);
}

TEST(Opening, names_the_policy_in_force_in_every_envelope) {
    const auto opening = given({}).when(open_under(), an_administrator);
    EXPECT_EQ(std::get<Accepted<Event>>(opening.decision()).policy, Position{7});
    const auto planning = given(opened()).when(a_plan(), the_supervisor);
    EXPECT_EQ(std::get<Accepted<Event>>(planning.decision()).policy, Position{7});
}

TEST(Opening, skips_the_stages_that_the_policy_does_not_use) {
    const auto answer = given({}).when(open_under(brief), an_administrator);
    ASSERT_EQ(answer.events().size(), 2U);
    EXPECT_EQ(answer.only<SelfAssessmentWaived>(),
              (SelfAssessmentWaived{"not_used", {}, Instant{}}));
    EXPECT_EQ(answer.only<Opened>().self_assessment_due_at, Instant{});
    EXPECT_EQ(folded(answer.events()).phase, Phase::self_assessed);
}

TEST(Opening, happens_once_for_a_subject_period_and_kind) {
    given({})
        .while_claimed_by("appraisal/other")
        .when(open_under(), an_administrator)
        .then_rejected("already_appraised");
    given(opened()).when(open_under(), an_administrator).then_rejected("not_in_this_phase");
    EXPECT_EQ(slot, slot_of(subject, "2025", "annual"));
    EXPECT_NE(slot, slot_of(subject, "2024", "annual"));
    EXPECT_NE(slot, slot_of(subject, "2025", "quarterly"));
    EXPECT_NE(slot, slot_of(stranger, "2025", "annual"));
    EXPECT_NE(slot_of(subject, "2025a", "nnual"), slot);
    EXPECT_EQ(slot.workflow(), "claim");
}

TEST(Opening, is_possible_again_after_cancelling) {
    given(planned())
        .when(CancelAppraisal{words("salah orang")}, an_administrator)
        .then({Cancelled{about_subject("salah orang")}})
        .then_claims(ClaimChange::Kind::release, slot);
    given({}).when(open_under(), an_administrator).then_accepted();
}

TEST(Opening, asks_for_every_word_and_takes_64_bytes_of_each) {
    for (const auto word : {&OpenAppraisal::post, &OpenAppraisal::unit, &OpenAppraisal::period,
                            &OpenAppraisal::kind}) {
        given({}).when(with(word, ""), an_administrator).then_rejected("opening_incomplete");
        given({})
            .when(with(word, std::string(65, 'x')), an_administrator)
            .then_rejected("opening_incomplete");
        given({}).when(with(word, std::string(64, 'x')), an_administrator).then_accepted();
    }
}

TEST(Opening, asks_for_the_people_of_the_appraisal) {
    for (const auto who :
         {&OpenAppraisal::subject, &OpenAppraisal::supervisor, &OpenAppraisal::superior}) {
        given({}).when(with(who, PersonId{}), an_administrator).then_rejected("opening_incomplete");
    }
    given({})
        .when(with(&OpenAppraisal::subject, PersonId{}), a_registrar)
        .then_rejected("opening_incomplete");
}

TEST(Opening, by_a_registrar_may_leave_a_vacant_post_open) {
    given({}).when(with(&OpenAppraisal::supervisor, PersonId{}), a_registrar).then_accepted();
    given({}).when(with(&OpenAppraisal::superior, PersonId{}), a_registrar).then_accepted();
    OpenAppraisal vacant = open_under();
    vacant.supervisor = vacant.superior = PersonId{};
    given({}).when(vacant, a_registrar).then_accepted();
}

TEST(Opening, keeps_supervisor_subject_and_superior_apart) {
    given({})
        .when(with(&OpenAppraisal::supervisor, subject), an_administrator)
        .then_rejected("self_supervision");
    given({})
        .when(with(&OpenAppraisal::superior, subject), an_administrator)
        .then_rejected("self_supervision");
    // PP 30/2019 Pasal 59: an objection goes to the superior of whoever rated.
    given({})
        .when(with(&OpenAppraisal::superior, supervisor), an_administrator)
        .then_rejected("self_supervision");
}

TEST(Opening, of_ones_own_appraisal_is_refused) {
    given({}).when(open_under(), as(roles::administrator, subject)).then_rejected("own_appraisal");
    given({}).when(open_under(), as(roles::registrar, subject)).then_rejected("own_appraisal");
}

TEST(Opening, needs_a_published_policy) {
    given({})
        .when(with(&OpenAppraisal::policy, "tidak-ada"), an_administrator)
        .then_rejected("policy_unknown");
    // Not even a name of a stream.
    given({})
        .when(with(&OpenAppraisal::policy, "a/b c"), an_administrator)
        .then_rejected("policy_unknown");
    given({})
        .without_policies()
        .when(open_under(), an_administrator)
        .then_rejected("policy_unknown");
}

TEST(Opening, under_a_policy_that_this_program_cannot_read_any_more_stops_every_command) {
    given(planned())
        .without_policies()
        .when(self_assessment(), the_employee)
        .then_rejected("policy_unreadable");
}

TEST(References, are_the_policy_and_the_claim_where_it_changes) {
    using D = AppraisalDecider;
    const StreamId policy = *StreamId::make("policy", "uji");
    const Appraisal state = folded(planned());
    EXPECT_EQ(D::references({}, open_under()), (std::vector<StreamId>{policy, slot}));
    EXPECT_EQ(D::references(state, a_plan()), (std::vector<StreamId>{policy}));
    EXPECT_EQ(D::references(state, CancelAppraisal{}), (std::vector<StreamId>{policy, slot}));
}

TEST(Subject, is_the_person_appraised_from_the_first_command_on) {
    using D = AppraisalDecider;
    EXPECT_EQ(D::subject({}, open_under()), subject);
    EXPECT_EQ(D::subject(folded(planned()), with(&OpenAppraisal::subject, stranger)), subject);
    EXPECT_EQ(D::subject({}, a_plan()), PersonId{});
}

}  // namespace
}  // namespace jejak::appraisal
