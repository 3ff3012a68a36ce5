#pragma once

#include <string_view>

namespace jejak::csv {

// Whether `text` is well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates,
// nothing above U+10FFFF) without U+0000.
[[nodiscard]] bool is_utf8_text(std::string_view text);

}  // namespace jejak::csv
