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
};
BOOST_DESCRIBE_STRUCT(DecideObjection, (), (outcome, ratings, reasons))

}  // namespace jejak::appraisal
