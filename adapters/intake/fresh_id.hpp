#pragma once

#include <string>

#include "engine/clock.hpp"

namespace jejak::intake {

// A new id for a command whose sender gave none: 48 bits of milliseconds since 1970, then 80 random
// bits, as 26 characters of Crockford's base32 in small letters. Later ids sort after earlier ones
// (within a millisecond in any order). Any thread.
[[nodiscard]] std::string fresh_id(const Clock& clock);

}  // namespace jejak::intake
