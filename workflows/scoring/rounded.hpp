#pragma once

#include <optional>
#include <string>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/vocabulary.hpp"

namespace jejak::scoring {

// The number by the rule, or as it is where there is none. If that changed it, `derivation` (null:
// nobody asks why) gets a RoundingStep with this place and subject.
[[nodiscard]] Rational rounded(const Rational& number, const std::optional<RoundingRule>& rule,
                               const char* at, const std::string& subject, Derivation* derivation);

}  // namespace jejak::scoring
