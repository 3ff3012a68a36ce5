#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/appraisal/parts.hpp"

// What others said, and how the superior weighed it.
namespace jejak::appraisal {

struct FeedbackOpened {
    static constexpr std::string_view event_name = "appraisal.feedback_opened";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::feedback_opened;
    Instant due_at;  // last moment in which feedback counts
    friend bool operator==(const FeedbackOpened&, const FeedbackOpened&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackOpened, (), (due_at))

// The work list needs to know whom: a pseudonym, not a handle.
struct RaterInvited {
    static constexpr std::string_view event_name = "appraisal.rater_invited";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::rater_invited;
    PersonId rater;
    std::string source;
    friend bool operator==(const RaterInvited&, const RaterInvited&) = default;
};
BOOST_DESCRIBE_STRUCT(RaterInvited, (), (rater, source))

struct FeedbackGiven {
    static constexpr std::string_view event_name = "appraisal.feedback_given";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::feedback_given;
    Handle rater;
    std::string source;
    std::vector<Score> ratings;
    Personal comment;   // owned by the subject
    Personal identity;  // the rater's pseudonym in hex, owned by the rater
    friend bool operator==(const FeedbackGiven&, const FeedbackGiven&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackGiven, (), (rater, source, ratings, comment, identity))

// Carries what it replaces, so that a read model need not remember each rater.
struct FeedbackRevised {
    static constexpr std::string_view event_name = "appraisal.feedback_revised";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::feedback_revised;
    Handle rater;
    std::string source;
    std::vector<Score> replaced;
    std::vector<Score> ratings;
    Personal comment;
    friend bool operator==(const FeedbackRevised&, const FeedbackRevised&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackRevised, (), (rater, source, replaced, ratings, comment))

struct SourceRecorded {
    static constexpr std::string_view event_name = "appraisal.source_recorded";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::source_recorded;
    std::string source;
    std::uint32_t respondents = 0;
    std::vector<SourceSum> sums;
    friend bool operator==(const SourceRecorded&, const SourceRecorded&) = default;
};
BOOST_DESCRIBE_STRUCT(SourceRecorded, (), (source, respondents, sums))

struct SurveyRecorded {
    static constexpr std::string_view event_name = "appraisal.survey_recorded";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::survey_recorded;
    std::vector<std::string> element_means;
    std::uint32_t respondents = 0;
    std::string report_sha256;
    friend bool operator==(const SurveyRecorded&, const SurveyRecorded&) = default;
};
BOOST_DESCRIBE_STRUCT(SurveyRecorded, (), (element_means, respondents, report_sha256))

struct ScoreCarriedInV1 {
    static constexpr std::string_view event_name = "appraisal.score_carried_in";
    static constexpr std::uint16_t schema_version = 1;
    std::string criterion;
    std::string appraisal;
    std::uint32_t version = 0;
    std::string period;
    std::string policy;
    std::string score;
    std::string predicate;
};
BOOST_DESCRIBE_STRUCT(ScoreCarriedInV1, (),
                      (criterion, appraisal, version, period, policy, score, predicate))

// A fact of this stream, so that replaying it asks no other one. `version` is that of the event in
// the other appraisal that set the score; later changes there are carried in by another such fact.
struct ScoreCarriedIn {
    static constexpr std::string_view event_name = "appraisal.score_carried_in";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = ScoreCarriedInV1;
    [[nodiscard]] static ScoreCarriedIn upcast(const ScoreCarriedInV1&);
    static constexpr EventKind kind_of_event = EventKind::score_carried_in;
    std::string criterion;
    std::string appraisal;
    std::uint32_t version = 0;
    std::string period;
    std::string policy;
    std::string score;
    std::string predicate;
    std::string unit{};  // whose predicate it is, where `appraisal` is empty
    friend bool operator==(const ScoreCarriedIn&, const ScoreCarriedIn&) = default;
};
BOOST_DESCRIBE_STRUCT(ScoreCarriedIn, (),
                      (criterion, appraisal, version, period, policy, score, predicate, unit))

// Only sources with at least the policy's minimum of raters show their sums.
struct FeedbackClosed {
    static constexpr std::string_view event_name = "appraisal.feedback_closed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::feedback_closed;
    std::vector<SourceSum> sums;
    Instant gate_due_at;
    friend bool operator==(const FeedbackClosed&, const FeedbackClosed&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackClosed, (), (sums, gate_due_at))

struct FeedbackWaived {
    static constexpr std::string_view event_name = "appraisal.feedback_waived";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::feedback_waived;
    std::string ground;
    Personal reason;
    friend bool operator==(const FeedbackWaived&, const FeedbackWaived&) = default;
};
BOOST_DESCRIBE_STRUCT(FeedbackWaived, (), (ground, reason))

struct ReviewConfirmed {
    static constexpr std::string_view event_name = "appraisal.review_confirmed";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_confirmed;
    Personal note;
    friend bool operator==(const ReviewConfirmed&, const ReviewConfirmed&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewConfirmed, (), (note))

struct ReviewRevised {
    static constexpr std::string_view event_name = "appraisal.review_revised";
    static constexpr std::uint16_t schema_version = 1;
    static constexpr EventKind kind_of_event = EventKind::review_revised;
    std::vector<Rating> replaced;
    std::vector<Rating> ratings;
    Personal reason;
    friend bool operator==(const ReviewRevised&, const ReviewRevised&) = default;
};
BOOST_DESCRIBE_STRUCT(ReviewRevised, (), (replaced, ratings, reason))

}  // namespace jejak::appraisal
