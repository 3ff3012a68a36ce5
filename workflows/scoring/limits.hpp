#pragma once

#include <optional>

#include "workflows/scoring/policy.hpp"

// Which scores are possible at all: for grades that nobody can reach and scores without a grade.
namespace jejak::scoring {

// None: no limit on that side. What lies between need not be reachable.
struct Limits {
    std::optional<Rational> least, greatest;
};

// Of a plan item's percent, as it comes to the conversion of "measured"; and as it comes to that of
// a section.
[[nodiscard]] Limits limits_of_percent(const Measured& measured);
[[nodiscard]] Limits limits_of_measured(const Policy& policy);
[[nodiscard]] Limits limits_of_group(const Policy& policy, std::uint32_t group);
// Of a group or, from the number of groups on, a step.
[[nodiscard]] Limits limits_of_value(const Policy& policy, std::uint32_t value);
[[nodiscard]] Limits limits_of_total(const Policy& policy);

}  // namespace jejak::scoring
