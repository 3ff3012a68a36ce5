#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "workflows/appraisal/parts.hpp"

// From opening to review, and what may befall an appraisal on the way.
namespace jejak::appraisal {

// Opens the appraisal of one person for one period.
struct OpenAppraisal {
    static constexpr std::string_view command_name = "open_appraisal";
    PersonId subject;    // pegawai yang dinilai
    std::string post;    // jabatan
    std::string unit;    // unit kerja
    std::string period;  // "2025", "2025-Q1"
    std::string
        kind;  // "annual" (default), "quarterly", …; one appraisal per subject, period and kind
    PersonId supervisor;  // pejabat penilai on that day
    PersonId superior;    // atasan pejabat penilai on that day
    std::string policy;   // id of a published policy
    // By which post of the organisation the supervisor rates; "": nobody asks for a mandate.
    std::string supervisor_post{};
};
BOOST_DESCRIBE_STRUCT(OpenAppraisal, (),
                      (subject, post, unit, period, kind, supervisor, superior, policy,
                       supervisor_post))

// Sets results and expectations (SKP); again replaces them.
struct AgreePlan {
    static constexpr std::string_view command_name = "agree_plan";
    std::vector<PlanItem> results;
    std::vector<Expectation> expectations;
};
BOOST_DESCRIBE_STRUCT(AgreePlan, (), (results, expectations))

struct RecordProgress {
    static constexpr std::string_view command_name = "record_progress";
    std::vector<Achievement> achievements;
};
BOOST_DESCRIBE_STRUCT(RecordProgress, (), (achievements))

// Bukti dukung: the file stays outside, its hash comes in.
struct AttachEvidence {
    static constexpr std::string_view command_name = "attach_evidence";
    std::string about;  // plan item or criterion
    Personal title;
    std::string sha256;  // 64 hex digits
    Personal uri;
};
BOOST_DESCRIBE_STRUCT(AttachEvidence, (), (about, title, sha256, uri))

// Dialog kinerja, umpan balik berkelanjutan.
struct NoteDialogue {
    static constexpr std::string_view command_name = "note_dialogue";
    Personal note;
};
BOOST_DESCRIBE_STRUCT(NoteDialogue, (), (note))

struct SubmitSelfAssessment {
    static constexpr std::string_view command_name = "submit_self_assessment";
    std::vector<Rating> ratings;
    std::vector<Achievement> achievements;
    Personal challenges;  // kendala
};
BOOST_DESCRIBE_STRUCT(SubmitSelfAssessment, (), (ratings, achievements, challenges))

// The supervisor sends the self-assessment back.
struct ReturnForRevision {
    static constexpr std::string_view command_name = "return_for_revision";
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(ReturnForRevision, (), (reason))

struct SubmitReview {
    static constexpr std::string_view command_name = "submit_review";
    std::vector<Rating> ratings;
    std::vector<std::string> flags;  // "innovation", as the policy's bands ask
    Personal observations;           // observasi lapangan
};
BOOST_DESCRIBE_STRUCT(SubmitReview, (), (ratings, flags, observations))

// The supervisor's superior sends the review back.
struct ReturnReview {
    static constexpr std::string_view command_name = "return_review";
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(ReturnReview, (), (reason))

// Skips a stage that the policy lets be waived.
struct WaiveStage {
    static constexpr std::string_view command_name = "waive_stage";
    std::string stage;   // self_assessment, review or feedback
    std::string ground;  // vacancy, leave, imported_history or other
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(WaiveStage, (), (stage, ground, reason))

struct ReassignSupervisor {
    static constexpr std::string_view command_name = "reassign_supervisor";
    PersonId supervisor;
    PersonId superior;
    Personal reason;
    std::string supervisor_post{};  // as in open_appraisal
};
BOOST_DESCRIBE_STRUCT(ReassignSupervisor, (), (supervisor, superior, reason, supervisor_post))

struct CancelAppraisal {
    static constexpr std::string_view command_name = "cancel_appraisal";
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(CancelAppraisal, (), (reason))

// The wrong rules were pinned; possible until somebody has reviewed by them.
struct ChangePolicy {
    static constexpr std::string_view command_name = "change_policy";
    std::string policy;
    std::string letter;
};
BOOST_DESCRIBE_STRUCT(ChangePolicy, (), (policy, letter))

}  // namespace jejak::appraisal
