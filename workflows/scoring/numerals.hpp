#pragma once

#include <string>

#include "workflows/scoring/vocabulary.hpp"

namespace jejak::scoring {

// A decimal such as "1234.5" as 1.234,5 (Indonesian) or 1,234.5 (English).
[[nodiscard]] std::string numeral(std::string decimal, Language language);

}  // namespace jejak::scoring
