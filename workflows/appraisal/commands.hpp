#pragma once

#include <variant>

#include "workflows/appraisal/feedback_commands.hpp"
#include "workflows/appraisal/result_commands.hpp"
#include "workflows/appraisal/stage_commands.hpp"

// What may be asked of an appraisal. A request may be refused (appraisal_decider.hpp); people come
// in as pseudonyms, words as Personal without owner: decide gives them theirs.
namespace jejak::appraisal {

using Command = std::variant<OpenAppraisal, AgreePlan, RecordProgress, AttachEvidence, NoteDialogue,
                             SubmitSelfAssessment, ReturnForRevision, SubmitReview, ReturnReview,
                             OpenFeedback, InviteRater, GiveFeedback, RecordSource, RecordSurvey,
                             CloseFeedback, ConfirmReview, ReviseReview, Finalise,
                             AcknowledgeResult, WaiveStage, ReassignSupervisor, CancelAppraisal,
                             FileObjection, AnswerObjection, WithdrawObjection, DecideObjection>;

}  // namespace jejak::appraisal
