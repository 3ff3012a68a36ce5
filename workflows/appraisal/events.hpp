#pragma once

#include <variant>

#include "workflows/appraisal/feedback_events.hpp"
#include "workflows/appraisal/objection_events.hpp"
#include "workflows/appraisal/result_events.hpp"
#include "workflows/appraisal/stage_events.hpp"

// What has happened to an appraisal. Names are literals chosen once; a changed shape is a new
// schema version with an upcaster (engine/record/event_codec.hpp). A due time of 0: no clock runs.
namespace jejak::appraisal {

using Event = std::variant<
    Opened, PlanAgreed, ProgressRecorded, EvidenceAttached, DialogueNoted, SelfAssessmentSubmitted,
    SelfAssessmentWaived, ReturnedForRevision, ReviewSubmitted, ReviewWaived, ReviewReturned,
    FeedbackOpened, RaterInvited, FeedbackGiven, FeedbackRevised, SourceRecorded, SurveyRecorded,
    ScoreCarriedIn, FeedbackClosed, FeedbackWaived, ReviewConfirmed, ReviewRevised, Finalised,
    ResultAcknowledged, SupervisorReassigned, Cancelled, ObjectionFiled, ObjectionAnswered,
    ObjectionWithdrawn, ObjectionUpheld, ResultChanged, ResultDelivered, DeadlinePassed,
    ObjectionAssigned, ObjectionLapsed, PanelAssigned, VoteCast, MemberRecused, CorrectionProposed,
    ResultCorrected, ReviewAnnulled, AssessmentAnnulled, PolicyChanged>;

[[nodiscard]] inline EventKind kind_of(const Event& event) {
    return std::visit([](const auto& e) { return e.kind_of_event; }, event);
}

}  // namespace jejak::appraisal
