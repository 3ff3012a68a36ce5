// Which time a period means, and which policy is for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"
#include "workflows/scoring/period.hpp"

namespace jejak::scoring {
namespace {

using ::testing::HasSubstr;
using testing::policy_of;
using testing::small_policy;

TEST(Periods, are_years_halves_quarters_months_days_and_from_to) {
    const auto means = [](const char* text, const char* from, const char* until, unsigned months) {
        const auto period = parse_period(text);
        ASSERT_TRUE(period) << text;
        EXPECT_EQ(*period, (Period{from, until})) << text;
        EXPECT_EQ(months_of(*period), months) << text;
    };
    means("2025", "2025-01-01", "2025-12-31", 12);
    means("2021-H2", "2021-07-01", "2021-12-31", 6);
    means("2024-Q1", "2024-01-01", "2024-03-31", 3);
    means("2024-02", "2024-02-01", "2024-02-29", 1);
    means("2023-11..2024-02", "2023-11-01", "2024-02-29", 4);
    means("2025-07-15..2025-12-31", "2025-07-15", "2025-12-31", 6);
    for (const char* text : {"", "25", "2025-Q5", "2025-H0", "2025-13", "2025-02-30", "2025-2",
                             "2025..2024", "tahun 2025", "2025-Q1x", "2025-01-01T00"}) {
        EXPECT_FALSE(parse_period(text)) << text;
    }
}

std::shared_ptr<const Policy> applying(const char* id, const char* applies) {
    return policy_of(small_policy,
                     {{"/policy", "\"" + std::string(id) + "\""}, {"/applies", applies}});
}

TEST(Policies, are_chosen_by_the_time_and_the_narrowest_scope_and_the_latest_begin) {
    const std::vector<std::shared_ptr<const Policy>> all = {
        policy_of(small_policy),  // says nothing: never chosen
        applying("nasional", R"({"from": "2022-01-01"})"),
        applying("nasional-2026", R"({"from": "2026-01-01"})"),
        applying("dinas", R"({"from": "2022-01-01", "units": ["dinkes"]})"),
        applying("triwulan", R"({"from": "2022-01-01", "kinds": ["quarterly"]})")};
    const auto chosen = [&](const char* period, const char* unit, const char* kind) {
        const auto policy = choose_policy(all, period, unit, kind);
        return policy ? (*policy)->id : policy.error().message;
    };
    EXPECT_EQ(chosen("2025", "dinsos", "annual"), "nasional");
    EXPECT_EQ(chosen("2026", "dinsos", "annual"), "nasional-2026");
    EXPECT_EQ(chosen("2026", "dinkes", "annual"), "dinas");
    EXPECT_EQ(chosen("2026-Q1", "dinsos", "quarterly"), "triwulan");
    EXPECT_EQ(chosen("2025-07..2026-06", "dinsos", "annual"), "nasional");
    EXPECT_THAT(chosen("2021", "dinsos", "annual"), HasSubstr("no published policy applies"));
    EXPECT_THAT(chosen("kapan", "dinsos", "annual"), HasSubstr("says no time"));
    auto twins = all;
    twins.push_back(applying("kembar", R"({"from": "2026-01-01"})"));
    EXPECT_THAT(choose_policy(twins, "2026", "dinsos", "annual").error().message,
                HasSubstr("both apply"));
}

TEST(Policies, that_say_nothing_are_for_everything) {
    EXPECT_TRUE(applies_to(*policy_of(small_policy), "kapan saja", "x", "y"));
    EXPECT_FALSE(applies_to(*applying("a", R"({"from": "2022-01-01"})"), "kapan saja", "x", "y"));
}

}  // namespace
}  // namespace jejak::scoring
