#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"
#include "workflows/scoring/evaluate.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

Finalised result_of(const Life& life) {
    return given(life).when(Finalise{}, the_supervisor).only<Finalised>();
}

// Results: (90 * 75 + 80 * 25) / 100 = 87.5. Cooperation: (80 * 25 + 100 * 15) / 40 = 87.5,
// communication: (60 * 25 + 80 * 15) / 40 = 67.5; behaviour 77.5. No survey: (87.5 * 60 + 77.5 *
// 30) / 90 = 84.1666...
TEST(Finalising, sets_score_predicate_and_derivation) {
    const auto result =
        given(weighed()).at(day(3)).when(Finalise{}, the_supervisor).only<Finalised>();
    EXPECT_EQ(result.score, "84.17");
    EXPECT_EQ(result.predicate, "baik");
    EXPECT_EQ(result.acknowledge_due_at, day(17));
    const scoring::Derivation& why = result.derivation;
    EXPECT_EQ(why.policy, "uji");
    EXPECT_EQ(why.policy_sha256, to_hex(published_policy(lenient)->policy->hash));
    EXPECT_EQ(why.total, "84.17");
    const auto state = folded(weighed());
    const auto again = scoring::evaluate(*published_policy(lenient)->policy,
                                         scoring_inputs(state, *published_policy(lenient)->policy));
    ASSERT_TRUE(std::holds_alternative<scoring::Outcome>(again));
    EXPECT_EQ(std::get<scoring::Outcome>(again).derivation, why);
}

TEST(Finalising, names_the_events_that_each_number_comes_from) {
    const auto why = result_of(weighed()).derivation;
    const auto versions = [&](const std::string& source) {
        for (const auto& inputs : why.sources) {
            if (inputs.source == source) return inputs.versions;
        }
        return std::vector<std::uint32_t>{};
    };
    // opened, plan, self-assessment 3, review 4, window, two invitations, feedback 8 and 9
    EXPECT_EQ(versions("self"), (std::vector<std::uint32_t>{3}));
    EXPECT_EQ(versions("supervisor"), (std::vector<std::uint32_t>{4}));
    EXPECT_EQ(versions("peer"), (std::vector<std::uint32_t>{8, 9}));
}

// One of two peers: behaviour from the supervisor alone, (80 + 60) / 2 = 70; (87.5 * 60 + 70 * 30)
// / 90 = 81.6666...
TEST(Finalising, leaves_out_a_source_with_fewer_raters_than_the_minimum) {
    const auto one_peer = feedback_opened()
                              .act(feedback(rater_person(1), "peer", "5", "3"),
                                   as_rater(roles::peer, rater_person(1)))
                              .act(CloseFeedback{}, the_supervisor)
                              .act(ConfirmReview{}, the_supervisor);
    const auto result = result_of(one_peer);
    EXPECT_EQ(result.score, "81.67");
    const auto& missing = result.derivation.missing;
    EXPECT_TRUE(std::any_of(missing.begin(), missing.end(), [](const scoring::MissingStep& step) {
        return step.source == "peer" && step.count == 1 && step.minimum == 2;
    }));
}

TEST(Finalising, counts_only_the_last_word_of_a_rater) {
    const auto ani = rater_person(1);
    Life life = feedback_opened();
    for (const char* rating : {"1", "2", "5"}) {
        life.act(feedback(ani, "peer", rating, rating), as_rater(roles::peer, ani));
    }
    life.act(CloseFeedback{}, the_supervisor).act(ConfirmReview{}, the_supervisor);
    EXPECT_EQ(result_of(life).score, "81.67") << "three times the same peer is one peer";
}

// (95 * 60 + 70 * 30 + 80 * 10) / 100
TEST(Finalising, adds_recorded_sources_and_the_survey) {
    const auto vacant = planned()
                            .act(waive("self_assessment", "vacancy"), an_administrator)
                            .act(waive("review", "vacancy"), an_administrator)
                            .act(aggregate(), a_registrar)
                            .act(survey(), a_registrar)
                            .act(RecordProgress{{{"imunisasi", "95", {}}}}, the_employee)
                            .act(OpenFeedback{}, a_registrar)
                            .act(CloseFeedback{}, a_registrar);
    const auto result = given(vacant).when(Finalise{}, an_administrator).only<Finalised>();
    EXPECT_EQ(result.score, "86.00");
    EXPECT_EQ(result.predicate, "baik");
}

TEST(Finalising, gives_the_higher_band_only_with_its_flag) {
    const auto excellent = [](std::vector<std::string> flags) {
        const SubmitReview review{
            {{"imunisasi", "5", {}}, {"kerja_sama", "5", {}}, {"komunikasi", "5", {}}},
            std::move(flags),
            {}};
        return result_of(self_assessed()
                             .act(review, the_supervisor)
                             .act(waive("feedback"), an_administrator))
            .predicate;
    };
    EXPECT_EQ(excellent({}), "baik");
    EXPECT_EQ(excellent({"ide_baru"}), "sangat_baik");
}

TEST(Finalising, waits_until_the_feedback_was_weighed) {
    given(feedback_closed()).when(Finalise{}, the_supervisor).then_rejected("feedback_not_weighed");
    given(reviewed().act(waive("feedback"), an_administrator))
        .when(Finalise{}, the_supervisor)
        .then_accepted();
    const ReviseReview revise{{{"komunikasi", "4", {}}}, words("umpan balik")};
    given(feedback_closed().act(revise, the_supervisor))
        .when(Finalise{}, the_supervisor)
        .then_accepted();
}

TEST(Finalising, is_for_the_supervisor_where_there_is_a_review) {
    given(weighed()).when(Finalise{}, an_administrator).then_rejected("not_permitted");
    given(weighed()).when(Finalise{}, a_registrar).then_rejected("not_permitted");
}

TEST(Finalising, without_anything_to_score_is_refused) {
    const auto empty = planned()
                           .act(waive("self_assessment"), an_administrator)
                           .act(waive("review"), an_administrator)
                           .act(waive("feedback"), an_administrator);
    given(empty).when(Finalise{}, an_administrator).then_rejected("score_incomplete");
}

TEST(Acknowledging, happens_once_for_each_result) {
    given(finalised())
        .when(AcknowledgeResult{words("diterima")}, the_employee)
        .then({ResultAcknowledged{about_subject("diterima"),
                                  *parse_instant("2026-01-19T16:59:59.999999Z")}});
    given(finalised().act(AcknowledgeResult{}, the_employee))
        .when(AcknowledgeResult{}, the_employee)
        .then_rejected("already_acknowledged");
    const auto changed = finalised()
                             .act(AcknowledgeResult{}, the_employee)
                             .act(objection(), the_employee)
                             .act(AnswerObjection{words("lihat laporan")}, the_supervisor)
                             .act(decision("changed"), the_superior);
    given(changed).when(AcknowledgeResult{}, the_employee).then_accepted();
}

}  // namespace
}  // namespace jejak::appraisal
