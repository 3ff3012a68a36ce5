#include <gtest/gtest.h>

#include <string>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

const PersonId ani = rater_person(1);
const PersonId budi = rater_person(2);
const Actor ani_as_peer = as_rater(roles::peer, ani);
const Actor budi_as_peer = as_rater(roles::peer, budi);

GiveFeedback rated(std::vector<Score> ratings) {
    GiveFeedback give = feedback(ani, "peer", "4", "4");
    give.ratings = std::move(ratings);
    return give;
}

TEST(Feedback, opens_for_the_days_of_the_policy) {
    given(planned())
        .at(day(10))
        .when(OpenFeedback{}, the_supervisor)
        .then({FeedbackOpened{day(24)}});
    given(feedback_opened()).when(OpenFeedback{}, the_supervisor).then_rejected("feedback_is_open");
    given(Life().act(open_under(brief), an_administrator))
        .when(OpenFeedback{}, the_supervisor)
        .then_rejected("source_unknown");
}

TEST(Invitation, names_a_rater_and_a_source) {
    given(planned())
        .when(InviteRater{ani, "community"}, an_administrator)
        .then({RaterInvited{ani, "community"}});
    const auto invited = planned().act(InviteRater{ani, "peer"}, the_supervisor);
    given(invited).when(InviteRater{ani, "peer"}, the_supervisor).then_rejected("already_invited");
    given(invited).when(InviteRater{ani, "subordinate"}, the_supervisor).then_accepted();
    given(invited).when(InviteRater{budi, "peer"}, the_supervisor).then_accepted();
}

TEST(Invitation, is_refused_to_the_wrong_people_and_through_the_wrong_source) {
    const auto refused = [](InviteRater invite, const char* rule) {
        given(planned()).when(invite, the_supervisor).then_rejected(rule);
    };
    refused({ani, "supervisor"}, "source_unknown");
    refused({ani, "survei"}, "source_unknown");
    refused({ani, "tetangga"}, "source_unknown");
    refused({ani, ""}, "source_unknown");
    refused({subject, "peer"}, "own_appraisal");
    refused({PersonId{}, "peer"}, "rater_missing");
    refused({supervisor, "peer"}, "supervisor_reviews");
}

TEST(Feedback, is_recorded_under_a_handle_with_the_identity_sealed_for_its_owner) {
    given(feedback_opened())
        .when(feedback(ani, "peer", "4", "5"), ani_as_peer)
        .then({FeedbackGiven{handle_of(ani),
                             "peer",
                             {{"kerja_sama", "4"}, {"komunikasi", "5"}},
                             about_subject("ramah"),
                             Personal::of(ani, to_hex(ani))}});
}

TEST(Feedback, counts_once_a_rater_and_the_later_replaces_the_earlier) {
    const auto life = feedback_opened().act(feedback(ani, "peer", "4", "5"), ani_as_peer);
    given(life)
        .when(rated({{"komunikasi", "2"}}), ani_as_peer)
        .then({FeedbackRevised{handle_of(ani),
                               "peer",
                               {{"kerja_sama", "4"}, {"komunikasi", "5"}},
                               {{"komunikasi", "2"}},
                               about_subject("ramah")}});
    const auto state = folded(Life(life).act(rated({{"komunikasi", "2"}}), ani_as_peer));
    ASSERT_EQ(state.feedback.size(), 1U);
    EXPECT_EQ(state.feedback.at(handle_of(ani)).ratings, (std::vector<Score>{{"komunikasi", "2"}}));
    given(life)
        .when(feedback(ani, "subordinate", "4", "4"), as_rater(roles::subordinate, ani))
        .then_rejected("one_source_a_rater");
}

TEST(Feedback, comes_from_peers_subordinates_and_the_community) {
    for (const auto role : {roles::peer, roles::subordinate, roles::community}) {
        given(feedback_opened())
            .when(feedback(budi, role, "4", "4"), as_rater(role, budi))
            .then_accepted();
    }
    const auto nowhere = feedback(budi, "supervisor", "4", "4");
    given(feedback_opened()).when(nowhere, budi_as_peer).then_rejected("source_unknown");
    given(feedback_opened())
        .when(feedback(budi, "community", "4", "4"), budi_as_peer)
        .then_rejected("not_permitted");
}

TEST(Feedback, needs_the_handle_of_the_one_who_acts) {
    const auto history = feedback_opened();
    given(history)
        .when(feedback(ani, "peer", "4", "4"), as(roles::peer, ani))
        .then_rejected("handle_missing");
    given(history)
        .when(feedback(ani, "peer", "4", "4"), budi_as_peer)
        .then_rejected("handle_missing");
    GiveFeedback nobody = feedback(ani, "peer", "4", "4");
    nobody.rater_person = PersonId{};
    given(history).when(nobody, ani_as_peer).then_rejected("handle_missing");
}

