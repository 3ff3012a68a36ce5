#include "engine/record/aead.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "engine/ensure.hpp"
#include "engine/record/digest.hpp"
#include "engine/record/randomness.hpp"

namespace jejak::record {
namespace {

enum class Direction : int { decrypt = 0, encrypt = 1 };

const std::uint8_t* octets(std::string_view bytes) {
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}
std::uint8_t* octets(std::string& bytes) {
    return reinterpret_cast<std::uint8_t*>(bytes.data());
}

// Fetched once for the process and never freed: threads may still seal while it ends.
const EVP_CIPHER* gcm_method() {
    static const EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    ENSURE(method != nullptr);
    return method;
}

const EVP_CIPHER* wrap_method() {
    static const EVP_CIPHER* const method = EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr);
    ENSURE(method != nullptr);
    return method;
}

// One cipher in one direction, bound once; start() then only takes a new key and nonce.
// Freeing an OpenSSL context wipes the expanded key in it.
class CipherContext {
  public:
    CipherContext(const EVP_CIPHER* method, Direction direction) : context_(EVP_CIPHER_CTX_new()) {
        ENSURE(context_ != nullptr);
        EVP_CIPHER_CTX_set_flags(context_, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
        ENSURE(EVP_CipherInit_ex2(context_, method, nullptr, nullptr, static_cast<int>(direction),
                                  nullptr) == 1);
    }
    ~CipherContext() { EVP_CIPHER_CTX_free(context_); }
    CipherContext(const CipherContext&) = delete;
    CipherContext& operator=(const CipherContext&) = delete;

    // -1: the direction stays as it was bound.
    void start(const SecretKey& key, const std::uint8_t* nonce) {
        ENSURE(EVP_CipherInit_ex2(context_, nullptr, key.data(), nonce, -1, nullptr) == 1);
    }
    // `out` is null for associated bytes. OpenSSL counts in int, hence the pieces.
    void update(std::uint8_t* out, std::string_view bytes) {
        constexpr std::size_t piece_max = std::size_t{1} << 30;
        while (!bytes.empty()) {
            const std::string_view piece = bytes.substr(0, piece_max);
            int written = 0;
            ENSURE(EVP_CipherUpdate(context_, out, &written, octets(piece),
                                    static_cast<int>(piece.size())) == 1);
            if (out != nullptr) out += piece.size();
            bytes.remove_prefix(piece.size());
        }
    }
    [[nodiscard]] bool finish() {
        std::uint8_t none[EVP_MAX_BLOCK_LENGTH];
        int written = 0;
        return EVP_CipherFinal_ex(context_, none, &written) == 1;
    }
    [[nodiscard]] EVP_CIPHER_CTX* get() { return context_; }

  private:
    EVP_CIPHER_CTX* context_;
};

}  // namespace

SecretKey SecretKey::random() {
    SecretKey key;
    fill_random(key.bytes_.data(), size);
    return key;
}

std::optional<SecretKey> SecretKey::from_bytes(std::string_view bytes) {
    if (bytes.size() != size) return std::nullopt;
    SecretKey key;
    std::memcpy(key.bytes_.data(), bytes.data(), size);
    return key;
}

SecretKey::~SecretKey() {
    OPENSSL_cleanse(bytes_.data(), size);
}

std::string_view SecretKey::bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), size};
}

bool SecretKey::equals(const SecretKey& other) const {
    return equal_in_constant_time(bytes(), other.bytes());
}

Nonce random_nonce() {
    return random_bytes<nonce_size>();
}

void seal_onto(std::string& out, const SecretKey& key, const Nonce& nonce,
               std::string_view associated, std::string_view plaintext) {
    thread_local CipherContext context(gcm_method(), Direction::encrypt);
    const std::size_t begin = out.size();
    out.resize(begin + plaintext.size() + tag_size);
    std::uint8_t* const ciphertext = octets(out) + begin;
    context.start(key, nonce.data());
    context.update(nullptr, associated);
    context.update(ciphertext, plaintext);
    ENSURE(context.finish());
    ENSURE(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_size,
                               ciphertext + plaintext.size()) == 1);
}

std::string seal(const SecretKey& key, const Nonce& nonce, std::string_view associated,
                 std::string_view plaintext) {
    std::string sealed;
    sealed.reserve(plaintext.size() + tag_size);
    seal_onto(sealed, key, nonce, associated, plaintext);
    return sealed;
}

std::optional<std::string> open(const SecretKey& key, const Nonce& nonce,
                                std::string_view associated, std::string_view sealed) {
    if (sealed.size() < tag_size) return std::nullopt;
    thread_local CipherContext context(gcm_method(), Direction::decrypt);
    const std::string_view ciphertext = sealed.substr(0, sealed.size() - tag_size);
    std::array<std::uint8_t, tag_size> tag;
    std::memcpy(tag.data(), sealed.data() + ciphertext.size(), tag_size);
    std::string plaintext(ciphertext.size(), '\0');
    context.start(key, nonce.data());
    context.update(nullptr, associated);
    context.update(octets(plaintext), ciphertext);
    ENSURE(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_size, tag.data()) == 1);
    if (!context.finish()) {
        // Bytes that did not authenticate must not outlive the refusal.
        OPENSSL_cleanse(plaintext.data(), plaintext.size());
        return std::nullopt;
    }
    return plaintext;
}

WrappedKey wrap(const SecretKey& wrapping, const SecretKey& key) {
    thread_local CipherContext context(wrap_method(), Direction::encrypt);
    WrappedKey wrapped;
    int written = 0;
    context.start(wrapping, nullptr);
    ENSURE(EVP_CipherUpdate(context.get(), wrapped.data(), &written, key.data(),
                            static_cast<int>(SecretKey::size)) == 1);
    ENSURE(written == static_cast<int>(wrapped_size));
    return wrapped;
}

std::optional<SecretKey> unwrap(const SecretKey& wrapping, std::string_view wrapped) {
    if (wrapped.size() != wrapped_size) return std::nullopt;
    thread_local CipherContext context(wrap_method(), Direction::decrypt);
    // OpenSSL writes the integrity block too before it looks at it, hence the larger buffer.
    std::array<std::uint8_t, wrapped_size> unwrapped{};
    int written = 0;
    context.start(wrapping, nullptr);
    const bool whole = EVP_CipherUpdate(context.get(), unwrapped.data(), &written, octets(wrapped),
                                        static_cast<int>(wrapped_size)) == 1 &&
                       written == static_cast<int>(SecretKey::size);
    std::optional<SecretKey> key;
    if (whole) {
        key = SecretKey::from_bytes(
            {reinterpret_cast<const char*>(unwrapped.data()), SecretKey::size});
    }
    OPENSSL_cleanse(unwrapped.data(), unwrapped.size());
    return key;
}

}  // namespace jejak::record
