#include "engine/record/randomness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace jejak::record {
namespace {

TEST(Randomness, fills_every_size_and_nothing_beyond_it) {
    for (const std::size_t size : {0U, 1U, 15U, 16U, 1024U, 1025U, 4095U, 4096U, 4097U, 20'000U}) {
        std::vector<std::uint8_t> bytes(size + 2, 0);
        fill_random(bytes.data() + 1, size);
        EXPECT_EQ(bytes.front(), 0) << size;
        EXPECT_EQ(bytes.back(), 0) << size;
        // Of n random bytes n/256 are zero; half of them being so is never chance.
        if (size >= 16) {
            EXPECT_LT(std::count(bytes.begin(), bytes.end(), 0), static_cast<long>(size / 2 + 2));
        }
    }
}

TEST(Randomness, does_not_repeat_itself_across_refills_and_threads) {
    constexpr std::size_t draws = 2'000;  // 32 KB a thread: eight buffers full
    std::vector<std::vector<std::array<std::uint8_t, 16>>> drawn(3);
    std::vector<std::thread> threads;
    for (auto& mine : drawn) {
        threads.emplace_back([&mine] {
            for (std::size_t i = 0; i < draws; ++i) {
                mine.push_back(random_bytes<16>());
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::set<std::array<std::uint8_t, 16>> distinct;
    for (const auto& mine : drawn) {
        distinct.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(distinct.size(), drawn.size() * draws);
}

TEST(Randomness, sets_about_half_of_the_bits) {
    long ones = 0;
    constexpr long bytes = 100'000;
    for (long i = 0; i < bytes / 20; ++i) {
        for (const std::uint8_t byte : random_bytes<20>()) {
            ones += std::popcount(byte);
        }
    }
    // Standard deviation of 800,000 fair coins: 447. Ten of them are never chance.
    EXPECT_NEAR(static_cast<double>(ones), bytes * 4.0, 4'470.0);
}

}  // namespace
}  // namespace jejak::record
