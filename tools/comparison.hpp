#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tools/workspace.hpp"
#include "workflows/appraisal/what_if.hpp"

// What a score would be with other inputs or other rules, beside what it is.
namespace jejak::tools {

// The pinned rules, and those that are tried.
struct Rules {
    std::shared_ptr<const scoring::Policy> pinned, other;
};
// `other`: "" for the pinned ones; else a published or a bundled policy, and, where
// `may_be_a_file`, a path. Errors: not_found, naming it.
[[nodiscard]] Result<Rules> rules_of(const Workspace& workspace, const appraisal::Appraisal& state,
                                     const std::string& other, bool may_be_a_file);

// What is changed, in outside words.
struct Changes {
    std::vector<std::string> without;   // a source of the policy, or a rater's handle
    std::vector<std::string> settings;  // "CRITERION=VALUE"; see parse_setting
};
// Errors: invalid_input, naming what cannot be read.
[[nodiscard]] Result<std::vector<appraisal::Change>> changes_of(const Changes& changes,
                                                                const scoring::Policy& policy);

// "refused" where there is no score.
[[nodiscard]] std::string score_text(const std::optional<scoring::Score>& score);

// {"appraisal", "before", "after": {"score", "predicate", "derivation" or "missing"}, "difference",
// "predicate_changes", "effects": [{"change", "score_alone", "predicate_alone", "share"}]}
[[nodiscard]] boost::json::object comparison_json(const std::string& token,
                                                  const appraisal::Comparison& comparison);

// [{"rater", "source", "score", "effect", "predicate_changes"}], one of each rater; for those to
// whom single raters are disclosed.
[[nodiscard]] boost::json::array left_out_json(const appraisal::Appraisal& state,
                                               const scoring::Policy& policy);

}  // namespace jejak::tools
