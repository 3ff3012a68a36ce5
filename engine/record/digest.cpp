#include "engine/record/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "engine/ensure.hpp"

namespace jejak::record {
namespace {

constexpr std::size_t block_size = 64;  // of SHA-256; the B of RFC 2104

// Fetched once for the process and never freed: threads may still hash while it ends.
const EVP_MD* sha256_method() {
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
    ENSURE(method != nullptr);
    return method;
}

EVP_MD_CTX* new_context() {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ENSURE(context != nullptr);
    // Bound to the method once; starting with no method named then reuses what is there.
    ENSURE(EVP_DigestInit_ex2(context, sha256_method(), nullptr) == 1);
    return context;
}

class DigestContext {
  public:
    DigestContext() : context_(new_context()) {}
    ~DigestContext() { EVP_MD_CTX_free(context_); }
    DigestContext(const DigestContext&) = delete;
    DigestContext& operator=(const DigestContext&) = delete;

    void start() { ENSURE(EVP_DigestInit_ex2(context_, nullptr, nullptr) == 1); }
    void update(const void* bytes, std::size_t size) {
        ENSURE(EVP_DigestUpdate(context_, bytes, size) == 1);
    }
    void update(std::string_view bytes) { update(bytes.data(), bytes.size()); }
    Sha256 finish() {
        Sha256 digest;
        ENSURE(EVP_DigestFinal_ex(context_, digest.data(), nullptr) == 1);
        return digest;
    }

  private:
    EVP_MD_CTX* context_;
};

DigestContext& context_of_this_thread() {
    thread_local DigestContext context;
    return context;
}

// RFC 3720: polynomial 0x1EDC6F41, reflected.
constexpr std::array<std::uint32_t, 256> make_crc32c_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t remainder = byte;
        for (int bit = 0; bit < 8; ++bit) {
            remainder = (remainder >> 1) ^ ((remainder & 1U) != 0 ? 0x82F63B78U : 0U);
        }
        table[byte] = remainder;
    }
    return table;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(std::string_view bytes,
                                                             std::uint32_t so_far) {
    std::uint64_t remainder = ~so_far;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, 8);
        remainder = __builtin_ia32_crc32di(remainder, word);
    }
    auto narrow = static_cast<std::uint32_t>(remainder);
    for (; left > 0; ++at, --left) {
        narrow = __builtin_ia32_crc32qi(narrow, static_cast<std::uint8_t>(*at));
    }
    return ~narrow;
}
#endif

}  // namespace

Sha256 sha256(std::string_view bytes) {
    DigestContext& context = context_of_this_thread();
    context.start();
    context.update(bytes);
    return context.finish();
}

Sha256 sha256(std::initializer_list<std::string_view> parts) {
    DigestContext& context = context_of_this_thread();
    context.start();
    for (const std::string_view part : parts) {
        context.update(part);
    }
    return context.finish();
}

Sha256 hmac_sha256(std::string_view key, std::string_view message) {
    std::array<std::uint8_t, block_size> pad{};
    if (key.size() > block_size) {
        Sha256 shortened = sha256(key);
        std::memcpy(pad.data(), shortened.data(), shortened.size());
        OPENSSL_cleanse(shortened.data(), shortened.size());
    } else if (!key.empty()) {
        std::memcpy(pad.data(), key.data(), key.size());
    }
    for (std::uint8_t& byte : pad) {
        byte ^= 0x36;
    }
    DigestContext& context = context_of_this_thread();
    context.start();
    context.update(pad.data(), pad.size());
    context.update(message);
    const Sha256 inner = context.finish();
    for (std::uint8_t& byte : pad) {
        byte ^= 0x36 ^ 0x5c;
    }
    context.start();
    context.update(pad.data(), pad.size());
    context.update(inner.data(), inner.size());
    OPENSSL_cleanse(pad.data(), pad.size());
    return context.finish();
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           (left.empty() || CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0);
}

std::uint32_t crc32c_portable(std::string_view bytes, std::uint32_t so_far) {
    static constexpr auto table = make_crc32c_table();
    std::uint32_t remainder = ~so_far;
    for (const char byte : bytes) {
        remainder = (remainder >> 8) ^ table[(remainder ^ static_cast<std::uint8_t>(byte)) & 0xFFU];
    }
    return ~remainder;
}

std::uint32_t crc32c(std::string_view bytes, std::uint32_t so_far) {
#if defined(__x86_64__)
    static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
    if (has_instruction) return crc32c_sse42(bytes, so_far);
#endif
    return crc32c_portable(bytes, so_far);
}

void Sha256Stream::Free::operator()(void* context) const {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Sha256Stream::Sha256Stream() : context_(new_context()) {}

void Sha256Stream::update(std::string_view bytes) {
    ENSURE(context_ != nullptr);  // a stream that was moved from
    ENSURE(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), bytes.size()) ==
           1);
}

Sha256 Sha256Stream::finish() {
    ENSURE(context_ != nullptr);
    auto* context = static_cast<EVP_MD_CTX*>(context_.get());
    Sha256 digest;
    ENSURE(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
    ENSURE(EVP_DigestInit_ex2(context, nullptr, nullptr) == 1);
    return digest;
}

}  // namespace jejak::record
