#pragma once

#include <string>
#include <string_view>

#include "workflows/scoring/published_policy.hpp"

// The policies under which the specifications run.
namespace jejak::appraisal::specs {

// Every source, every stage waivable, uninvited raters welcome, every clock running.
inline constexpr std::string_view lenient = "uji";
// As lenient, but every stage is required and raters need an invitation.
inline constexpr std::string_view strict = "uji-ketat";
// Neither self-assessment nor feedback nor plan: the supervisor alone.
inline constexpr std::string_view brief = "uji-ringkas";
// As brief, but it says nothing about stages, so that all of them are required.
inline constexpr std::string_view silent = "uji-diam";
// As lenient, but it asks for all that can stand on record elsewhere, and counts working days.
inline constexpr std::string_view demanding = "uji-syarat";
// As lenient, with the clocks of an objection: 14 days for the reply, 21 for the decision, 7 until
// a result that was sent is deemed to be received. Without a decision: stands, escalates, is
// granted.
inline constexpr std::string_view clocked = "uji-keberatan";
inline constexpr std::string_view escalating = "uji-naik";
inline constexpr std::string_view granting = "uji-kabul";
// As clocked, and three people decide about an objection; two of them must have voted.
inline constexpr std::string_view panelled = "uji-majelis";
// As clocked, and the days are working days by the calendar "nasional".
inline constexpr std::string_view working = "uji-hari-kerja";
// The first bundled policy of the public's feedback on a plan.
inline constexpr std::string_view feedback_mean = "feedback-mean";

// The text of one of these, or of a policy in workflows/appraisal/policies/. Fails the test and
// gives "" where there is none.
[[nodiscard]] std::string policy_document(std::string_view id);

// Null for a policy that does not exist. Every policy is "published" at position 7.
[[nodiscard]] const scoring::PublishedPolicy* published_policy(std::string_view id);

}  // namespace jejak::appraisal::specs
