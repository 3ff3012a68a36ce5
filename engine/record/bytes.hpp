#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jejak::record {

// Appends unsigned integers in network order (big-endian) and short texts to a byte string.
class ByteWriter {
  public:
    void u8(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
    void u16(std::uint16_t value) { integer(value, 2); }
    void u32(std::uint32_t value) { integer(value, 4); }
    void u64(std::uint64_t value) { integer(value, 8); }
    void raw(const void* data, std::size_t size) {
        bytes_.append(static_cast<const char*>(data), size);
    }
    // One length byte, then the text. The caller keeps texts within 255 bytes.
    void text8(std::string_view text) {
        u8(static_cast<std::uint8_t>(text.size()));
        raw(text.data(), text.size());
    }
    void reserve(std::size_t size) { bytes_.reserve(size); }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] std::string& bytes() { return bytes_; }

  private:
    void integer(std::uint64_t value, int size) {
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
            bytes_.push_back(static_cast<char>(value >> shift));
        }
    }
    std::string bytes_;
};

// Reads what ByteWriter wrote. Past the end every read gives zeros and `ok()` is false for good.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(integer(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(integer(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
    std::uint64_t u64() { return integer(8); }
    std::string_view raw(std::size_t size) {
        if (rest_.size() < size) {
            ok_ = false;
            rest_ = {};
            return {};
        }
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    template <class Bytes>
    void into(Bytes& out) {
        const auto taken = raw(out.size());
        if (taken.size() == out.size()) taken.copy(reinterpret_cast<char*>(out.data()), out.size());
    }
    std::string_view text8() { return raw(u8()); }
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool ok() const { return ok_; }

  private:
    std::uint64_t integer(std::size_t size) {
        std::uint64_t value = 0;
        for (const char c : raw(size)) value = value << 8 | static_cast<std::uint8_t>(c);
        return value;
    }
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace jejak::record
