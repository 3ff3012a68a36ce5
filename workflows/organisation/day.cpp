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

bool is_weekend(Day day) {
    const std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day.value))};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::optional<Zone> parse_zone(std::string_view text) {
    if (text == "WIB") return Zone::wib;
    if (text == "WITA") return Zone::wita;
    if (text == "WIT") return Zone::wit;
    return std::nullopt;
}

namespace {

std::chrono::hours ahead_of_utc(Zone zone) {
    return std::chrono::hours(7 + static_cast<int>(zone));
}

}  // namespace

Day day_of(Instant moment, Zone zone) {
    const std::chrono::sys_time<std::chrono::microseconds> at{
        std::chrono::microseconds(moment.micros_since_epoch)};
    return {static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(at + ahead_of_utc(zone)).time_since_epoch().count())};
}

Instant end_of(Day day, Zone zone) {
    const auto next = std::chrono::sys_days(std::chrono::days(day.value) + std::chrono::days(1));
    const std::chrono::sys_time<std::chrono::microseconds> at = next - ahead_of_utc(zone);
    return {at.time_since_epoch().count() - 1};
}

Day day_in_wib(Instant moment) {
    return day_of(moment, Zone::wib);
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
