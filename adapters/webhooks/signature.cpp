#include "adapters/webhooks/signature.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "adapters/auth/base64url.hpp"
#include "engine/record/digest.hpp"

// GCC 12 warns of bounds of texts that it has folded itself (its bug 105651).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Warray-bounds"
#pragma GCC diagnostic ignored "-Wstringop-overflow"
#pragma GCC diagnostic ignored "-Wstringop-overread"
#endif

namespace jejak::webhooks {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::size_t key_size_min = 24;
constexpr std::size_t key_size_max = 64;

// RFC 4648, section 4.
std::string base64_of(const Sha256& digest) {
    std::array<unsigned char, 48> text{};
    const int size = EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return {text.begin(), text.begin() + size};
}

std::string one_signature(std::string_view key, std::string_view id, std::int64_t timestamp_s,
                          std::string_view body) {
    std::string content(id);
    content += '.' + std::to_string(timestamp_s) + '.';
    content += body;
    return "v1," + base64_of(record::hmac_sha256(key, content));
}

Error wrong_secret(std::string_view what) {
    return error(ErrorCode::invalid_input,
                 std::string(what) + "; make a secret with: echo whsec_$(openssl rand -base64 32)");
}

}  // namespace

Result<std::string> parse_secret(std::string_view text) {
    if (!text.starts_with(secret_prefix)) return wrong_secret("does not begin with whsec_");
    text.remove_prefix(secret_prefix.size());
    if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) {
        return wrong_secret("is not base64 with its padding");
    }
    std::string url_text(text);
    for (int padding = 0; padding < 2 && url_text.ends_with('='); ++padding)
        url_text.pop_back();
    std::replace(url_text.begin(), url_text.end(), '+', '-');
    std::replace(url_text.begin(), url_text.end(), '/', '_');
    auto key = auth::from_base64url(url_text);
    if (!key) return wrong_secret("is not base64");
    if (key->size() < key_size_min || key->size() > key_size_max) {
        return wrong_secret("is a key of " + std::to_string(key->size()) +
                            " bytes, not of 24 to 64");
    }
    return std::move(*key);
}

std::string sign(const std::vector<std::string>& keys, std::string_view id,
                 std::int64_t timestamp_s, std::string_view body) {
    std::string field;
    for (const std::string& key : keys) {
        if (!field.empty()) field += ' ';
        field += one_signature(key, id, timestamp_s, body);
    }
    return field;
}

bool is_signed_with(std::string_view key, std::string_view signatures, std::string_view id,
                    std::int64_t timestamp_s, std::string_view body) {
    const std::string expected = one_signature(key, id, timestamp_s, body);
    bool found = false;
    while (!signatures.empty()) {
        const auto end = std::min(signatures.find(' '), signatures.size());
        found = record::equal_in_constant_time(signatures.substr(0, end), expected) || found;
        signatures.remove_prefix(std::min(end + 1, signatures.size()));
    }
    return found;
}

}  // namespace jejak::webhooks
