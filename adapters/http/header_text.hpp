#pragma once

#include <string_view>

namespace jejak::http {

// Whether `text` may stand in a field's value: no control character but the tabulator (RFC 9110,
// section 5.5), so no CR, LF or NUL. Bytes above 0x7F are let through.
[[nodiscard]] bool is_field_text(std::string_view text);

// Whether `text` is a token (RFC 9110, section 5.6.2), as methods and names of fields are.
[[nodiscard]] bool is_token(std::string_view text);

}  // namespace jejak::http
