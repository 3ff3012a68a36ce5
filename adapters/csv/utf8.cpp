#include "adapters/csv/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace jejak::csv {
namespace {

// Eight bytes at once: none is NUL or above 127. The first term borrows into the high bit of a byte
// only if that byte, or one below it, is zero.
bool is_plain_ascii(std::uint64_t bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    return (((bytes - ones) | bytes) & high_bits) == 0;
}

// How many bytes the well-formed character at the front of `text` has; 0: it is not well-formed.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t index) {
        return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
    };
    const auto continues = [&](std::size_t index) { return (byte(index) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return continues(1) ? 2 : 0;
    if (first < 0xF0) {
        const unsigned least = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned most = first == 0xED ? 0x9F : 0xBF;
        return byte(1) >= least && byte(1) <= most && continues(2) ? 3 : 0;
    }
    if (first > 0xF4) return 0;
    const unsigned least = first == 0xF0 ? 0x90 : 0x80;
    const unsigned most = first == 0xF4 ? 0x8F : 0xBF;
    return byte(1) >= least && byte(1) <= most && continues(2) && continues(3) ? 4 : 0;
}

}  // namespace

bool is_utf8_text(std::string_view text) {
    while (!text.empty()) {
        std::uint64_t bytes = 0;
        if (text.size() >= sizeof bytes) {
            std::memcpy(&bytes, text.data(), sizeof bytes);
            if (is_plain_ascii(bytes)) {
                text.remove_prefix(sizeof bytes);
                continue;
            }
        }
        const std::size_t size = character_size(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

std::string to_utf8(std::string_view text) {
    std::string whole;
    whole.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = text.front() == '\0' ? 1 : character_size(text);
        size == 0 ? whole.append("\xEF\xBF\xBD") : whole.append(text.substr(0, size));
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return whole;
}

std::string_view utf8_front(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0U) == 0x80U)
        --bytes_max;
    return text.substr(0, bytes_max);
}

}  // namespace jejak::csv
