#include "adapters/access/rate_limit.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "storage/manual_clock.hpp"

namespace jejak::access {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant start = *parse_instant("2026-11-22T08:00:00Z");

// How many of `attempts` are let through.
int let_through(RateLimiter& limiter, std::string_view key, int attempts) {
    int count = 0;
    for (int i = 0; i < attempts; ++i)
        count += limiter.take(key) ? 0 : 1;
    return count;
}

TEST(RateLimiter, lets_a_burst_through_and_then_says_when_to_come_back) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate);
    EXPECT_EQ(let_through(limiter, "nip:1", 120), 120);
    EXPECT_EQ(limiter.take("nip:1"), seconds(1));
    clock.advance(milliseconds(9));
    EXPECT_EQ(limiter.take("nip:1"), seconds(1));
    clock.advance(milliseconds(1));
    EXPECT_EQ(limiter.take("nip:1"), std::nullopt);
    EXPECT_EQ(limiter.take("nip:1"), seconds(1));
}

TEST(RateLimiter, lets_the_rate_through_in_the_long_run_and_not_one_more) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate);
    int count = 0;
    for (int i = 0; i < 10'000; ++i) {  // ten seconds, a try each millisecond
        count += limiter.take("nip:1") ? 0 : 1;
        clock.advance(milliseconds(1));
    }
    EXPECT_EQ(count, 120 + 999);
}

TEST(RateLimiter, counts_each_key_for_itself) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate);
    EXPECT_EQ(let_through(limiter, "nip:1", 200), 120);
    EXPECT_EQ(let_through(limiter, "nip:2", 200), 120);
}

TEST(RateLimiter, tells_the_whole_time_until_the_next_attempt_at_a_password) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate);
    EXPECT_EQ(let_through(limiter, "192.0.2.1", 11), 10);
    EXPECT_EQ(limiter.wait("192.0.2.1"), seconds(6));
    clock.advance(milliseconds(1));
    EXPECT_EQ(limiter.wait("192.0.2.1"), seconds(6));  // 5.999 s, rounded up
    clock.advance(milliseconds(999));
    EXPECT_EQ(limiter.wait("192.0.2.1"), seconds(5));
    clock.advance(seconds(5));
    EXPECT_EQ(limiter.wait("192.0.2.1"), std::nullopt);
    EXPECT_EQ(limiter.wait("192.0.2.1"), std::nullopt) << "to look takes nothing";
    EXPECT_EQ(let_through(limiter, "192.0.2.1", 5), 1);
    clock.advance(minutes(1));
    EXPECT_EQ(let_through(limiter, "192.0.2.1", 20), 10);
}

TEST(RateLimiter, forgets_keys_whose_bucket_is_full_again) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate);
    for (int i = 0; i < 1'000; ++i)
        (void)limiter.take("nip:" + std::to_string(i));
    (void)let_through(limiter, "nip:7", 50);
    EXPECT_EQ(limiter.key_count(), 1'000u);
    clock.advance(milliseconds(10));
    EXPECT_EQ(limiter.key_count(), 1u);
    clock.advance(milliseconds(500));
    EXPECT_EQ(limiter.key_count(), 0u);
}

TEST(RateLimiter, keeps_an_offender_through_a_flood_of_new_keys) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate, 1'000);
    ASSERT_EQ(let_through(limiter, "offender", 20), 10);
    for (int i = 0; i < 50'000; ++i)
        (void)limiter.take("flood " + std::to_string(i));
    EXPECT_EQ(limiter.key_count(), 1'000u);
    EXPECT_EQ(let_through(limiter, "offender", 20), 0);
}

TEST(RateLimiter, gives_an_offender_back_its_tokens_only_for_as_many_worse_ones) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate, 100);
    ASSERT_EQ(let_through(limiter, "offender", 9), 9);
    for (int i = 0; i < 99; ++i)
        (void)let_through(limiter, "worse " + std::to_string(i), 10);
    EXPECT_EQ(let_through(limiter, "offender", 20), 1) << "99 worse ones do not suffice";
    (void)let_through(limiter, "worse 99", 10);
    EXPECT_EQ(limiter.key_count(), 100u);
}

TEST(RateLimiter, still_counts_who_comes_while_all_places_are_taken_by_worse_ones) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate, 10);
    for (int i = 0; i < 10; ++i)
        (void)let_through(limiter, "worse " + std::to_string(i), 10);
    EXPECT_EQ(let_through(limiter, "new", 20), 10);
}

TEST(RateLimiter, gives_nothing_and_takes_nothing_when_the_clock_steps_back) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate);
    ASSERT_EQ(let_through(limiter, "192.0.2.1", 20), 10);
    for (int i = 0; i < 100; ++i) {
        clock.set(*parse_instant("2020-01-01T00:00:00Z"));
        EXPECT_EQ(limiter.wait("192.0.2.1"), seconds(6));
        clock.set(*parse_instant("2020-01-01T00:00:00Z"));
    }
    clock.advance(seconds(6));
    EXPECT_EQ(let_through(limiter, "192.0.2.1", 20), 1);
}

TEST(RateLimiter, takes_keys_of_any_length) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, failure_rate);
    const std::string one = std::string(100'000, 'x') + "1";
    const std::string other = std::string(100'000, 'x') + "2";
    EXPECT_EQ(let_through(limiter, one, 20), 10);
    EXPECT_EQ(let_through(limiter, other, 20), 10);
    EXPECT_EQ(let_through(limiter, "", 20), 10);
}

// The same again, as a bucket of tokens that a person would write down.
struct PlainBucket {
    std::int64_t micros = 0;  // of a token in the bucket, 120 tokens are full
    bool take(std::int64_t passed) {
        constexpr std::int64_t token = 10'000;
        micros = std::min<std::int64_t>(120 * token, micros + passed);
        if (micros < token) return false;
        micros -= token;
        return true;
    }
};

TEST(RateLimiter, agrees_with_a_plain_bucket_of_tokens_over_random_days) {
    std::mt19937 random(20261122);
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate);
    PlainBucket bucket{1'200'000};
    for (int i = 0; i < 200'000; ++i) {
        const auto passed =
            static_cast<std::int64_t>(random() % (i % 1'000 == 0 ? 3'000'000 : 15'000));
        clock.advance(microseconds(passed));
        ASSERT_EQ(!limiter.take("nip:1"), bucket.take(passed)) << "at try " << i;
    }
}

TEST(RateLimiter, lets_no_more_through_when_threads_ask_at_once) {
    storage::ManualClock clock(start);
    RateLimiter limiter(clock, request_rate, 50);
    std::atomic<int> count = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 2'000; ++i) {
                if (!limiter.take("shared")) ++count;
                (void)limiter.take("own " + std::to_string(t * 10'000 + i));
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(count, 120);
    EXPECT_EQ(limiter.key_count(), 50u);
}

}  // namespace
}  // namespace jejak::access
