#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The kernel: which fact is legal in which phase, and where it leads. Two enums in, one out.
namespace jejak::appraisal {

enum class Phase : std::uint8_t {
    unopened,
    draft,                // sejak dibuka: rencana dan ekspektasi
    self_assessed,        // penilaian diri diserahkan
    supervisor_reviewed,  // dinilai oleh pejabat penilai
    feedback,             // umpan balik ditutup; pejabat penilai menimbangnya
    finalised,            // ditetapkan
    disputed,             // keberatan
    cancelled,            // dibatalkan
};
BOOST_DESCRIBE_ENUM(Phase, unopened, draft, self_assessed, supervisor_reviewed, feedback, finalised,
                    disputed, cancelled)
inline constexpr std::size_t phase_count = 8;

enum class EventKind : std::uint8_t {
    opened,
    plan_agreed,
    progress_recorded,
    evidence_attached,
    dialogue_noted,
    self_assessment_submitted,
    self_assessment_waived,
    returned_for_revision,
    review_submitted,
    review_waived,
    review_returned,
    feedback_opened,
    rater_invited,
    feedback_given,
    feedback_revised,
    source_recorded,
    survey_recorded,
    feedback_closed,
    feedback_waived,
    review_confirmed,
    review_revised,
    finalised,
    result_acknowledged,
    supervisor_reassigned,
    cancelled,
    objection_filed,
    objection_answered,
    objection_withdrawn,
    objection_upheld,
    result_changed,
    score_carried_in,
    result_delivered,
    deadline_passed,
    objection_assigned,
    objection_lapsed,
    panel_assigned,
    vote_cast,
    member_recused,
    correction_proposed,
    result_corrected,
    review_annulled,
    assessment_annulled,
    policy_changed,
};
BOOST_DESCRIBE_ENUM(EventKind, opened, plan_agreed, progress_recorded, evidence_attached,
                    dialogue_noted, self_assessment_submitted, self_assessment_waived,
                    returned_for_revision, review_submitted, review_waived, review_returned,
                    feedback_opened, rater_invited, feedback_given, feedback_revised,
                    source_recorded, survey_recorded, feedback_closed, feedback_waived,
                    review_confirmed, review_revised, finalised, result_acknowledged,
                    supervisor_reassigned, cancelled, objection_filed, objection_answered,
                    objection_withdrawn, objection_upheld, result_changed, score_carried_in,
                    result_delivered, deadline_passed, objection_assigned, objection_lapsed,
                    panel_assigned, vote_cast, member_recused, correction_proposed,
                    result_corrected, review_annulled, assessment_annulled, policy_changed)
inline constexpr std::size_t event_kind_count = 43;

// The phase after the fact, or nothing where the fact is illegal. Pure; any thread.
[[nodiscard]] std::optional<Phase> next_phase(Phase phase, EventKind kind);

[[nodiscard]] std::string_view name_of(Phase phase);
[[nodiscard]] std::string_view name_of(EventKind kind);
[[nodiscard]] std::optional<Phase> phase_named(std::string_view name);

// The moves as a Mermaid state diagram, written from the transition table itself.
[[nodiscard]] std::string mermaid_diagram();

}  // namespace jejak::appraisal
