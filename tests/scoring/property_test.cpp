// The evaluator against a second, naive implementation, and laws that hold for all inputs.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using testing::policy_of;
using testing::small_policy;

// As the README tells it, straight from the document's numbers, with maps and without indices.
struct Naive {
    std::map<std::pair<std::string, std::string>, std::vector<Rational>> ratings;

    std::optional<Rational> criterion(const Policy& policy, const Criterion& criterion) const {
        Rational sum, weights;
        for (const auto& source : policy.sources) {
            const auto found = ratings.find({criterion.id, source.id});
            const auto count = found == ratings.end() ? 0 : found->second.size();
            if (!source.groups[criterion.group]) continue;
            if (count >= source.minimum) {
                Rational total;
                for (const auto& rating : found->second)
                    total += rating;
                sum += total / static_cast<std::int64_t>(count) * source.factor * source.weight;
                weights += source.weight;
            } else if (policy.missing_source == MissingRule::zero) {
                weights += source.weight;
            }
        }
        if (sum.is_zero()) return std::nullopt;  // ratings are at least 1
        const auto mean = sum / weights;
        const auto& rule = policy.round_criterion;
        return rule ? mean.round(rule->decimals, rule->mode) : mean;
    }

    std::optional<Rational> total(const Policy& policy) const {
        Rational sum, weights;
        for (const auto& group : policy.groups) {
            Rational group_sum, group_weights;
            for (const auto& c : policy.criteria) {
                if (policy.groups[c.group].id != group.id) continue;
                const auto score = criterion(policy, c);
                if (!score && policy.missing_criterion == MissingRule::refuse) return std::nullopt;
                if (!score && policy.missing_criterion == MissingRule::renormalise) continue;
                group_sum += score.value_or(Rational()) * c.weight;
                group_weights += c.weight;
            }
            if (group_weights.is_zero()) continue;
            sum += group_sum / group_weights * group.weight;
            weights += group.weight;
        }
        if (weights.is_zero()) return std::nullopt;
        const auto mean = sum / weights;
        return policy.round_total
                   ? mean.round(policy.round_total->decimals, policy.round_total->mode)
                   : mean;
    }
};

struct Case {
    std::shared_ptr<const Policy> policy;
    Inputs inputs;
    Naive naive;
};

std::string word(std::initializer_list<const char*> words, std::mt19937& random) {
    return '"' + std::string(words.begin()[random() % words.size()]) + '"';
}

Case any_case(std::mt19937& random) {
    const auto split = static_cast<int>(1 + random() % 99);
    const auto share = static_cast<int>(1 + random() % 99);
    Case out{policy_of(
                 small_policy,
                 {{"/bands", ""},
                  {"/groups/0/weight", std::to_string(split)},
                  {"/groups/1/weight", std::to_string(100 - split)},
                  {"/criteria/1/weight", std::to_string(share)},
                  {"/criteria/2/weight", std::to_string(100 - share)},
                  {"/sources/0/weight", std::to_string(1 + random() % 9)},
                  {"/sources/1/weight", std::to_string(1 + random() % 9)},
                  {"/sources/1/factor", word({"1", "1/3", "20"}, random)},
                  {"/missing/source", word({"renormalise", "zero"}, random)},
                  {"/missing/criterion", word({"refuse", "renormalise", "zero"}, random)},
                  {"/rounding/0/mode", word({"half_up", "half_even", "down", "up"}, random)},
                  {"/rounding/1", R"({"at": "criterion", "decimals": 3, "mode": )" +
                                      word({"half_up", "half_even", "down", "up"}, random) + "}"}}),
             {},
             {}};
    const auto raters = random() % 9;
    for (std::uint32_t r = 0; r < raters; ++r) {
        const auto s = static_cast<std::uint32_t>(random() % 2);
        SourceRatings rater{s, 1, {r + 2}, {}};
        for (std::uint32_t c = 0; c < out.policy->criteria.size(); ++c) {
            if (random() % 4 == 0 || !rates(*out.policy, s, c)) continue;
            const Rational value(static_cast<std::int64_t>(100 + random() % 401), 100);
            rater.ratings.push_back({c, 1, value});
            out.naive.ratings[{out.policy->criteria[c].id, out.policy->sources[s].id}].push_back(
                value);
        }
        out.inputs.sources.push_back(std::move(rater));
    }
    return out;
}

