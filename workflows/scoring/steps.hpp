#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/scoring/evaluate.hpp"

namespace jejak::scoring {

// The id of a group or, from the number of groups on, a step.
[[nodiscard]] const std::string& value_id(const Policy& policy, std::uint32_t value);
[[nodiscard]] const Text& value_title(const Policy& policy, std::uint32_t value);

// Computes the steps from the groups' scores, which `values` has, and adds their results to it; if
// `explains`, what was done is told in `derivation`, whose flags are set either way. A step that
// lacks a value is none under "mean" only if it lacks all; otherwise it is missing.
void run_steps(const Policy& policy, bool explains, Derivation& derivation,
               std::vector<std::optional<Rational>>& values, std::vector<MissingPart>& missing);

}  // namespace jejak::scoring
