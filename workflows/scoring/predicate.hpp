#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::scoring {

// Those of `flags` that a band of the policy asks for; sorted, each once.
[[nodiscard]] std::vector<std::string> known_flags(const Policy& policy,
                                                   const std::vector<std::string>& flags);

// From the matrix, otherwise from the bands, otherwise none. `group_scores` has the groups of the
// matrix.
[[nodiscard]] PredicateStep find_predicate(const Policy& policy, const Rational& total,
                                           const std::vector<std::optional<Rational>>& group_scores,
                                           const std::vector<std::string>& flags);

}  // namespace jejak::scoring
