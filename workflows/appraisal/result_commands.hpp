#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "workflows/appraisal/parts.hpp"

// The result, and the objection against it.
namespace jejak::appraisal {

// A named person sets the result (UU 27/2022 Pasal 10).
struct Finalise {
    static constexpr std::string_view command_name = "finalise";
};
BOOST_DESCRIBE_STRUCT(Finalise, (), ())

struct AcknowledgeResult {
    static constexpr std::string_view command_name = "acknowledge_result";
    Personal comment;
};
BOOST_DESCRIBE_STRUCT(AcknowledgeResult, (), (comment))

// The result reached her, or is deemed to have: for someone without a device, or who does not look.
struct DeliverResult {
    static constexpr std::string_view command_name = "deliver_result";
    std::string way;              // paper (before a witness), post, portal
    std::string delivered_on;     // "2026-01-10"
    std::string document_sha256;  // of the form that was signed, or of the receipt
    Personal witness;
};
BOOST_DESCRIBE_STRUCT(DeliverResult, (), (way, delivered_on, document_sha256, witness))

// Keberatan (PP 30/2019 Pasal 59).
struct FileObjection {
    static constexpr std::string_view command_name = "file_objection";
    std::vector<std::string> contested;  // criteria; empty: the whole result
    Personal reasons;
};
BOOST_DESCRIBE_STRUCT(FileObjection, (), (contested, reasons))

// Tanggapan pejabat penilai.
struct AnswerObjection {
    static constexpr std::string_view command_name = "answer_objection";
    Personal reply;
};
BOOST_DESCRIBE_STRUCT(AnswerObjection, (), (reply))

struct WithdrawObjection {
    static constexpr std::string_view command_name = "withdraw_objection";
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawObjection, (), (reason))

// Keputusan atasan pejabat penilai.
struct DecideObjection {
    static constexpr std::string_view command_name = "decide_objection";
    std::string outcome;          // upheld or changed
    std::vector<Rating> ratings;  // the corrected ones, if changed
    Personal reasons;
    Handle as_rater{};  // what she would be as a rater here: whoever gave feedback does not decide
};
BOOST_DESCRIBE_STRUCT(DecideObjection, (), (outcome, ratings, reasons, as_rater))

// Somebody else decides, since the superior is missing, is one of the parties, or did not decide.
struct AssignDecider {
    static constexpr std::string_view command_name = "assign_decider";
    PersonId decider;
    std::string ground;  // vacancy, same_person, conflict, escalated
    std::string letter;
    Handle as_rater{};  // as in decide_objection
};
BOOST_DESCRIBE_STRUCT(AssignDecider, (), (decider, ground, letter, as_rater))

// A clock of the objection has run out (`jejak tick` says so). Only once for each.
struct PassDeadline {
    static constexpr std::string_view command_name = "pass_deadline";
    std::string deadline;  // reply, decision
};
BOOST_DESCRIBE_STRUCT(PassDeadline, (), (deadline))

// Where the policy lets a panel decide, an administrator names its members; again replaces them.
struct AssignPanel {
    static constexpr std::string_view command_name = "assign_panel";
    std::vector<PersonId> members;
    std::string letter;
    std::vector<Handle> as_raters{};  // of each member, as in decide_objection
};
BOOST_DESCRIBE_STRUCT(AssignPanel, (), (members, letter, as_raters))

// A member of the panel steps back, since she is partial or cannot take part.
struct RecuseMember {
    static constexpr std::string_view command_name = "recuse_member";
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(RecuseMember, (), (reason))

// The result is wrong, and this is no matter of judgement. Another person confirms it.
struct ProposeCorrection {
    static constexpr std::string_view command_name = "propose_correction";
    std::string ground;  // clerical_error, inspection, discipline, court
    std::string document_sha256;
    std::vector<Rating> ratings;
    std::vector<Achievement> achievements;
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(ProposeCorrection, (),
                      (ground, document_sha256, ratings, achievements, reason))

// The second of the two: confirms the correction of that version.
struct CorrectResult {
    static constexpr std::string_view command_name = "correct_result";
    std::uint32_t proposal = 0;
};
BOOST_DESCRIBE_STRUCT(CorrectResult, (), (proposal))

struct AnnulResult {
    static constexpr std::string_view command_name = "annul_result";
    std::string reopens;  // draft or self_assessed
    std::string ground;   // wrong_rater, wrong_plan, court
    std::string document_sha256;
    Personal reason;
};
BOOST_DESCRIBE_STRUCT(AnnulResult, (), (reopens, ground, document_sha256, reason))

}  // namespace jejak::appraisal
