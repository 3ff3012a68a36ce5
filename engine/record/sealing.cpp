// sealed bytes = 0x01 nonce[12] ciphertext tag[16]      ; 0x01: AES-256-GCM
// bound to     = envelope bytes, 0x00, field path        ; authenticated, not contained
// The key is the owner's; the owner stands beside the bytes (engine/record/archive.hpp, Personal).
#include "engine/record/sealing.hpp"

#include <algorithm>

#include "engine/ensure.hpp"
#include "engine/record/aead.hpp"
#include "engine/record/digest.hpp"

namespace jejak::record {
namespace {

constexpr char aes_256_gcm = 0x01;

SecretKey secret_of(const KeyBytes& key) {
    auto secret = SecretKey::from_bytes({reinterpret_cast<const char*>(key.data()), key.size()});
    ENSURE(secret.has_value());
    return *secret;
}

std::string_view view_of(const KeyBytes& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string bound_bytes(std::string_view binding, std::string_view field_path) {
    std::string bound;
    bound.reserve(binding.size() + 1 + field_path.size());
    bound.append(binding).push_back('\0');
    return bound.append(field_path);
}

}  // namespace

void seal(Personal& field, const KeyBytes& key, std::string_view binding,
          std::string_view field_path) {
    if (field.state != Personal::State::open) return;
    const Nonce nonce = random_nonce();
    std::string sealed;
    sealed.reserve(1 + nonce_size + field.bytes.size() + tag_size);
    sealed.push_back(aes_256_gcm);
    sealed.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
    seal_onto(sealed, secret_of(key), nonce, bound_bytes(binding, field_path), field.bytes);
    field.bytes = std::move(sealed);
    field.state = Personal::State::sealed;
}

Result<std::string> open(const Personal& field, const KeyBytes& key, std::string_view binding,
                         std::string_view field_path) {
    if (field.state == Personal::State::empty) return std::string();
    if (field.state == Personal::State::open) return field.bytes;
    const auto damaged = [&] {
        return error(ErrorCode::corruption, "the sealed field \"" + std::string(field_path) +
                                                "\" does not open with its owner's key");
    };
    if (field.bytes.size() < 1 + nonce_size + tag_size || field.bytes[0] != aes_256_gcm) {
        return damaged();
    }
    Nonce nonce;
    std::copy_n(field.bytes.begin() + 1, nonce_size, reinterpret_cast<char*>(nonce.data()));
    auto words = open(secret_of(key), nonce, bound_bytes(binding, field_path),
                      std::string_view(field.bytes).substr(1 + nonce_size));
    if (!words) return damaged();
    return std::move(*words);
}

Handle handle_of(const KeyBytes& log_secret, const StreamId& stream, PersonId person) {
    const Sha256 stream_key = keyed_digest(log_secret, "stream", stream.text());
    const Sha256 digest =
        hmac_sha256(bytes_of(stream_key),
                    {reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size()});
    Handle handle;
    std::copy_n(digest.begin(), handle.bytes.size(), handle.bytes.begin());
    return handle;
}

Sha256 keyed_digest(const KeyBytes& log_secret, std::string_view purpose, std::string_view text) {
    std::string message;
    message.reserve(purpose.size() + 1 + text.size());
    message.append(purpose).push_back('\0');
    message.append(text);
    return hmac_sha256(view_of(log_secret), message);
}

}  // namespace jejak::record
