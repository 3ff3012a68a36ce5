#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::scoring {

inline constexpr std::size_t canonical_bytes_max = 60'000;
inline constexpr std::size_t canonical_depth_max = 32;

// The one text of a JSON document: members sorted by the bytes of their keys, no white space,
// strings with the shortest escapes, numbers only integers of 64 bits. Errors (invalid_input, with
// line and column): not JSON, a member that stands twice in an object, a number with a fraction or
// an exponent, deeper than 32, longer than 60,000 bytes. canonical_form(canonical_form(x)) is
// itself.
[[nodiscard]] Result<std::string> canonical_form(std::string_view text);

}  // namespace jejak::scoring
