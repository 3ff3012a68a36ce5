#include "engine/instant.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>

namespace jejak {
namespace {

constexpr std::int64_t micros_per_day = 86'400'000'000;

std::int64_t micros_of(const std::string& text) {
    const auto instant = parse_instant(text);
    EXPECT_TRUE(instant.has_value()) << (instant ? "" : instant.error().message);
    return instant ? instant->micros_since_epoch : std::numeric_limits<std::int64_t>::min();
}

// The message of the refusal; "" if the text was accepted.
std::string refusal_of(const std::string& text) {
    const auto instant = parse_instant(text);
    if (instant) return "";
    EXPECT_EQ(instant.error().code, ErrorCode::invalid_input);
    return instant.error().message;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Instant, reads_moments_whose_count_is_known_from_elsewhere) {
    EXPECT_EQ(micros_of("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(micros_of("2026-03-01T01:00:00Z"), 1'772'326'800'000'000);
    EXPECT_EQ(micros_of("2001-09-09T01:46:40Z"), 1'000'000'000'000'000);
    EXPECT_EQ(micros_of("1969-12-31T23:59:59.999999Z"), -1);
    EXPECT_EQ(micros_of("2000-02-29T00:00:00Z"), 951'782'400'000'000);
    EXPECT_EQ(micros_of("0001-01-01T00:00:00Z"), instant_min.micros_since_epoch);
    EXPECT_EQ(micros_of("9999-12-31T23:59:59.999999Z"), instant_max.micros_since_epoch);
}

TEST(Instant, is_the_same_in_every_zone) {
    const std::int64_t moment = micros_of("2026-03-01T01:00:00Z");
    EXPECT_EQ(micros_of("2026-03-01T08:00:00+07:00"), moment);
    EXPECT_EQ(micros_of("2026-03-01T09:00:00+08:00"), moment);
    EXPECT_EQ(micros_of("2026-03-01T10:00:00+09:00"), moment);
    EXPECT_EQ(micros_of("2026-02-28T20:30:00-04:30"), moment);
    EXPECT_EQ(micros_of("2026-03-01t01:00:00z"), moment);
    EXPECT_EQ(micros_of("2026-03-01T01:00:00+00:00"), moment);
    EXPECT_EQ(micros_of("2026-03-01T01:00:00-00:00"), moment);
}

TEST(Instant, reads_a_fraction_of_one_to_six_digits) {
    const std::int64_t second = micros_of("2026-03-01T01:00:00Z");
    EXPECT_EQ(micros_of("2026-03-01T01:00:00.5Z"), second + 500'000);
    EXPECT_EQ(micros_of("2026-03-01T01:00:00.000001Z"), second + 1);
    EXPECT_EQ(micros_of("2026-03-01T01:00:00.120Z"), second + 120'000);
    EXPECT_TRUE(contains(refusal_of("2026-03-01T01:00:00.1234567Z"), "more than 6 digits"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T01:00:00.Z"), "no digits"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T01:00:00,5Z"), "zone was expected"));
}

TEST(Instant, refuses_a_moment_without_a_zone_and_shows_the_zones_of_indonesia) {
    for (const std::string text : {"2026-03-01T08:00:00", "2026-03-01", "2026-03-01T08:00:00.5"}) {
        const std::string message = refusal_of(text);
        EXPECT_TRUE(contains(message, "\"" + text + "\"")) << message;
        EXPECT_TRUE(contains(message, "zone")) << message;
        EXPECT_TRUE(contains(message, "2026-03-01T08:00:00+07:00")) << message;
        EXPECT_TRUE(contains(message, "WIB +07:00, WITA +08:00, WIT +09:00")) << message;
    }
}

TEST(Instant, the_example_in_its_refusals_is_itself_accepted) {
    EXPECT_EQ(refusal_of("2026-03-01T08:00:00+07:00"), "");
}

TEST(Instant, knows_how_many_days_each_month_has) {
    const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
        const std::string begin =
            "2026-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-";
        const int last = days[month - 1];
        EXPECT_EQ(refusal_of(begin + std::to_string(last) + "T00:00:00Z"), "");
        const std::string refused = refusal_of(begin + std::to_string(last + 1) + "T00:00:00Z");
        EXPECT_TRUE(contains(refused, "01.." + std::to_string(last))) << refused;
        EXPECT_NE(refusal_of(begin + "00T00:00:00Z"), "");
    }
    EXPECT_TRUE(contains(refusal_of("2026-00-01T00:00:00Z"), "month"));
    EXPECT_TRUE(contains(refusal_of("2026-13-01T00:00:00Z"), "month"));
}

TEST(Instant, has_29_february_in_leap_years_only) {
    for (const std::string year : {"2024", "2000", "1600", "0004", "2400", "9996"}) {
        EXPECT_EQ(refusal_of(year + "-02-29T00:00:00Z"), "") << year;
        EXPECT_EQ(micros_of(year + "-03-01T00:00:00Z") - micros_of(year + "-02-28T00:00:00Z"),
                  2 * micros_per_day);
    }
    for (const std::string year : {"2026", "1900", "2100", "0001", "0100", "9999"}) {
        EXPECT_TRUE(contains(refusal_of(year + "-02-29T00:00:00Z"), "01..28")) << year;
        EXPECT_EQ(micros_of(year + "-03-01T00:00:00Z") - micros_of(year + "-02-28T00:00:00Z"),
                  micros_per_day);
    }
}

TEST(Instant, refuses_times_that_no_clock_shows) {
    EXPECT_TRUE(contains(refusal_of("2026-03-01T24:00:00Z"), "hour"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T23:60:00Z"), "minute"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T23:59:61Z"), "second"));
    EXPECT_TRUE(contains(refusal_of("2016-12-31T23:59:60Z"), "leap second"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T08:00:00+24:00"), "zone"));
    EXPECT_TRUE(contains(refusal_of("2026-03-01T08:00:00+07:60"), "zone"));
}

TEST(Instant, refuses_other_shapes) {
    for (const std::string text :
         {"", " ", "yesterday", "2026-3-1T08:00:00Z", "26-03-01T08:00:00Z", "2026-03-01 08:00:00Z",
          "2026-03-01T08:00Z", "2026-03-01T8:00:00Z", "2026-03-01T08:00:00+0700",
          "2026-03-01T08:00:00+07", "2026-03-01T08:00:00WIB", "2026-03-01T08:00:00Z ",
          " 2026-03-01T08:00:00Z", "2026-03-01T08:00:00Z+07:00", "+2026-03-01T08:00:00Z",
          "-001-03-01T08:00:00Z", "20260301T080000Z", "01/03/2026 08:00"}) {
        EXPECT_NE(refusal_of(text), "") << text;
    }
    EXPECT_NE(refusal_of(std::string("2026-03-01T08:00:00Z\0", 21)), "");
    EXPECT_NE(refusal_of(std::string("2026-03-01T08:00:00\0", 20)), "");
    EXPECT_LT(refusal_of(std::string(100'000, 'x')).size(), 400u) << "quote a part of a long text";
}

TEST(Instant, quotes_a_long_text_without_cutting_a_letter_in_two) {
    const auto refused = parse_instant(std::string(59, 'x') + "\xC3\xA9");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message.substr(0, 64), "\"" + std::string(59, 'x') + "...\"");
    EXPECT_FALSE(parse_instant(std::string(90, '\x80')));
}

TEST(Instant, refuses_what_leaves_the_four_digit_years_in_utc) {
    EXPECT_TRUE(contains(refusal_of("0000-12-31T23:59:59Z"), "year 0000"));
    EXPECT_TRUE(contains(refusal_of("0001-01-01T00:00:00+07:00"), "0001 to 9999"));
    EXPECT_TRUE(contains(refusal_of("9999-12-31T23:59:59-00:01"), "0001 to 9999"));
    EXPECT_EQ(micros_of("0001-01-01T07:00:00+07:00"), instant_min.micros_since_epoch);
}

TEST(Instant, is_written_in_utc_with_the_shortest_of_no_3_or_6_digits_of_fraction) {
    EXPECT_EQ(to_text(Instant{micros_of("2026-03-01T08:00:00+07:00")}), "2026-03-01T01:00:00Z");
    EXPECT_EQ(to_text(Instant{500'000}), "1970-01-01T00:00:00.500Z");
    EXPECT_EQ(to_text(Instant{1'000}), "1970-01-01T00:00:00.001Z");
    EXPECT_EQ(to_text(Instant{1}), "1970-01-01T00:00:00.000001Z");
    EXPECT_EQ(to_text(Instant{-1}), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(to_text(instant_min), "0001-01-01T00:00:00Z");
    EXPECT_EQ(to_text(instant_max), "9999-12-31T23:59:59.999999Z");
}

TEST(Instant, is_written_even_outside_of_what_text_may_name) {
    EXPECT_EQ(to_text(Instant{instant_min.micros_since_epoch - 1}), "0000-12-31T23:59:59.999999Z");
    EXPECT_EQ(to_text(Instant{instant_max.micros_since_epoch + 1}), "10000-01-01T00:00:00Z");
    EXPECT_EQ(to_text(Instant{std::numeric_limits<std::int64_t>::max()}),
              "294247-01-10T04:00:54.775807Z");
    EXPECT_EQ(to_text(Instant{std::numeric_limits<std::int64_t>::min()}),
              "-290308-12-21T19:59:05.224192Z");
}

TEST(Instant, every_day_of_a_whole_era_and_every_13th_of_the_range_is_ordered_and_reads_back) {
    const std::int64_t era_first = micros_of("1800-01-01T00:00:00Z");
    const std::int64_t era_last = micros_of("2200-12-31T00:00:00Z");
    std::string before;
    std::int64_t at = instant_min.micros_since_epoch;
    while (at <= instant_max.micros_since_epoch) {
        std::string text = to_text(Instant{at});
        ASSERT_LT(before, text);
        const auto back = parse_instant(text);
        ASSERT_TRUE(back.has_value()) << back.error().message;
        ASSERT_EQ(back->micros_since_epoch, at) << text;
        before = std::move(text);
        at += (at >= era_first && at <= era_last ? 1 : 13) * micros_per_day;
    }
    EXPECT_GT(before, "9999-12-18T00:00:00Z");
}

TEST(Instant, any_moment_of_the_range_reads_back_in_any_zone) {
    std::mt19937_64 random(20260301);
    std::uniform_int_distribution<std::int64_t> any(
        instant_min.micros_since_epoch + micros_per_day,
        instant_max.micros_since_epoch - micros_per_day);
    for (int round = 0; round < 100'000; ++round) {
        const Instant instant{any(random)};
        ASSERT_EQ(parse_instant(to_text(instant)).value(), instant);
        const auto shift_minutes = static_cast<std::int64_t>(random() % 1'440);
        std::string shifted =
            to_text(Instant{instant.micros_since_epoch + shift_minutes * 60'000'000});
        shifted.pop_back();
        const std::string hour = std::to_string(100 + shift_minutes / 60).substr(1);
        const std::string minute = std::to_string(100 + shift_minutes % 60).substr(1);
        shifted += "+" + hour + ":" + minute;
        ASSERT_EQ(parse_instant(shifted).value(), instant) << shifted;
    }
}

TEST(Instant, plus_days_keeps_the_time_of_day) {
    const Instant start = parse_instant("2024-02-27T16:30:00.25+07:00").value();
    EXPECT_EQ(to_text(plus_days(start, 0)), "2024-02-27T09:30:00.250Z");
    EXPECT_EQ(to_text(plus_days(start, 2)), "2024-02-29T09:30:00.250Z");
    EXPECT_EQ(to_text(plus_days(start, 3)), "2024-03-01T09:30:00.250Z");
    EXPECT_EQ(to_text(plus_days(start, 366)), "2025-02-27T09:30:00.250Z");
    EXPECT_EQ(plus_days(plus_days(start, 400), -400), start);
}

TEST(Instant, plus_days_stops_at_the_ends_of_the_range) {
    const Instant start = parse_instant("2026-03-01T00:00:00Z").value();
    EXPECT_EQ(plus_days(start, std::numeric_limits<int>::max()), instant_max);
    EXPECT_EQ(plus_days(start, std::numeric_limits<int>::min()), instant_min);
    EXPECT_EQ(plus_days(instant_max, 1), instant_max);
    EXPECT_EQ(plus_days(instant_min, -1), instant_min);
    EXPECT_EQ(plus_days(Instant{std::numeric_limits<std::int64_t>::max()}, 1), instant_max);
    EXPECT_EQ(plus_days(Instant{std::numeric_limits<std::int64_t>::min()}, 0), instant_min);
}

}  // namespace
}  // namespace jejak
