#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "engine/instant.hpp"

namespace jejak::organisation {

// A calendar day of the organisation, as days since 1970-01-01. Letters name days, not moments: in
// which zone a day begins matters only where a clock runs.
struct Day {
    std::int32_t value = 0;
    friend auto operator<=>(const Day&, const Day&) = default;
};
inline constexpr Day open_end{std::numeric_limits<std::int32_t>::max()};

// Waktu Indonesia Barat, Tengah, Timur: UTC+7, +8, +9, without summer time.
enum class Zone : std::uint8_t { wib, wita, wit };

// "2025-06-30"; nothing for what is no day of the calendar.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
[[nodiscard]] std::string to_text(Day day);  // "" for open_end
[[nodiscard]] bool is_weekend(Day day);      // Saturday and Sunday

[[nodiscard]] std::optional<Zone> parse_zone(std::string_view text);  // WIB, WITA, WIT
[[nodiscard]] Day day_of(Instant moment, Zone zone);
// The last moment of a day: 23:59:59.999999 there.
[[nodiscard]] Instant end_of(Day day, Zone zone);
// The day of a moment in the zone of Jakarta (WIB), in which the national calendar is kept.
[[nodiscard]] Day day_in_wib(Instant moment);

}  // namespace jejak::organisation
