#include "workflows/scoring/evaluate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using testing::changed;
using ::testing::HasSubstr;
using testing::number;
using testing::policy_of;
using testing::Ratings;
using testing::small_policy;

TEST(Evaluate, lets_a_source_in_from_its_minimum_of_raters_on) {
    const auto policy = policy_of(small_policy);
    Ratings ratings(*policy);
    ratings.by("supervisor", {{"mutu", "4"}, {"kerja_sama", "4"}, {"komunikasi", "4"}})
        .by("peer", {{"kerja_sama", "1"}, {"komunikasi", "1"}})
        .by("peer", {{"kerja_sama", "1"}, {"komunikasi", "1"}});
    EXPECT_EQ(ratings.shown(), "4.00 baik") << "two peers of three: the superior alone";
    for (const auto& step : ratings.outcome().derivation.missing) {
        EXPECT_EQ(step, (MissingStep{"source", step.criterion, "peer", 2, 3, "renormalise"}));
    }
    ratings.by("peer", {{"kerja_sama", "1"}});
    // kerja_sama (75*4 + 25*1)/100 = 3.25, komunikasi 4; perilaku 3.625; 0.6*4 + 0.4*3.625 = 3.85
    EXPECT_EQ(ratings.shown(), "3.85 cukup") << "a third peer for one criterion";
}

TEST(Evaluate, never_shows_the_sum_of_a_source_with_too_few_raters) {
    const auto policy = policy_of(small_policy, {{"/sources/1/weight", "\"0\""}});
    const auto out =
        Ratings(*policy)
            .by("supervisor", {{"mutu", "4"}, {"kerja_sama", "4"}, {"komunikasi", "4"}})
            .by("peer", {{"kerja_sama", "1"}})
            .outcome();
    for (const auto& group : out.derivation.groups) {
        for (const auto& criterion : group.criteria)
            EXPECT_EQ(criterion.sources.size(), 1U);
    }
}

TEST(Evaluate, shows_a_source_of_weight_zero_without_scoring_it) {
    const auto policy = policy_of(
        small_policy,
        {{"/sources/1/weight", "\"0\""}, {"/sources/1/minimum", "1"}, {"/missing", "\"refuse\""}});
    Ratings ratings(*policy);
    ratings.by("supervisor", {{"mutu", "4"}, {"kerja_sama", "4"}, {"komunikasi", "4"}});
    EXPECT_EQ(ratings.shown(), "4.00 baik") << "its absence is not missed";
    ratings.by("peer", {{"kerja_sama", "1"}});
    const auto out = ratings.outcome();
    EXPECT_EQ(out.score_text, "4.00");
    EXPECT_EQ(out.derivation.groups[1].criteria[0].sources[1],
              (SourceLine{"peer", 1, "1", "1", "1", "0"}));
}

struct MissingCase {
    const char *source, *criterion, *expected;
};

TEST(Evaluate, follows_the_rules_for_what_is_missing) {
    const auto rating = [](const Policy& policy) {
        return Ratings(policy).by("supervisor", {{"mutu", "4"}, {"kerja_sama", "4"}});
    };
    const auto base = changed(small_policy, {{"/bands/1/from", "\"0\""}});
    const MissingCase cases[] = {
        {"renormalise", "renormalise", "4.00 baik"},
        // komunikasi 0: perilaku 2; 0.6*4 + 0.4*2
        {"renormalise", "zero", "3.20 cukup"},
        // kerja_sama 75*4/100 = 3, komunikasi 0: perilaku 1.5; 2.4 + 0.6
        {"zero", "zero", "3.00 cukup"},
        // komunikasi left out: perilaku 3; 2.4 + 1.2
        {"zero", "renormalise", "3.60 cukup"},
    };
    for (const auto& c : cases) {
        const auto policy =
            policy_of(base, {{"/missing/source", '"' + std::string(c.source) + '"'},
                             {"/missing/criterion", '"' + std::string(c.criterion) + '"'}});
        EXPECT_EQ(rating(*policy).shown(), c.expected) << c.source << ", " << c.criterion;
    }
    const auto refusing = policy_of(base, {{"/missing/criterion", "\"refuse\""}});
    EXPECT_EQ(
        rating(*refusing).missing(),
        "criterion komunikasi has no source with enough raters (supervisor: 0 of 1, peer: 0 of 3)");
    const auto strict = policy_of(base, {{"/missing", "\"refuse\""}});
    EXPECT_EQ(rating(*strict).missing(),
              "criterion kerja_sama lacks a source with enough raters (peer: 0 of 3); criterion "
              "komunikasi has no source with enough raters (supervisor: 0 of 1, peer: 0 of 3)");
}

TEST(Evaluate, gives_the_weight_of_a_group_without_scores_to_the_others) {
    const auto policy = policy_of(small_policy, {{"/missing", "\"renormalise\""}});
    const auto out = Ratings(*policy).by("supervisor", {{"mutu", "4.5"}}).outcome();
    EXPECT_EQ(out.score_text, "4.50");
    EXPECT_EQ(out.derivation.groups[1].score, std::nullopt);
    EXPECT_EQ(out.derivation.missing.back(),
              (MissingStep{"group", "perilaku", "", 0, 0, "renormalise"}));
    EXPECT_EQ(Ratings(*policy).missing(), "the score nothing was rated");
}

