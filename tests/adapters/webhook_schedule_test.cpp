#include <gtest/gtest.h>

#include <numeric>

#include "adapters/webhooks/schedule.hpp"

namespace jejak::webhooks {
namespace {

using Kind = Decision::Kind;
constexpr Instant now{1'772'413'200'000'000};  // 2026-03-02T01:00:00Z

Instant in_s(std::int64_t seconds) {
    return {now.micros_since_epoch + seconds * 1'000'000};
}
Answer answered(unsigned status, const std::string& retry_after = "") {
    return {status, "", retry_after};
}

TEST(WebhookSchedule, takes_any_2xx_for_delivered) {
    EXPECT_EQ(decide(1, answered(200), now, 0.5), (Decision{Kind::delivered, {}, ""}));
    EXPECT_EQ(decide(10, answered(299), now, 0.5).kind, Kind::delivered);
}

TEST(WebhookSchedule, tries_again_after_the_delays_of_the_convention) {
    EXPECT_EQ(decide(1, answered(500), now, 0.5), (Decision{Kind::again, in_s(5), "answered 500"}));
    EXPECT_EQ(decide(2, answered(500), now, 0.5).next_attempt_at, in_s(5 * 60));
    EXPECT_EQ(decide(3, answered(404), now, 0.5).next_attempt_at, in_s(30 * 60));
    EXPECT_EQ(decide(4, answered(199), now, 0.5).next_attempt_at, in_s(2 * 3'600));
    EXPECT_EQ(decide(5, answered(500), now, 0.5).next_attempt_at, in_s(5 * 3'600));
    EXPECT_EQ(decide(6, answered(500), now, 0.5).next_attempt_at, in_s(10 * 3'600));
    EXPECT_EQ(decide(7, answered(500), now, 0.5).next_attempt_at, in_s(14 * 3'600));
    EXPECT_EQ(decide(8, answered(500), now, 0.5).next_attempt_at, in_s(20 * 3'600));
    EXPECT_EQ(decide(9, answered(500), now, 0.5).next_attempt_at, in_s(24 * 3'600));
    // "Time since start" of the last attempt in the convention's table: 75:35:05.
    EXPECT_EQ(std::accumulate(attempt_delays_s.begin(), attempt_delays_s.end(), std::int64_t{0}),
              75 * 3'600 + 35 * 60 + 5);
}

TEST(WebhookSchedule, gives_up_after_the_tenth_attempt) {
    EXPECT_EQ(decide(10, answered(500), now, 0.5), (Decision{Kind::dead, {}, "answered 500"}));
    EXPECT_EQ(decide(10, answered(503, "10"), now, 0.5).kind, Kind::dead);
    EXPECT_EQ(decide(10, Answer{0, "cannot connect: refused", ""}, now, 0.5),
              (Decision{Kind::dead, {}, "cannot connect: refused"}));
}

TEST(WebhookSchedule, spreads_attempts_by_a_tenth_to_both_sides) {
    EXPECT_EQ(decide(2, answered(500), now, 0).next_attempt_at, in_s(270));
    EXPECT_EQ(decide(2, answered(500), now, 1).next_attempt_at, in_s(330));
    EXPECT_EQ(decide(9, answered(500), now, 1).next_attempt_at, in_s(attempt_delay_s_max));
}

TEST(WebhookSchedule, follows_no_redirect) {
    EXPECT_EQ(decide(1, answered(301), now, 0.5), (Decision{Kind::again, in_s(5), "answered 301"}));
    EXPECT_EQ(decide(1, answered(304), now, 0.5).kind, Kind::again);
}

TEST(WebhookSchedule, ends_when_the_endpoint_is_gone) {
    EXPECT_EQ(decide(1, answered(410), now, 0.5).kind, Kind::gone);
    EXPECT_EQ(decide(10, answered(410), now, 0.5).kind, Kind::gone);
}

TEST(WebhookSchedule, waits_as_long_as_it_is_asked_to_but_no_longer_than_a_day) {
    EXPECT_EQ(decide(1, answered(429, "120"), now, 0.5).next_attempt_at, in_s(120));
    EXPECT_EQ(decide(1, answered(503, "Mon, 02 Mar 2026 01:10:00 GMT"), now, 0.5).next_attempt_at,
              in_s(600));
    EXPECT_EQ(decide(1, answered(503, "999999"), now, 0.5).next_attempt_at, in_s(86'400));
    EXPECT_EQ(decide(1, answered(503, "99999999999999999999"), now, 0.5).next_attempt_at,
              in_s(86'400));
    EXPECT_EQ(decide(4, answered(503, "120"), now, 0.5).next_attempt_at, in_s(2 * 3'600))
        << "an endpoint can ask for more time, not for attempts in quick succession";
    EXPECT_EQ(decide(1, answered(500, "120"), now, 0.5).next_attempt_at, in_s(5));
}

TEST(WebhookSchedule, reads_retry_after_as_seconds_or_as_a_date) {
    EXPECT_EQ(parse_retry_after("0", now), std::nullopt);
    EXPECT_EQ(parse_retry_after("7", now), 7);
    EXPECT_EQ(parse_retry_after("Mon, 02 Mar 2026 01:00:07 GMT", now), 7);
    for (const std::string_view nothing :
         {"", "-7", "7s", " 7", "soon", "-99999999999999999999", "Mon, 02 Mar 2026 00:59:59 GMT",
          "Mon, 02 Mrz 2026 01:00:07 GMT", "Mon, 99 Mar 2026 01:00:07 GMT",
          "Mon, 02 Mar 2026 01:00:07 UTC", "Monday, 02-Mar-26 01:00:07 GMT"}) {
        EXPECT_EQ(parse_retry_after(nothing, now), std::nullopt) << nothing;
    }
}

}  // namespace
}  // namespace jejak::webhooks
