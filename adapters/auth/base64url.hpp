#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jejak::auth {

// The bytes that a base64url text without padding stands for (RFC 7515, section 2; RFC 4648,
// section 5). Each byte string has exactly one text: none is returned for padding, blanks, line
// ends, letters of another alphabet, a length that no byte string has, and unused bits that are not
// zero (RFC 4648, section 3.5), so that a signed text cannot be changed without being noticed.
// Thread-safe.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

// The text of these bytes, the one that from_base64url takes.
[[nodiscard]] std::string to_base64url(std::string_view bytes);

}  // namespace jejak::auth
