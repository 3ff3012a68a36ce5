#pragma once

#include "workflows/scoring/limits.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::scoring {

// The number on the highest piece that it reaches, or on the last one.
[[nodiscard]] Rational converted(const Conversion& conversion, const Rational& number);
// What may come out for a number within `limits`; too wide rather than too narrow.
[[nodiscard]] Limits limits_of(const Conversion& conversion, const Limits& limits);

}  // namespace jejak::scoring
