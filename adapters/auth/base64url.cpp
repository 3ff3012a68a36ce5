#include "adapters/auth/base64url.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace jejak::auth {
namespace {

constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_base64url_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_base64url_digits() {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(no_base64url_digit);
    for (std::size_t i = 0; i < base64url_alphabet.size(); ++i) {
        digits[static_cast<std::uint8_t>(base64url_alphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr auto base64url_digits = make_base64url_digits();

}  // namespace

std::optional<std::string> from_base64url(std::string_view text) {
    // 6 bits alone make no byte.
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char letter : text) {
        const std::uint8_t digit = base64url_digits[static_cast<std::uint8_t>(letter)];
        if (digit == no_base64url_digit) return std::nullopt;
        waiting = (waiting << 6) | digit;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(static_cast<std::uint8_t>(waiting >> bits));
        waiting &= (1U << bits) - 1;
    }
    if (waiting != 0) return std::nullopt;
    return bytes;
}

std::string to_base64url(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 4 / 3 + 2);
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char byte : bytes) {
        waiting = (waiting << 8) | static_cast<std::uint8_t>(byte);
        for (bits += 8; bits >= 6;) {
            bits -= 6;
            text += base64url_alphabet[(waiting >> bits) & 63U];
        }
        waiting &= (1U << bits) - 1;
    }
    if (bits != 0) text += base64url_alphabet[(waiting << (6 - bits)) & 63U];
    return text;
}

}  // namespace jejak::auth
