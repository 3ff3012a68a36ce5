#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jejak::csv {

// Whether `text` is well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates,
// nothing above U+10FFFF) without U+0000.
[[nodiscard]] bool is_utf8_text(std::string_view text);

// The text with U+FFFD for each byte that belongs to no well-formed character; U+0000 stays. For
// what is quoted from outside, where an answer has to be UTF-8.
[[nodiscard]] std::string to_utf8(std::string_view text);

// At most so many bytes from its front, without cutting a character in two.
[[nodiscard]] std::string_view utf8_front(std::string_view text, std::size_t bytes_max);

}  // namespace jejak::csv
