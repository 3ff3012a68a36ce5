#include "workflows/organisation/day.hpp"

#include <chrono>
#include <cstdio>

#include "workflows/scoring/period.hpp"

namespace jejak::organisation {

std::optional<Day> parse_day(std::string_view text) {
    if (!scoring::is_date(text)) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) {
        int value = 0;
        for (const char digit : text.substr(at, size))
            value = value * 10 + (digit - '0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

Day day_in_wib(Instant moment) {
    constexpr std::chrono::hours ahead{7};
    const std::chrono::sys_time<std::chrono::microseconds> at{
        std::chrono::microseconds(moment.micros_since_epoch)};
    return {static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(at + ahead).time_since_epoch().count())};
}

std::string to_text(Day day) {
    if (day == open_end) return {};
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.value))};
    const auto two = [](unsigned number) {
        return std::string(number < 10 ? "-0" : "-") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(date.year())) +
           two(static_cast<unsigned>(date.month())) + two(static_cast<unsigned>(date.day()));
}

}  // namespace jejak::organisation
