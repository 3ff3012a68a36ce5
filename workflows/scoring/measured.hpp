#pragma once

#include <optional>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/evaluate.hpp"

namespace jejak::scoring {

// What an item of a plan achieved, in percent, and the line that says so.
struct Achievement {
    std::optional<Rational> value;  // none: no realisation, or no target to measure it against
    MeasuredLine line;
};

// normal: realisation / target * 100; inverse: (1 + (1 - realisation / target)) * 100
// (PermenPANRB 8/2021); never below 0 and never above the policy's cap.
[[nodiscard]] Achievement achievement_of(const Measured& measured, const PlanItem& item);

}  // namespace jejak::scoring
