#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "workflows/appraisal/parts.hpp"

// What others say, and how the superior weighs it.
namespace jejak::appraisal {

// Opens the window in which raters may answer.
struct OpenFeedback {
    static constexpr std::string_view command_name = "open_feedback";
};
BOOST_DESCRIBE_STRUCT(OpenFeedback, (), ())

struct InviteRater {
    static constexpr std::string_view command_name = "invite_rater";
    PersonId rater;
    std::string source;  // peer, subordinate or community source of the policy
};
BOOST_DESCRIBE_STRUCT(InviteRater, (), (rater, source))

// By a rater, about the subject; again replaces what she gave.
struct GiveFeedback {
    static constexpr std::string_view command_name = "give_feedback";
    std::string source;
    std::vector<Score> ratings;
    Personal comment;
    Handle rater;           // who acts, as this stream knows her; not part of the JSON
    PersonId rater_person;  // who acts; only decide sees it; not part of the JSON
};
BOOST_DESCRIBE_STRUCT(GiveFeedback, (), (source, ratings, comment, rater, rater_person))

// The aggregate of a source that was collected elsewhere.
struct RecordSource {
    static constexpr std::string_view command_name = "record_source";
    std::string source;
    std::uint32_t respondents = 0;
    std::vector<Score> means;  // exact means over the respondents
};
BOOST_DESCRIBE_STRUCT(RecordSource, (), (source, respondents, means))

// Survei kepuasan masyarakat (IKM): means of its elements.
struct RecordSurvey {
    static constexpr std::string_view command_name = "record_survey";
    std::vector<std::string> element_means;  // 1 to 4, in the order of PermenPANRB 14/2017
    std::uint32_t respondents = 0;
    std::string report_sha256;  // of the survey's report, or empty
};
BOOST_DESCRIBE_STRUCT(RecordSurvey, (), (element_means, respondents, report_sha256))

// Takes over the score of another finalised appraisal of the same person, as it stands: a half year
// under other rules, a part of the period before a transfer, a quarter. Or, for whoever leads a
// unit, the predicate of that unit for the period (its achievement is hers, SE MenPANRB 3/2023).
struct CarryScore {
    static constexpr std::string_view command_name = "carry_score";
    std::string criterion;  // that a source "carried" of the policy speaks to
    std::string appraisal;  // its name, or "" where a unit is named
    std::string unit{};
};
BOOST_DESCRIBE_STRUCT(CarryScore, (), (criterion, appraisal, unit))

// Ends the collection; the superior now weighs it against her review.
struct CloseFeedback {
    static constexpr std::string_view command_name = "close_feedback";
};
BOOST_DESCRIBE_STRUCT(CloseFeedback, (), ())

// After the feedback: the review stands.
struct ConfirmReview {
    static constexpr std::string_view command_name = "confirm_review";
    Personal note;
};
BOOST_DESCRIBE_STRUCT(ConfirmReview, (), (note))

// After the feedback: other ratings; the old ones stay on record.
struct ReviseReview {
    static constexpr std::string_view command_name = "revise_review";
    std::vector<Rating> ratings;  // those that change
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(ReviseReview, (), (ratings, reason))

}  // namespace jejak::appraisal
