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

// "2025-06-30"; nothing for what is no day of the calendar.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
// The day of a moment in the zone of Jakarta (WIB), in which the national calendar is kept.
[[nodiscard]] Day day_in_wib(Instant moment);
[[nodiscard]] std::string to_text(Day day);  // "" for open_end

}  // namespace jejak::organisation