TEST(Feedback, is_given_while_the_window_is_open) {
    given(reviewed())
        .when(feedback(ani, "peer", "4", "4"), ani_as_peer)
        .then_rejected("feedback_not_open");
    const auto history = feedback_opened();  // on day 0, for 14 days
    const auto give = feedback(ani, "peer", "4", "4");
    Instant late = day(14);
    late.micros_since_epoch += 1;
    given(history).at(day(14)).when(give, ani_as_peer).then_accepted();
    given(history).at(late).when(give, ani_as_peer).then_rejected("feedback_window_closed");
    given(history).at(late).as_history().when(give, ani_as_peer).then_accepted();
}

TEST(Feedback, is_for_invited_raters_where_the_policy_says_so) {
    const auto history = feedback_opened(strict);  // ani and budi are invited as peers
    given(history).when(feedback(ani, "peer", "4", "4"), ani_as_peer).then_accepted();
    const PersonId dewi = rater_person(3);
    given(history)
        .when(feedback(dewi, "peer", "4", "4"), as_rater(roles::peer, dewi))
        .then_rejected("not_invited");
    given(history)
        .when(feedback(ani, "community", "4", "4"), as_rater(roles::community, ani))
        .then_rejected("not_invited");
    given(feedback_opened())
        .when(feedback(dewi, "peer", "4", "4"), as_rater(roles::peer, dewi))
        .then_accepted();
}

TEST(Feedback, is_refused_with_ratings_that_the_policy_does_not_take) {
    const auto history = feedback_opened();
    const std::vector<std::vector<Score>> wrong = {
        {},
        {{"tidak_ada", "4"}},
        {{"imunisasi", "4"}},  // results are for the supervisor
        {{"ikm", "4"}},
        {{"komunikasi", "6"}},
        {{"komunikasi", "3.5"}},
        {{"komunikasi", ""}},
        {{"komunikasi", "4"}, {"komunikasi", "5"}}};
    for (const auto& ratings : wrong) {
        given(history).when(rated(ratings), ani_as_peer).then_rejected("rating_not_valid");
    }
    given(history).when(rated({{"komunikasi", "4.0"}}), ani_as_peer).then_accepted();
}

TEST(Aggregate, keeps_exact_sums_of_its_means) {
    given(planned())
        .when(RecordSource{"community", 12, {{"kerja_sama", "4"}, {"komunikasi", "3"}}},
              an_administrator)
        .then({SourceRecorded{
            "community",
            12,
            {{"community", "kerja_sama", 12, "48"}, {"community", "komunikasi", 12, "36"}}}});
}

// Means lie between the steps of the scale.
TEST(Aggregate, takes_means_that_no_single_rater_could_give) {
    given(planned())
        .when(RecordSource{"community", 12, {{"kerja_sama", "3.25"}, {"komunikasi", "11/3"}}},
              an_administrator)
        .then({SourceRecorded{
            "community",
            12,
            {{"community", "kerja_sama", 12, "39"}, {"community", "komunikasi", 12, "44"}}}});
}

TEST(Aggregate, that_is_not_valid_is_refused) {
    const auto refused = [](RecordSource record, const char* rule) {
        given(planned()).when(record, an_administrator).then_rejected(rule);
    };
    refused({"supervisor", 12, {{"kerja_sama", "4"}}}, "source_unknown");
    refused({"tidak_ada", 12, {{"kerja_sama", "4"}}}, "source_unknown");
    refused({"community", 0, {{"kerja_sama", "4"}}}, "rating_not_valid");
    refused({"community", 12, {}}, "rating_not_valid");
    refused({"community", 12, {{"kerja_sama", "5.01"}}}, "rating_not_valid");
    refused({"community", 12, {{"kerja_sama", "0.99"}}}, "rating_not_valid");
    refused({"community", 12, {{"kerja_sama", "baik"}}}, "rating_not_valid");
    refused({"community", 12, {{"imunisasi", "4"}}}, "rating_not_valid");
    refused({"community", 12, {{"tidak_ada", "4"}}}, "rating_not_valid");
    refused({"community", 12, {{"kerja_sama", "4"}, {"kerja_sama", "4"}}}, "rating_not_valid");
}

TEST(Survey, is_recorded_with_its_means) {
    given(planned())
        .when(RecordSurvey{{"3.20", "3", "3.4"}, 150, ""}, a_registrar)
        .then({SurveyRecorded{{"3.2", "3", "3.4"}, 150, ""}});
    given(planned())
        .when(survey(), a_registrar)
        .then({SurveyRecorded{{"3.2", "3", "3.4"}, 150, std::string(64, 'b')}});
}

