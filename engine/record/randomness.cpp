#include "engine/record/randomness.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <climits>
#include <cstring>

#include "engine/ensure.hpp"

namespace jejak::record {
namespace {

void draw(std::uint8_t* out, std::size_t size) {
    while (size > 0) {
        const std::size_t now = std::min<std::size_t>(size, INT_MAX);
        ENSURE(RAND_bytes(out, static_cast<int>(now)) == 1);
        out += now;
        size -= now;
    }
}

// Bytes before `used_` have been handed out and are zero.
class Buffer {
  public:
    Buffer() = default;
    ~Buffer() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    void take(std::uint8_t* out, std::size_t size) {
        if (size > bytes_.size() - used_) {
            draw(bytes_.data(), bytes_.size());
            used_ = 0;
        }
        std::memcpy(out, bytes_.data() + used_, size);
        OPENSSL_cleanse(bytes_.data() + used_, size);
        used_ += size;
    }

    static constexpr std::size_t capacity = 4096;

  private:
    std::array<std::uint8_t, capacity> bytes_{};
    std::size_t used_ = capacity;
};

}  // namespace

void fill_random(std::uint8_t* out, std::size_t size) {
    if (size == 0) return;
    if (size > Buffer::capacity / 4) return draw(out, size);
    thread_local Buffer buffer;
    buffer.take(out, size);
}

}  // namespace jejak::record
