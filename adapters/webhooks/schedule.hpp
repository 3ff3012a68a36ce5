#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/instant.hpp"

namespace jejak::webhooks {

// What came of one attempt.
struct Answer {
    unsigned status = 0;      // of the answer; 0: there was none
    std::string trouble;      // why there was none
    std::string retry_after;  // the field, as it came; "" without
};

// How long after an attempt the next follows, the first one included (Standard Webhooks 1.0.0,
// "Deliverability and reliability"): ten attempts in a good three days.
inline constexpr std::array<std::int64_t, 10> attempt_delays_s = {
    0, 5, 300, 1'800, 7'200, 18'000, 36'000, 50'400, 72'000, 86'400};
// No attempt lies further ahead than this: the longest delay and a tenth of it.
inline constexpr std::int64_t attempt_delay_s_max = 95'040;

struct Decision {
    enum class Kind {
        delivered,
        again,  // at next_attempt_at
        dead,   // it was the last attempt
        gone    // 410: the endpoint wants nothing more
    };
    Kind kind{};
    Instant next_attempt_at;  // again
    std::string reason;       // not delivered: "answered 503", "cannot connect: …"

    friend bool operator==(const Decision&, const Decision&) = default;
};

// What follows from the answer to attempt number `attempt`, from 1 on. Delivered is any 2xx; all
// else failed, 3xx too, since nothing is followed. The next attempt comes after the convention's
// delay times 0.9 to 1.1, as `chance` from 0 to 1 says, and not before a Retry-After of 429 or 503
// (RFC 9110, section 10.2.3), which counts up to 24 hours.
[[nodiscard]] Decision decide(std::uint32_t attempt, const Answer& answer, Instant now,
                              double chance);

// Seconds from `now`, of "120" or "Fri, 31 Dec 1999 23:59:59 GMT" (IMF-fixdate; the two obsolete
// forms of a date are not read); none for anything else and for the past.
[[nodiscard]] std::optional<std::int64_t> parse_retry_after(std::string_view field, Instant now);

}  // namespace jejak::webhooks