TEST(Survey, that_is_not_valid_is_refused) {
    const auto refused = [](RecordSurvey record) {
        given(planned()).when(record, an_administrator).then_rejected("survey_not_valid");
    };
    refused({{"3", "3"}, 150, ""});
    refused({{"3", "3", "3", "3"}, 150, ""});
    refused({{"3", "3", "3"}, 0, ""});
    refused({{"3", "3", "0.99"}, 150, ""});
    refused({{"3", "3", "4.01"}, 150, ""});
    refused({{"3", "3", "baik"}, 150, ""});
    refused({{"3", "3", "3"}, 150, "laporan Bu Siti"});
    given(Life().act(open_under(brief), an_administrator))
        .when(survey(), an_administrator)
        .then_rejected("source_unknown");
}

TEST(Closing, shows_the_sums_of_sources_with_enough_raters_only) {
    const auto life = feedback_opened()
                          .act(feedback(ani, "peer", "5", "3"), ani_as_peer)
                          .act(feedback(budi, "peer", "4", "5"), budi_as_peer)
                          .act(feedback(rater_person(3), "subordinate", "1", "1"),
                               as_rater(roles::subordinate, rater_person(3)))
                          .act(aggregate(), an_administrator);
    given(life)
        .at(day(2))
        .when(CloseFeedback{}, the_supervisor)
        .then({FeedbackClosed{{{"peer", "kerja_sama", 2, "9"},
                               {"peer", "komunikasi", 2, "8"},
                               {"community", "kerja_sama", 12, "48"},
                               {"community", "komunikasi", 12, "36"}},
                              day(9)}});
}

// Two raters spoke, but about komunikasi only one: her rating alone must not be readable.
TEST(Closing, never_shows_a_sum_of_fewer_ratings_than_the_minimum) {
    const auto life =
        feedback_opened()
            .act(feedback(ani, "peer", "5", "1"), ani_as_peer)
            .act(GiveFeedback{"peer", {{"kerja_sama", "4"}}, {}, handle_of(budi), budi},
                 budi_as_peer);
    given(life)
        .when(CloseFeedback{}, the_supervisor)
        .then({FeedbackClosed{{{"peer", "kerja_sama", 2, "9"}}, day(7)}});
}

// Closing what was never opened would waive a stage that the policy requires.
TEST(Closing, needs_a_window_that_was_open) {
    given(reviewed(strict))
        .when(CloseFeedback{}, the_supervisor)
        .then_rejected("feedback_not_open");
    given(reviewed(strict).act(aggregate(), an_administrator))
        .when(CloseFeedback{}, the_supervisor)
        .then_rejected("feedback_not_open");
    given(feedback_opened(strict)).when(CloseFeedback{}, the_supervisor).then_accepted();
}

TEST(Gate, lets_the_supervisor_confirm_her_review) {
    given(feedback_closed())
        .when(ConfirmReview{words("tetap")}, the_supervisor)
        .then({ReviewConfirmed{about_subject("tetap")}});
}

TEST(Gate, keeps_both_values_of_a_revised_review) {
    const auto life = feedback_closed();
    const ReviseReview revise{{{"komunikasi", "5.0", words("rekan benar")}}, words("umpan balik")};
    given(life)
        .when(revise, the_supervisor)
        .then({ReviewRevised{{{"komunikasi", "3", {}}},
                             {{"komunikasi", "5", about_subject("rekan benar")}},
                             about_subject("umpan balik")}});
    const auto state = folded(Life(life).act(revise, the_supervisor));
    EXPECT_TRUE(state.review_was_considered);
    const std::vector<Rating> expected = {
        {"imunisasi", "4", {}}, {"kerja_sama", "4", {}}, {"komunikasi", "5", {}}};
    EXPECT_EQ(state.review->ratings, expected);
    EXPECT_EQ(state.review->versions.size(), 2U);
}

TEST(Gate, is_refused_without_a_review_a_reason_or_valid_ratings) {
    const auto vacant = self_assessed()
                            .act(waive("review", "vacancy"), an_administrator)
                            .act(waive("feedback", "vacancy"), an_administrator);
    const ReviseReview revise{{{"komunikasi", "4", {}}}, words("umpan balik")};
    given(vacant).when(ConfirmReview{}, the_supervisor).then_rejected("no_review");
    given(vacant).when(revise, the_supervisor).then_rejected("no_review");
    const auto refused = [](ReviseReview wrong, const char* rule) {
        given(feedback_closed()).when(wrong, the_supervisor).then_rejected(rule);
    };
    refused({revise.ratings, {}}, "reason_missing");
    refused({{}, revise.reason}, "reason_missing");
    refused({{{"komunikasi", "9", {}}}, revise.reason}, "rating_not_valid");
    refused({{{"ikm", "4", {}}}, revise.reason}, "rating_not_valid");
}

}  // namespace
}  // namespace jejak::appraisal
