#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::scoring {

// What rules of the policy ask for: bands, steps, recommendations; sorted, each once.
[[nodiscard]] std::vector<std::string> flags_of(const Policy& policy);
// Those of `flags` that a band or a step of the policy asks for; sorted, each once.
[[nodiscard]] std::vector<std::string> known_flags(const Policy& policy,
                                                   const std::vector<std::string>& flags);

// From the matrix, otherwise from the bands, otherwise none. `values` are those of groups and
// steps; what the matrix reads is there.
[[nodiscard]] PredicateStep find_predicate(const Policy& policy, const Rational& total,
                                           const std::vector<std::optional<Rational>>& values,
                                           const std::vector<std::string>& flags);
// What the policy's classifications make of total and values; a value that is none has none.
[[nodiscard]] std::vector<ClassNode> find_classes(
    const Policy& policy, const Rational& total,
    const std::vector<std::optional<Rational>>& values);

}  // namespace jejak::scoring
