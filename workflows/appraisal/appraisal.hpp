#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/lifecycle.hpp"
#include "workflows/scoring/evaluate.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::appraisal {

// The ratings of one person as they stand, and the stream versions of the acts that made them so.
struct RatingSet {
    std::vector<std::uint32_t> versions;
    std::vector<Rating> ratings;
    friend bool operator==(const RatingSet&, const RatingSet&) = default;
};

// One rater's present feedback.
struct RaterFeedback {
    std::string source;
    std::uint32_t version = 0;
    std::vector<Score> ratings;
    friend bool operator==(const RaterFeedback&, const RaterFeedback&) = default;
};

struct RecordedSource {
    std::uint32_t version = 0;
    std::uint32_t respondents = 0;
    std::vector<SourceSum> sums;
    friend bool operator==(const RecordedSource&, const RecordedSource&) = default;
};

struct Invitation {
    PersonId rater;
    std::string source;
    friend bool operator==(const Invitation&, const Invitation&) = default;
};

struct SurveyFact {
    std::uint32_t version = 0;
    std::uint32_t respondents = 0;
    std::vector<std::string> element_means;
    friend bool operator==(const SurveyFact&, const SurveyFact&) = default;
};

// A score taken over from elsewhere, by the version of this stream.
struct CarriedScore {
    std::uint32_t version = 0;
    std::string score;
    std::string appraisal;  // "": the predicate of a unit
    std::string period;     // that it is about
    friend bool operator==(const CarriedScore&, const CarriedScore&) = default;
};

// What a member of the panel voted.
struct Vote {
    std::string outcome;
    std::vector<Score> ratings;
    friend bool operator==(const Vote&, const Vote&) = default;
};

// A correction that waits for a second person.
struct PendingCorrection {
    std::uint32_t version = 0;
    PersonId by;
    std::string ground, document_sha256;
    std::vector<Score> ratings;
    std::map<std::string, std::string> realisations;
    friend bool operator==(const PendingCorrection&, const PendingCorrection&) = default;
};

struct FinalResult {
    std::uint32_t version = 0;  // of the event that set it
    std::string score;
    std::string predicate;
    friend bool operator==(const FinalResult&, const FinalResult&) = default;
};

// Fold of one appraisal: everything that decide needs, nothing about words (they stay in the log).
struct Appraisal {
    Phase phase = Phase::unopened;
    std::uint32_t version = 0;

    PersonId subject, supervisor, superior;
    std::string post, unit, period, kind;
    std::string supervisor_post;  // by which the supervisor rates; "": no mandate is asked for
    std::string policy, policy_sha256;
    Position policy_position;

    std::vector<PlanItem> plan;
    std::map<std::string, std::string> realisations;  // plan item → latest
    std::optional<RatingSet> self_assessment;
    std::optional<RatingSet> review;  // as last revised
    std::vector<PersonId> reviewers;  // whoever was the supervisor when it was given or revised
    std::vector<std::string> flags;
    std::vector<Invitation> invitations;
    std::map<Handle, RaterFeedback> feedback;
    std::map<std::string, RecordedSource> recorded_sources;  // by source
    std::optional<SurveyFact> survey;
    std::map<std::string, std::vector<CarriedScore>> carried;  // by criterion, the latest last
    std::optional<FinalResult> result;
    std::optional<PendingCorrection> correction;

    bool feedback_is_open = false;
    bool feedback_was_closed = false;    // false: waived or never there
    std::uint32_t feedback_version = 0;  // of the event that closed or waived it last
    bool feedback_was_heard = false;     // somebody spoke before the result was annulled
    std::uint32_t annulled_version = 0;  // of the event that annulled a result last
    bool review_was_considered = false;  // confirmed or revised after the feedback
    bool objection_was_answered = false;
    bool reply_has_elapsed = false;  // the supervisor let the window pass; it counts as heard
    bool was_escalated = false;      // no decision in time: somebody else is to be named
    PersonId decider;                // of the objection that is open; nil: nobody, or a panel
    bool is_for_a_panel = false;
    std::vector<PersonId> panel;
    std::map<PersonId, Vote> votes;
    std::vector<std::string> contested;
    bool objection_was_decided = false;  // final: PP 30/2019 Pasal 59(4)
    bool acknowledged = false;
    Instant self_assessment_due_at, review_due_at, feedback_due_at, gate_due_at, acknowledge_due_at;
    Instant objection_due_at, reply_due_at, decision_due_at;
    friend bool operator==(const Appraisal&, const Appraisal&) = default;
};

// Total: no validation, no failure, no clock, no policy, no kernel.
void evolve(Appraisal& state, const Event& event);

// What the pinned policy is given to work with: the one place where facts become numbers.
[[nodiscard]] scoring::Inputs scoring_inputs(const Appraisal& state, const scoring::Policy& policy);

// Stream of the claim that keeps one appraisal per subject, period and kind.
[[nodiscard]] StreamId slot_of(PersonId subject, std::string_view period, std::string_view kind);

}  // namespace jejak::appraisal
