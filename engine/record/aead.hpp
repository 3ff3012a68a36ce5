#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Sealing of bytes under a key, and of keys under a key. Any thread at once; each keeps its own
// OpenSSL contexts, in which the expanded key of its last call stays until the next one or the
// thread's end.
namespace jejak::record {

// 32 bytes that nobody else may see: for AES-256 or HMAC. Every copy wipes itself at its end.
class SecretKey {
  public:
    static constexpr std::size_t size = 32;

    [[nodiscard]] static SecretKey random();
    // Nothing unless `bytes` are exactly 32. The caller wipes its own copy of the bytes.
    [[nodiscard]] static std::optional<SecretKey> from_bytes(std::string_view bytes);

    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    // Valid as long as the key is.
    [[nodiscard]] std::string_view bytes() const;
    [[nodiscard]] const std::uint8_t* data() const { return bytes_.data(); }
    [[nodiscard]] friend bool operator==(const SecretKey& left, const SecretKey& right) {
        return left.equals(right);
    }

  private:
    SecretKey() = default;
    [[nodiscard]] bool equals(const SecretKey& other) const;
    std::array<std::uint8_t, size> bytes_{};
};

// AES-256-GCM (NIST SP 800-38D). The same nonce MUST NOT be used twice under one key; random ones
// are safe for 2^32 messages a key.
inline constexpr std::size_t nonce_size = 12;
inline constexpr std::size_t tag_size = 16;
using Nonce = std::array<std::uint8_t, nonce_size>;
[[nodiscard]] Nonce random_nonce();

// ciphertext || tag[16]; `associated` is bound to it but not contained.
[[nodiscard]] std::string seal(const SecretKey& key, const Nonce& nonce,
                               std::string_view associated, std::string_view plaintext);
// The same, put behind what `out` already holds. `plaintext` must not point into `out`.
void seal_onto(std::string& out, const SecretKey& key, const Nonce& nonce,
               std::string_view associated, std::string_view plaintext);
// The plaintext; nothing when key, nonce, associated bytes or a single sealed bit differ from
// those at sealing (which of them cannot be known), or when the tag is not whole.
[[nodiscard]] std::optional<std::string> open(const SecretKey& key, const Nonce& nonce,
                                              std::string_view associated, std::string_view sealed);

// AES-256-KW (RFC 3394): a key under a key, without a nonce; the same pair gives the same bytes.
inline constexpr std::size_t wrapped_size = 40;
using WrappedKey = std::array<std::uint8_t, wrapped_size>;
[[nodiscard]] WrappedKey wrap(const SecretKey& wrapping, const SecretKey& key);
// Nothing when `wrapped` is not 40 bytes, or was not wrapped under this key, or was changed.
[[nodiscard]] std::optional<SecretKey> unwrap(const SecretKey& wrapping, std::string_view wrapped);

}  // namespace jejak::record
