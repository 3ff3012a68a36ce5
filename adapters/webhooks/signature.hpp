#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

// Standard Webhooks 1.0.0, "Signature scheme", the symmetric one. Thread-safe.
namespace jejak::webhooks {

// The key that "whsec_<base64>" stands for: 24 to 64 bytes. Errors: invalid_input with the remedy;
// the text is never quoted.
[[nodiscard]] Result<std::string> parse_secret(std::string_view text);

// The field webhook-signature: "v1,<base64 of HMAC-SHA256(key, id.timestamp.body)>", one for each
// key in their order, separated by blanks, so that a receiver verifies with the old secret as with
// the new while it is replaced. Neither `id` nor `timestamp_s` (seconds since 1970) has a full
// stop.
[[nodiscard]] std::string sign(const std::vector<std::string>& keys, std::string_view id,
                               std::int64_t timestamp_s, std::string_view body);

// What a receiver does: whether one of the signatures of the field is by `key`. How old the
// timestamp may be is the receiver's to say.
[[nodiscard]] bool is_signed_with(std::string_view key, std::string_view signatures,
                                  std::string_view id, std::int64_t timestamp_s,
                                  std::string_view body);

}  // namespace jejak::webhooks