class Property : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* given = std::getenv("JEJAK_SEED");
        seed_ = given ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
        random_.seed(seed_);
        trace_ = "repeat with JEJAK_SEED=" + std::to_string(seed_);
    }
    std::uint32_t seed_ = 0;
    std::mt19937 random_;
    std::string trace_;
};

TEST_F(Property, a_naive_second_implementation_agrees) {
    SCOPED_TRACE(trace_);
    int scored = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto c = any_case(random_);
        const auto answer = evaluate(*c.policy, c.inputs);
        const auto expected = c.naive.total(*c.policy);
        const auto* outcome = std::get_if<Outcome>(&answer);
        ASSERT_EQ(outcome != nullptr, expected.has_value()) << c.policy->canonical;
        if (!outcome) continue;
        ++scored;
        ASSERT_EQ(outcome->score, *expected) << c.policy->canonical;
    }
    EXPECT_GT(scored, 500);
}

TEST_F(Property, the_order_of_the_inputs_does_not_matter) {
    SCOPED_TRACE(trace_);
    for (int i = 0; i < 1000; ++i) {
        auto c = any_case(random_);
        const auto first = evaluate(*c.policy, c.inputs);
        std::shuffle(c.inputs.sources.begin(), c.inputs.sources.end(), random_);
        for (auto& source : c.inputs.sources) {
            std::shuffle(source.ratings.begin(), source.ratings.end(), random_);
        }
        const auto second = evaluate(*c.policy, c.inputs);
        ASSERT_EQ(first.index(), second.index());
        if (const auto* outcome = std::get_if<Outcome>(&first)) {
            ASSERT_EQ(outcome->derivation, std::get<Outcome>(second).derivation);
        } else {
            ASSERT_EQ(std::get<Missing>(first).parts, std::get<Missing>(second).parts);
        }
    }
}

TEST_F(Property, raters_one_by_one_and_their_sums_give_the_same_derivation) {
    SCOPED_TRACE(trace_);
    for (int i = 0; i < 1000; ++i) {
        const auto c = any_case(random_);
        Inputs summed;
        for (std::uint32_t s = 0; s < 2; ++s) {
            SourceRatings all{s, 0, {}, {{0, 0, {}}, {1, 0, {}}, {2, 0, {}}}};
            for (const auto& rater : c.inputs.sources) {
                if (rater.source != s) continue;
                all.raters += 1;
                all.versions.push_back(rater.versions.front());
                for (const auto& rating : rater.ratings) {
                    all.ratings[rating.criterion].count += 1;
                    all.ratings[rating.criterion].sum += rating.sum;
                }
            }
            summed.sources.push_back(std::move(all));
        }
        const auto one = evaluate(*c.policy, c.inputs);
        const auto two = evaluate(*c.policy, summed);
        ASSERT_EQ(one.index(), two.index());
        if (const auto* outcome = std::get_if<Outcome>(&one)) {
            ASSERT_EQ(outcome->derivation, std::get<Outcome>(two).derivation);
        }
    }
}

TEST_F(Property, a_higher_rating_never_lowers_the_score) {
    SCOPED_TRACE(trace_);
    int raised = 0;
    for (int i = 0; i < 2000; ++i) {
        auto c = any_case(random_);
        const auto before = evaluate(*c.policy, c.inputs);
        if (c.inputs.sources.empty() || !std::holds_alternative<Outcome>(before)) continue;
        auto& source = c.inputs.sources[random_() % c.inputs.sources.size()];
        if (source.ratings.empty()) continue;
        source.ratings[random_() % source.ratings.size()].sum += Rational(1, 2);
        const auto after = evaluate(*c.policy, c.inputs);
        ASSERT_GE(std::get<Outcome>(after).score, std::get<Outcome>(before).score)
            << c.policy->canonical;
        ++raised;
    }
    EXPECT_GT(raised, 300);
}

}  // namespace
}  // namespace jejak::scoring
