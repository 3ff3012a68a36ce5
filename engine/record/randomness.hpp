#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace jejak::record {

// Fills `size` bytes from OpenSSL's generator, fit for keys, nonces and salts. Any thread; each
// draws ahead into a buffer of 4 KiB and wipes what it hands out. Not safe after fork(): the child
// would hand out the parent's next bytes, so a process that forks must exec at once.
// Stops the process when the system has no randomness to give: nothing can be sealed without it.
void fill_random(std::uint8_t* out, std::size_t size);

template <std::size_t size>
[[nodiscard]] std::array<std::uint8_t, size> random_bytes() {
    std::array<std::uint8_t, size> bytes;
    fill_random(bytes.data(), size);
    return bytes;
}

}  // namespace jejak::record
