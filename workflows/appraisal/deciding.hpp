#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/events.hpp"
#include "workflows/organisation/day.hpp"
#include "workflows/scoring/published_policy.hpp"

// Inside of decide: what every command's rules work with. Only appraisal_decider.cpp and the
// decide_*.cpp files include this.
namespace jejak::appraisal {

using Answer = Decision<Event>;

struct Case {
    const Appraisal& state;
    const Context& context;
    const scoring::Policy& policy;

    [[nodiscard]] Rejection no(std::string rule, std::string message) const;
    [[nodiscard]] Accepted<Event> yes(Event event) const;
    // Words about the subject, which her key seals.
    [[nodiscard]] Personal about_subject(const Personal& words) const {
        return words.owned_by(state.subject);
    }
    // now plus calendar days, or working days where the policy counts those; 0 where it runs no
    // clock.
    [[nodiscard]] Instant due(const std::optional<std::uint32_t>& days) const;
    // The last moment of the day so many days after `from`, in the unit's zone: received on the
    // 10th, 14 days end with the 24th. 0 where no clock runs.
    [[nodiscard]] Instant end_after(organisation::Day from,
                                    const std::optional<std::uint32_t>& days) const;
    // The day on which it happens, where the unit is.
    [[nodiscard]] organisation::Day today() const;
};

// Appends the waivers of stages that the policy does not use, as facts of the same commit, as long
// as the phase that the events so far lead to is followed by such a stage.
void skip_unused_stages(const Case& now, Phase phase, std::vector<Event>& events);

// The ratings with their numbers in canonical form and their words owned by the subject; or why the
// policy does not take them from a person of this kind. Rules: source_unknown, rating_not_valid.
[[nodiscard]] std::variant<std::vector<Rating>, Rejection> checked_ratings(
    const Case& now, scoring::SourceKind by, const std::vector<Rating>& ratings);
[[nodiscard]] std::variant<std::vector<Score>, Rejection> checked_scores(
    const Case& now, std::uint32_t source, const std::vector<Score>& scores);
// Rule: achievement_not_valid.
[[nodiscard]] std::variant<std::vector<Achievement>, Rejection> checked_achievements(
    const Case& now, const std::vector<Achievement>& achievements);
// Names of criteria that this source rates and `ratings` leave out.
[[nodiscard]] std::vector<std::string> unrated(const Case& now, std::uint32_t source,
                                               const std::vector<Rating>& ratings);
[[nodiscard]] std::optional<std::uint32_t> source_by(const scoring::Policy& policy,
                                                     scoring::SourceKind by);

[[nodiscard]] Answer decide_open(const Appraisal&, const OpenAppraisal&, const Context&);

[[nodiscard]] Answer decide(const Case&, const AgreePlan&);
[[nodiscard]] Answer decide(const Case&, const RecordProgress&);
[[nodiscard]] Answer decide(const Case&, const AttachEvidence&);
[[nodiscard]] Answer decide(const Case&, const NoteDialogue&);
[[nodiscard]] Answer decide(const Case&, const SubmitSelfAssessment&);
[[nodiscard]] Answer decide(const Case&, const ReturnForRevision&);
[[nodiscard]] Answer decide(const Case&, const SubmitReview&);
[[nodiscard]] Answer decide(const Case&, const ReturnReview&);
[[nodiscard]] Answer decide(const Case&, const WaiveStage&);
[[nodiscard]] Answer decide(const Case&, const ReassignSupervisor&);
[[nodiscard]] Answer decide(const Case&, const CancelAppraisal&);
[[nodiscard]] Answer decide(const Case&, const OpenFeedback&);
[[nodiscard]] Answer decide(const Case&, const InviteRater&);
[[nodiscard]] Answer decide(const Case&, const GiveFeedback&);
[[nodiscard]] Answer decide(const Case&, const RecordSource&);
[[nodiscard]] Answer decide(const Case&, const RecordSurvey&);
[[nodiscard]] Answer decide(const Case&, const CarryScore&);
[[nodiscard]] Answer decide(const Case&, const CloseFeedback&);
[[nodiscard]] Answer decide(const Case&, const ConfirmReview&);
[[nodiscard]] Answer decide(const Case&, const ReviseReview&);
[[nodiscard]] Answer decide(const Case&, const Finalise&);
[[nodiscard]] Answer decide(const Case&, const AcknowledgeResult&);
[[nodiscard]] Answer decide(const Case&, const FileObjection&);
[[nodiscard]] Answer decide(const Case&, const AnswerObjection&);
[[nodiscard]] Answer decide(const Case&, const WithdrawObjection&);
[[nodiscard]] Answer decide(const Case&, const DecideObjection&);
[[nodiscard]] Answer decide(const Case&, const DeliverResult&);
[[nodiscard]] Answer decide(const Case&, const AssignDecider&);
[[nodiscard]] Answer decide(const Case&, const PassDeadline&);
[[nodiscard]] Answer decide(const Case&, const AssignPanel&);
[[nodiscard]] Answer decide(const Case&, const RecuseMember&);
[[nodiscard]] Answer decide(const Case&, const ProposeCorrection&);
[[nodiscard]] Answer decide(const Case&, const CorrectResult&);
[[nodiscard]] Answer decide(const Case&, const AnnulResult&);
[[nodiscard]] Answer decide(const Case&, const ChangePolicy&);

}  // namespace jejak::appraisal
