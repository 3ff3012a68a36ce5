#include <gtest/gtest.h>

#include <limits>
#include <thread>
#include <vector>

#include "storage/manual_clock.hpp"
#include "storage/system_clock.hpp"

namespace jejak::storage {
namespace {

using namespace std::chrono_literals;

TEST(SystemClock, shows_the_time_of_day_in_microseconds_of_utc) {
    const auto micros = [] {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    };
    const SystemClock clock;
    const std::int64_t before = micros();
    const Instant now = clock.now();
    const std::int64_t after = micros();
    EXPECT_LE(before, now.micros_since_epoch);
    EXPECT_LE(now.micros_since_epoch, after);
}

TEST(ManualClock, stands_still_until_it_is_moved) {
    const Instant start{1'772'323'200'000'000};
    ManualClock clock(start);
    EXPECT_EQ(clock.now(), start);
    EXPECT_EQ(clock.now(), start);
    EXPECT_EQ(clock.advance(24h).micros_since_epoch, start.micros_since_epoch + 86'400'000'000);
    EXPECT_EQ(clock.now().micros_since_epoch, start.micros_since_epoch + 86'400'000'000);
}

TEST(ManualClock, may_be_set_back) {
    ManualClock clock(Instant{5'000});
    clock.set(Instant{2'000});
    EXPECT_EQ(clock.now(), Instant{2'000});
    EXPECT_EQ(clock.advance(-3ms), Instant{-1'000});
}

TEST(ManualClock, stops_at_the_ends_of_time) {
    constexpr std::chrono::microseconds longest{std::numeric_limits<std::int64_t>::max()};
    ManualClock clock(Instant{0});
    EXPECT_EQ(clock.advance(longest), instant_max);
    EXPECT_EQ(clock.advance(1us), instant_max);
    EXPECT_EQ(clock.advance(-longest), instant_min);
}

TEST(ManualClock, adds_up_what_several_threads_advance) {
    ManualClock clock(Instant{0});
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&clock] {
            for (int step = 0; step < 1'000; ++step)
                clock.advance(3us);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(clock.now(), Instant{12'000});
}

}  // namespace
}  // namespace jejak::storage
