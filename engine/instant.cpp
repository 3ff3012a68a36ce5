#include "engine/instant.hpp"

#include <algorithm>
#include <optional>

namespace jejak {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;

struct CivilDate {
    std::int64_t year;
    unsigned month;  // 1..12
    unsigned day;    // 1..31
};

// Both ways between a proleptic Gregorian date and the days since 1970-01-01, in eras of 400 years
// that begin on 1 March: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
constexpr std::int64_t days_from_civil(CivilDate date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month_from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146'097 + day_of_era - 719'468;
}

constexpr CivilDate civil_from_days(std::int64_t days) {
    const std::int64_t shifted = days + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t day_of_era = shifted - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const auto day = static_cast<unsigned>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    const auto month =
        static_cast<unsigned>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

static_assert(days_from_civil({1, 1, 1}) * micros_per_day == instant_min.micros_since_epoch);
static_assert((days_from_civil({9999, 12, 31}) + 1) * micros_per_day - 1 ==
              instant_max.micros_since_epoch);

unsigned days_of_month(int year, int month) {
    if (month == 2) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

Error refusal(std::string_view text, std::string_view reason) {
    constexpr std::size_t quoted_max = 60;
    std::size_t size = std::min(text.size(), quoted_max);
    const auto continues = [&] {
        return (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U;
    };
    while (size > 0 && size < text.size() && continues())
        --size;  // not within a UTF-8 character
    std::string message = "\"" + std::string(text.substr(0, size));
    message += text.size() > quoted_max ? "...\"" : "\"";
    message += " is not a moment: " + std::string(reason) +
               "; write it as 2026-03-01T08:00:00+07:00 (zone: WIB +07:00, WITA +08:00, "
               "WIT +09:00, or Z for UTC)";
    return error(ErrorCode::invalid_input, std::move(message));
}

// Takes characters from the front of a text.
class Cursor {
  public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

    bool take(char wanted) {
        if (peek() != wanted || rest_.empty()) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::optional<int> take_digit() {
        if (peek() < '0' || peek() > '9') return std::nullopt;
        const int digit = rest_.front() - '0';
        rest_.remove_prefix(1);
        return digit;
    }
    std::optional<int> take_number(int digits) {
        int number = 0;
        for (int index = 0; index < digits; ++index) {
            const auto digit = take_digit();
            if (!digit) return std::nullopt;
            number = number * 10 + *digit;
        }
        return number;
    }

  private:
    std::string_view rest_;
};

// Each of these returns the reason why the text is refused as `reason`, or a value.
template <class T>
struct Part {
    T value{};
    std::string reason{};
};

Part<std::int64_t> take_days(Cursor& cursor) {
    const auto year = cursor.take_number(4);
    const bool first_dash = year && cursor.take('-');
    const auto month = first_dash ? cursor.take_number(2) : std::nullopt;
    const bool second_dash = month && cursor.take('-');
    const auto day = second_dash ? cursor.take_number(2) : std::nullopt;
    if (!day) return {0, "it does not begin with a date of the form year-month-day"};
    if (*year == 0) return {0, "there is no year 0000"};
    if (*month < 1 || *month > 12) return {0, "the month is not in 01..12"};
    const unsigned last = days_of_month(*year, *month);
    if (*day < 1 || static_cast<unsigned>(*day) > last) {
        return {0, "the day is not in 01.." + std::to_string(last) + ", which that month has"};
    }
    return {days_from_civil({*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)}),
            {}};
}

Part<std::int64_t> take_fraction_micros(Cursor& cursor) {
    if (!cursor.take('.')) return {};
    std::int64_t micros = 0;
    int digits = 0;
    while (const auto digit = cursor.take_digit()) {
        if (++digits > 6) return {0, "the fraction of the second has more than 6 digits"};
        micros = micros * 10 + *digit;
    }
    if (digits == 0) return {0, "there are no digits after the decimal point of the second"};
    for (; digits < 6; ++digits) {
        micros *= 10;
    }
    return {micros, {}};
}

Part<std::int64_t> take_time_micros(Cursor& cursor) {
    const auto hour = cursor.take_number(2);
    const bool first_colon = hour && cursor.take(':');
    const auto minute = first_colon ? cursor.take_number(2) : std::nullopt;
    const bool second_colon = minute && cursor.take(':');
    const auto second = second_colon ? cursor.take_number(2) : std::nullopt;
    if (!second) return {0, "the time is not of the form hour:minute:second"};
    if (*hour > 23) return {0, "the hour is not in 00..23"};
    if (*minute > 59) return {0, "the minute is not in 00..59"};
    if (*second == 60) {
        return {0, "second 60 is a leap second, which the log's clock does not count; use 59"};
    }
    if (*second > 59) return {0, "the second is not in 00..59"};
    const auto fraction = take_fraction_micros(cursor);
    const std::int64_t seconds = (*hour * 60 + *minute) * 60 + *second;
    return {seconds * micros_per_second + fraction.value, fraction.reason};
}

// How much the zone's clock is ahead of UTC.
Part<std::int64_t> take_zone_micros(Cursor& cursor) {
    if (cursor.at_end()) return {0, "it has no zone"};
    if (cursor.take('Z') || cursor.take('z')) return {};
    const bool west = cursor.peek() == '-';
    if (!cursor.take('+') && !cursor.take('-')) {
        return {0, "a zone was expected after the seconds"};
    }
    const auto hour = cursor.take_number(2);
    const bool colon = hour && cursor.take(':');
    const auto minute = colon ? cursor.take_number(2) : std::nullopt;
    if (!minute) return {0, "the zone is not of the form +hour:minute"};
    if (*hour > 23 || *minute > 59) return {0, "the zone is not in -23:59..+23:59"};
    const std::int64_t micros = (*hour * 60 + *minute) * 60 * micros_per_second;
    return {west ? -micros : micros, {}};
}

// `count` digits, with leading zeros, at the end of `out`.
void append_padded(std::string& out, std::int64_t number, std::size_t count) {
    const std::string digits = std::to_string(number);
    out.append(digits.size() < count ? count - digits.size() : 0, '0');
    out += digits;
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    if (text.empty()) return refusal(text, "it is empty");
    Cursor cursor(text);
    const auto days = take_days(cursor);
    if (!days.reason.empty()) return refusal(text, days.reason);
    if (cursor.at_end()) return refusal(text, "it is a date without time and zone");
    if (!cursor.take('T') && !cursor.take('t')) {
        return refusal(text, "a T was expected between date and time");
    }
    const auto time = take_time_micros(cursor);
    if (!time.reason.empty()) return refusal(text, time.reason);
    const auto zone = take_zone_micros(cursor);
    if (!zone.reason.empty()) return refusal(text, zone.reason);
    if (!cursor.at_end()) return refusal(text, "there is more text after the zone");
    const Instant instant{days.value * micros_per_day + time.value - zone.value};
    if (instant < instant_min || instant > instant_max) {
        return refusal(text, "in UTC it lies outside of the years 0001 to 9999");
    }
    return instant;
}

std::string to_text(Instant instant) {
    std::int64_t days = instant.micros_since_epoch / micros_per_day;
    std::int64_t micros = instant.micros_since_epoch % micros_per_day;
    if (micros < 0) {
        micros += micros_per_day;
        --days;
    }
    const CivilDate date = civil_from_days(days);
    const std::int64_t seconds = micros / micros_per_second;
    const std::int64_t fraction = micros % micros_per_second;
    std::string text = date.year < 0 ? "-" : "";
    append_padded(text, date.year < 0 ? -date.year : date.year, 4);
    append_padded(text += '-', date.month, 2);
    append_padded(text += '-', date.day, 2);
    append_padded(text += 'T', seconds / 3'600, 2);
    append_padded(text += ':', seconds / 60 % 60, 2);
    append_padded(text += ':', seconds % 60, 2);
    if (fraction % 1'000 != 0) {
        append_padded(text += '.', fraction, 6);
    } else if (fraction != 0) {
        append_padded(text += '.', fraction / 1'000, 3);
    }
    return text += 'Z';
}

Instant plus_days(Instant instant, int days) {
    // Clamped first, so that the sum cannot overflow: 2^31 days are 2^67 microseconds.
    const Instant from = std::clamp(instant, instant_min, instant_max);
    const std::int64_t wanted = days;
    const std::int64_t span_days =
        (instant_max.micros_since_epoch - instant_min.micros_since_epoch) / micros_per_day + 1;
    const std::int64_t moved = std::clamp(wanted, -span_days, span_days);
    return std::clamp(Instant{from.micros_since_epoch + moved * micros_per_day}, instant_min,
                      instant_max);
}

}  // namespace jejak
