#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jejak::access {

inline constexpr std::size_t secret_bytes = 32;
inline constexpr std::size_t secret_text_size = 43;

// 32 random bytes as base64url: 256 bits that nobody guesses, in 43 letters that may stand in a
// header, a URL and a file. Any thread.
[[nodiscard]] std::string fresh_secret();

// Whether `text` is what fresh_secret() makes: canonical base64url of 32 bytes.
[[nodiscard]] bool is_secret_text(std::string_view text);

}  // namespace jejak::access
