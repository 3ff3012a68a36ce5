#pragma once

#include <variant>

#include "workflows/appraisal/feedback_commands.hpp"
#include "workflows/appraisal/result_commands.hpp"
#include "workflows/appraisal/stage_commands.hpp"

// What may be asked of an appraisal. A request may be refused (appraisal_decider.hpp); people come
// in as pseudonyms, words as Personal without owner: decide gives them theirs.
namespace jejak::appraisal {

// In the order of the permission table (permission.cpp), which is found by index.
using Command =
    std::variant<OpenAppraisal, AgreePlan, RecordProgress, AttachEvidence, NoteDialogue,
                 SubmitSelfAssessment, ReturnForRevision, SubmitReview, ReturnReview, WaiveStage,
                 ReassignSupervisor, CancelAppraisal, OpenFeedback, InviteRater, GiveFeedback,
                 RecordSource, RecordSurvey, CarryScore, CloseFeedback, ConfirmReview, ReviseReview,
                 Finalise, AcknowledgeResult, FileObjection, AnswerObjection, WithdrawObjection,
                 DecideObjection, DeliverResult, AssignDecider, PassDeadline, AssignPanel,
                 RecuseMember, ProposeCorrection, CorrectResult, AnnulResult, ChangePolicy>;

}  // namespace jejak::appraisal
