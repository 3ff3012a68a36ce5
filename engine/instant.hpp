#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak {

// A moment: UTC microseconds since 1970-01-01T00:00:00Z, without leap seconds (as POSIX counts).
// No zone is kept: two texts of one moment are equal.
struct Instant {
    std::int64_t micros_since_epoch = 0;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

// The first and the last moment that text can name: years 0001 to 9999 in UTC.
inline constexpr Instant instant_min{-62'135'596'800'000'000};
inline constexpr Instant instant_max{253'402'300'799'999'999};

// Reads RFC 3339 with a zone, "2026-03-01T08:00:00+07:00" or "2026-03-01T01:00:00Z", with an
// optional fraction of 1 to 6 digits; T and Z may be small letters; surrounding blanks are refused.
// Errors: invalid_input, quoting the text, saying what is wrong and showing a right one: no zone,
// no time, a day that the proleptic Gregorian calendar does not have, second 60, a moment outside
// of instant_min..instant_max.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);

// "2026-03-01T01:00:00Z": always UTC; a fraction only when it is not zero, of 3 digits if they
// suffice, else of 6. parse_instant reads it back exactly inside of instant_min..instant_max.
[[nodiscard]] std::string to_text(Instant instant);

// `days` times 24 hours later (earlier, if negative): the same time of day in any zone without
// summer time. Stops at instant_min and instant_max.
[[nodiscard]] Instant plus_days(Instant instant, int days);

}  // namespace jejak
