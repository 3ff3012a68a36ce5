#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "engine/ids.hpp"

// Digests of bytes. Everything here may be called from any thread at once; each thread keeps its
// own OpenSSL context, so that a call neither locks, nor looks up an algorithm, nor allocates.
namespace jejak::record {

// FIPS 180-4.
[[nodiscard]] Sha256 sha256(std::string_view bytes);
// Of the parts one after the other, as if they had been joined.
[[nodiscard]] Sha256 sha256(std::initializer_list<std::string_view> parts);

// RFC 2104. Empty keys and messages are allowed; a key over 64 bytes is hashed first.
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view message);

// True when both are of the same length and content. The time taken depends on the lengths only.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

// The 32 bytes as a view, valid as long as `digest` is.
[[nodiscard]] inline std::string_view bytes_of(const Sha256& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// CRC-32C (Castagnoli; RFC 3720 appendix B.4). To go on with more bytes, hand in the result so
// far. It finds accidents, not forgeries.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t so_far = 0);
// The same without the processor's instruction; public so that a test can compare the two.
[[nodiscard]] std::uint32_t crc32c_portable(std::string_view bytes, std::uint32_t so_far = 0);

// SHA-256 of bytes that come in pieces, such as a file. One thread at a time.
class Sha256Stream {
  public:
    Sha256Stream();
    void update(std::string_view bytes);
    // The digest of all pieces since the start or the last finish(); begins anew.
    [[nodiscard]] Sha256 finish();

  private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

}  // namespace jejak::record