TEST(Evaluate, rounds_where_the_policy_says_and_nowhere_else) {
    const auto peers = [](const Policy& policy) {
        return Ratings(policy)
            .by("supervisor", {{"mutu", "4"}, {"kerja_sama", "3"}, {"komunikasi", "3"}})
            .by("peer", {{"kerja_sama", "4"}, {"komunikasi", "4"}})
            .by("peer", {{"kerja_sama", "4"}, {"komunikasi", "4"}})
            .by("peer", {{"kerja_sama", "5"}, {"komunikasi", "3"}});
    };
    // kerja_sama (75*3 + 25*13/3)/100 = 10/3; komunikasi (225 + 25*11/3)/100 = 19/6; mean 3.25
    const auto exact = policy_of(small_policy, {{"/rounding", ""}, {"/bands", ""}});
    EXPECT_EQ(peers(*exact).shown(), "3.7") << "0.6*4 + 0.4*3.25";
    const auto at_criterion = policy_of(
        small_policy,
        {{"/bands", ""}, {"/rounding", R"([{"at": "criterion", "decimals": 1, "mode": "down"},
                        {"at": "total", "decimals": 3, "mode": "half_even"}])"}});
    EXPECT_EQ(peers(*at_criterion).shown(), "3.680") << "criteria 3.3 and 3.1, group 3.2";
    const auto at_group = policy_of(
        small_policy,
        {{"/bands", ""}, {"/rounding", R"([{"at": "group", "decimals": 0, "mode": "up"}])"}});
    EXPECT_EQ(peers(*at_group).shown(), "4") << "group 4";
    const auto steps = peers(*at_criterion).outcome().derivation.rounding;
    ASSERT_EQ(steps.size(), 2U) << "only roundings that changed something";
    EXPECT_EQ(steps[0], (RoundingStep{"criterion", "kerja_sama", "10/3", "3.3", 1, "down"}));
}

TEST(Evaluate, caps_the_total_before_it_is_rounded) {
    const auto policy = policy_of(small_policy, {{"/cap", "{\"total\": \"4.2\"}"}});
    const auto out =
        Ratings(*policy)
            .by("supervisor", {{"mutu", "5"}, {"kerja_sama", "5"}, {"komunikasi", "5"}})
            .outcome();
    EXPECT_EQ(out.score_text, "4.20");
    EXPECT_EQ(out.derivation.capped_from, "5");
}

TEST(Evaluate, gives_no_predicate_where_the_policy_names_none) {
    const auto policy = policy_of(small_policy, {{"/bands", ""}});
    EXPECT_EQ(Ratings(*policy)
                  .by("supervisor", {{"mutu", "5"}, {"kerja_sama", "5"}, {"komunikasi", "5"}})
                  .shown(),
              "5.00");
}

TEST(Evaluate, answers_inputs_that_are_not_of_the_policy) {
    const auto policy = policy_of(small_policy);
    Inputs inputs;
    inputs.sources.push_back({7, 1, {2}, {}});
    inputs.sources.push_back({0, 1, {3}, {{99, 1, 3}}});
    const auto answer = evaluate(*policy, inputs);
    const auto text = std::get<Missing>(answer).text();
    EXPECT_THAT(text, HasSubstr("source 7 is not in the policy"));
    EXPECT_THAT(text, HasSubstr("criterion 99 is not in the policy"));
}

TEST(Evaluate, stays_exact_where_the_numbers_of_raters_share_no_factor) {
    std::string criteria;
    const std::uint32_t counts[] = {211, 223, 227, 229, 233, 239, 241, 251, 257, 263,
                                    269, 271, 277, 281, 283, 293, 307, 311, 313, 317};
    for (std::size_t i = 0; i < std::size(counts); ++i) {
        criteria += (i > 0 ? "," : "") + std::string(R"({"id": "c)") + std::to_string(i) +
                    R"(", "title": {"id": "C", "en": "C"}})";
    }
    const auto policy =
        policy_of(R"({"policy": "luas", "title": {"id": "L", "en": "L"}, "criteria": [)" +
                  criteria + R"(], "sources": [{"id": "c", "by": "community", "weight": "1",
                                  "title": {"id": "C", "en": "C"}}]})");
    Inputs inputs;
    SourceRatings source{0, 400, {1}, {}};
    for (std::uint32_t i = 0; i < std::size(counts); ++i) {
        source.ratings.push_back({i, counts[i], Rational(3 * counts[i] + 1)});
    }
    inputs.sources.push_back(source);
    Rational expected;
    for (const auto count : counts)
        expected += (Rational(3) + Rational(1, count)) / 20;
    const auto out = std::get<Outcome>(evaluate(*policy, inputs));
    EXPECT_EQ(out.score, expected);
    EXPECT_EQ(number(out.score_text), expected) << "a fraction of far more than 128 bits";
}

TEST(Evaluate, is_quick_enough_to_replay_millions) {
    const auto policy = policy_of(small_policy);
    Ratings ratings(*policy);
    ratings.by("supervisor", {{"mutu", "4"}, {"kerja_sama", "3"}, {"komunikasi", "3"}});
    for (int i = 0; i < 4; ++i)
        ratings.by("peer", {{"kerja_sama", "4"}, {"komunikasi", "3"}});
    const auto started = std::chrono::steady_clock::now();
    constexpr int rounds = 20'000;
    std::size_t letters = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto answer = evaluate(*policy, ratings.inputs());
        letters += std::get<Outcome>(answer).score_text.size();
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    EXPECT_EQ(letters, rounds * 4U);
    RecordProperty("evaluations_per_second", static_cast<int>(rounds / taken.count()));
    EXPECT_LT(taken.count(), 10.0)
        << "20,000 small evaluations took seconds: look for an allocation "
           "or a big integer in the inner loop";
}

}  // namespace
}  // namespace jejak::scoring
