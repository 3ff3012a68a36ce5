#include "adapters/intake/fresh_id.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "engine/record/randomness.hpp"

namespace jejak::intake {

std::string fresh_id(const Clock& clock) {
    static constexpr char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<std::uint8_t, 16> bytes{};
    const std::int64_t micros = std::max<std::int64_t>(clock.now().micros_since_epoch, 0);
    const auto milliseconds = static_cast<std::uint64_t>(micros / 1'000);
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<std::uint8_t>(milliseconds >> (8 * (5 - i)));
    }
    record::fill_random(bytes.data() + 6, bytes.size() - 6);
    // 128 bits as 26 digits of 5 bits: two zero bits come first.
    std::string text;
    std::uint32_t pending = 0;
    int pending_bits = 2;
    for (const std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        pending_bits += 8;
        while (pending_bits >= 5) {
            pending_bits -= 5;
            text += digits[(pending >> pending_bits) & 31u];
        }
        pending &= (1u << pending_bits) - 1u;
    }
    return text;
}

}  // namespace jejak::intake
