#pragma once

#include <optional>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/evaluate.hpp"

namespace jejak::scoring {

// What an item of a plan achieved, in percent.
struct Achievement {
    Rational by_formula;  // may leave the limits
    Rational value;
};

// normal: realisation / target * 100; inverse: (1 + (1 - realisation / target)) * 100
// (PermenPANRB 8/2021); never below 0 and never above the policy's cap. None: no realisation, or no
// target to measure it against.
[[nodiscard]] std::optional<Achievement> achievement_of(const Measured& measured,
                                                        const PlanItem& item);
// How it came about, for the derivation.
[[nodiscard]] MeasuredLine line_of(const Measured& measured, const PlanItem& item,
                                   const Achievement& achievement);

}  // namespace jejak::scoring
