#include "workflows/scoring/questions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using ::testing::HasSubstr;
using testing::item;
using testing::policy_of;
using testing::small_policy;

TEST(Questions, find_sources_criteria_and_items_by_their_ids) {
    const auto policy = policy_of(testing::bundled_text("lampung-capaian"));
    const std::vector<PlanItem> plan{item("a", "1", "1", ""), item("b", "1", "1", "")};
    EXPECT_EQ(find_source(*policy, "community"), 2U);
    EXPECT_EQ(find_source(*policy, "x"), std::nullopt);
    EXPECT_EQ(find_criterion(*policy, plan, "komitmen"), 1U);
    EXPECT_EQ(find_criterion(*policy, plan, "b"), 6U);
    EXPECT_EQ(find_criterion(*policy, plan, "x"), std::nullopt);
}

TEST(Questions, know_who_rates_what) {
    const auto policy = policy_of(testing::bundled_text("lampung-capaian"));
    const std::uint32_t realisasi = 0, supervisor = 1, community = 2, survei = 3;
    const std::uint32_t komitmen = 1, kepuasan = 4, item_of_plan = 5;
    EXPECT_TRUE(rates(*policy, sample_plan(*policy), supervisor, komitmen));
    EXPECT_TRUE(rates(*policy, sample_plan(*policy), supervisor, item_of_plan));
    EXPECT_TRUE(rates(*policy, sample_plan(*policy), community, komitmen));
    EXPECT_FALSE(rates(*policy, sample_plan(*policy), community, item_of_plan));
    EXPECT_FALSE(rates(*policy, sample_plan(*policy), supervisor, kepuasan));
    EXPECT_FALSE(rates(*policy, sample_plan(*policy), realisasi, item_of_plan));
    EXPECT_TRUE(speaks_to(*policy, sample_plan(*policy), realisasi, item_of_plan));
    EXPECT_TRUE(speaks_to(*policy, sample_plan(*policy), survei, kepuasan));
    EXPECT_FALSE(speaks_to(*policy, sample_plan(*policy), survei, komitmen));
}

TEST(Questions, take_only_ratings_that_lie_on_the_scale) {
    const auto policy = policy_of(small_policy);
    EXPECT_EQ(check_rating(*policy, {}, 0, 0, "4.25").value().compact(), "4.25");
    EXPECT_EQ(check_rating(*policy, {}, 0, 0, "1").value(), 1);
    EXPECT_EQ(check_rating(*policy, {}, 0, 0, "5").value(), 5);
    for (const auto* value : {"0.99", "5.01", "4.255", "-1", "four", "", "4,5"}) {
        EXPECT_FALSE(check_rating(*policy, {}, 0, 0, value)) << value;
    }
    EXPECT_THAT(check_rating(*policy, {}, 0, 0, "6").error().message,
                HasSubstr("rate from 1 to 5 with at most 2 decimals"));
    EXPECT_THAT(check_rating(*policy, {}, 1, 0, "4").error().message, HasSubstr("does not rate"));
    EXPECT_FALSE(check_rating(*policy, {}, 9, 0, "4"));
}

TEST(Questions, let_a_source_and_then_a_criterion_override_the_scale) {
    const auto policy =
        policy_of(small_policy, {{"/bands", ""},
                                 {"/sources/0/scale", R"({"min": "0", "max": "10"})"},
                                 {"/criteria/0/scale", R"({"min": "0", "max": "100"})"}});
    EXPECT_TRUE(check_rating(*policy, {}, 0, 1, "10"));
    EXPECT_FALSE(check_rating(*policy, {}, 1, 1, "10"));
    EXPECT_TRUE(check_rating(*policy, {}, 0, 0, "100"));
}

TEST(Questions, take_only_plans_that_can_be_scored) {
    const auto policy = policy_of(testing::bundled_text("lampung-capaian"));
    const auto faults = [&](std::vector<PlanItem> plan) {
        return check_plan(*policy, plan).value_or("");
    };
    EXPECT_EQ(faults({item("a", "60", "10", ""), item("b", "40", "", "")}), "");
    EXPECT_THAT(faults({}), HasSubstr("wants at least 1"));
    EXPECT_THAT(faults({item("", "1", "1", "")}), HasSubstr("no id"));
    EXPECT_THAT(faults({item("komitmen", "1", "1", "")}), HasSubstr("id of a criterion"));
    EXPECT_THAT(faults({item("a", "0", "1", "")}), HasSubstr("weight that is not above 0"));
    EXPECT_THAT(faults({item("a", "1", "0", "")}), HasSubstr("target that is not above 0"));
    auto range = item("a", "1", "9", "");
    range.target_upper = 8;
    EXPECT_THAT(faults({range}), HasSubstr("target range"));
    EXPECT_THAT(faults({item("a", "1", "1", ""), item("a", "1", "1", "")}), HasSubstr("twice"));
    const auto none = policy_of(small_policy);
    EXPECT_EQ(check_plan(*none, {}), std::nullopt);
    EXPECT_THAT(check_plan(*none, {item("a", "1", "1", "")}).value_or(""), HasSubstr("no items"));
}

TEST(Questions, know_the_titles_of_predicates) {
    const auto bands = policy_of(small_policy);
    EXPECT_EQ(title_of_predicate(*bands, "baik"), (Text{"Baik", "Good"}));
    EXPECT_EQ(title_of_predicate(*bands, ""), std::nullopt);
    const auto matrix = policy_of(testing::bundled_text("sofifi"));
    EXPECT_EQ(title_of_predicate(*matrix, "baik"), (Text{"Baik", "Good"}));
    EXPECT_EQ(title_of_predicate(*matrix, "x"), std::nullopt);
}

}  // namespace
}  // namespace jejak::scoring
