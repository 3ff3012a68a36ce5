// The evaluator against the numbers of the regulations (the vectors are those of the sources).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using ::testing::HasSubstr;
using testing::item;
using testing::number;
using testing::policy_of;
using testing::Ratings;

// PP 30/2019 Pasal 41: SKP and behaviour, given as numbers by the superior.
const std::string pp30 = R"({
  "policy": "pp30", "title": {"id": "PP 30/2019", "en": "PP 30/2019"},
  "scale": {"min": "0", "max": "120", "decimals": 2},
  "groups": [{"id": "skp", "weight": "70", "title": {"id": "SKP", "en": "SKP"}},
             {"id": "perilaku", "weight": "30", "title": {"id": "Perilaku", "en": "Behaviour"}}],
  "criteria": [{"id": "skp", "group": "skp", "title": {"id": "SKP", "en": "SKP"}},
               {"id": "perilaku", "group": "perilaku", "title": {"id": "P", "en": "B"}}],
  "sources": [{"id": "atasan", "by": "supervisor", "weight": "1", "title": {"id": "A", "en": "S"}}],
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "cap": {"total": "120"},
  "bands": [
    {"code": "SB", "from": "110", "requires": ["idea"], "title": {"id": "SB", "en": "SB"}},
    {"code": "B", "from": "90", "title": {"id": "B", "en": "B"}},
    {"code": "C", "from": "70", "title": {"id": "C", "en": "C"}},
    {"code": "K", "from": "50", "title": {"id": "K", "en": "K"}},
    {"code": "SK", "from": "0", "title": {"id": "SK", "en": "SK"}}]
})";

std::string scored(const Policy& policy, const std::string& skp, const std::string& behaviour,
                   bool idea) {
    Ratings ratings(policy);
    ratings.by("atasan", {{"skp", skp}, {"perilaku", behaviour}});
    if (idea) ratings.flag("idea");
    return ratings.shown();
}

TEST(Regulations, reproduces_the_weights_of_pp_30_2019) {
    const auto alone = policy_of(pp30);
    const auto with_peers =
        policy_of(pp30, {{"/groups/0/weight", "\"60\""}, {"/groups/1/weight", "\"40\""}});
    EXPECT_EQ(scored(*alone, "100", "95", false), "98.50 B") << "vector A1";
    EXPECT_EQ(scored(*with_peers, "100", "95", false), "98.00 B") << "vector A2";
    EXPECT_EQ(scored(*alone, "118", "112", true), "116.20 SB") << "vector A3 with a new idea";
    EXPECT_EQ(scored(*alone, "118", "112", false), "116.20 B") << "vector A3 without one";
}

TEST(Regulations, reproduces_the_edges_of_the_bands_of_pp_30_2019) {
    const auto policy = policy_of(pp30);
    const std::pair<const char*, const char*> edges[] = {
        {"120", "SB"}, {"110", "SB"},  {"109.99", "B"}, {"90", "B"},    {"89.99", "C"},
        {"70", "C"},   {"69.99", "K"}, {"50", "K"},     {"49.99", "SK"}};
    for (const auto& [score, band] : edges) {
        EXPECT_EQ(scored(*policy, score, score, true), number(score).decimal(2) + " " + band)
            << "vector A7";
    }
}

TEST(Regulations, says_which_band_was_passed_over_for_want_of_a_flag) {
    const auto policy = policy_of(pp30);
    const auto out = Ratings(*policy).by("atasan", {{"skp", "118"}, {"perilaku", "112"}}).outcome();
    ASSERT_EQ(out.derivation.predicate.passed_over.size(), 1U);
    EXPECT_EQ(out.derivation.predicate.passed_over[0], (PassedOver{"SB", "idea"}));
    EXPECT_EQ(out.derivation.predicate.threshold, ">= 90");
}

TEST(Regulations, takes_a_band_above_a_number_as_exclusive) {
    const auto policy = policy_of(pp30, {{"/bands/0/from", ""}, {"/bands/0/above", "\"110\""}});
    EXPECT_EQ(scored(*policy, "110", "110", true), "110.00 B");
    EXPECT_EQ(scored(*policy, "110.01", "110.01", true), "110.01 SB");
}

// Items of a plan, measured; cap 120.
const std::string measured = R"({
  "policy": "terukur", "title": {"id": "Terukur", "en": "Measured"},
  "plan": {"weights": "own", "minimum_items": 1},
  "sources": [{"id": "data", "by": "measured", "weight": "1", "title": {"id": "D", "en": "D"}}],
  "measured": {"cap": "120"}, "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}]
})";

std::string achieved(std::vector<PlanItem> items) {
    const auto policy = policy_of(measured);
    return Ratings(*policy, std::move(items)).shown();
}

PlanItem ranged(const std::string& low, const std::string& high, const std::string& realisation,
                Formula formula) {
    auto out = item("i", "1", low, realisation);
    out.target_upper = number(high);
    out.formula = formula;
    return out;
}

TEST(Regulations, measures_achievement_by_the_formulas_of_permenpanrb_8_2021) {
    EXPECT_EQ(achieved({ranged("80", "90", "70", Formula::normal)}), "87.50") << "vector B4";
    EXPECT_EQ(achieved({ranged("7", "8", "6.5", Formula::inverse)}), "107.14") << "vector B5";
    EXPECT_EQ(achieved({ranged("7", "8", "9", Formula::inverse)}), "87.50") << "vector B6";
    EXPECT_EQ(achieved({ranged("80", "90", "85", Formula::normal)}), "100.00")
        << "inside the range";
    EXPECT_EQ(achieved({item("i", "1", "95", "93")}), "97.89") << "vector B2 before its conversion";
    EXPECT_EQ(achieved({item("i", "1", "85", "85")}), "100.00")
        << "vector B1 before its conversion";
}

TEST(Regulations, rounds_an_achievement_to_whole_percents_where_the_policy_says) {
    const auto policy = policy_of(
        measured, {{"/rounding/1", R"({"at": "criterion", "decimals": 0, "mode": "half_up"})"}});
    EXPECT_EQ(Ratings(*policy, {item("i", "1", "95", "93")}).shown(), "98.00") << "vector B2";
    EXPECT_EQ(Ratings(*policy, {ranged("7", "8", "6.5", Formula::inverse)}).shown(), "107.00")
        << "B5";
}

TEST(Regulations, keeps_an_achievement_between_zero_and_the_cap) {
    EXPECT_EQ(achieved({item("i", "1", "10", "13")}), "120.00");
    auto worse = item("i", "1", "10", "25");
    worse.formula = Formula::inverse;
    EXPECT_EQ(achieved({worse}), "0.00");
}

TEST(Regulations, weighs_items_of_a_plan_by_their_own_weights_or_equally) {
    const std::vector<PlanItem> items{item("a", "3", "10", "10"), item("b", "1", "10", "6")};
    EXPECT_EQ(achieved(items), "90.00") << "(3*100 + 1*60) / 4";
    const auto equal = policy_of(measured, {{"/plan/weights", "\"equal\""}});
    EXPECT_EQ(Ratings(*equal, items).shown(), "80.00");
}

TEST(Regulations, refuses_a_plan_that_the_policy_does_not_take) {
    const auto policy = policy_of(measured, {{"/plan/minimum_items", "2"}});
    EXPECT_THAT(Ratings(*policy, {item("a", "1", "1", "1")}).missing(),
                HasSubstr("the plan the plan has 1 items; the policy wants at least 2"));
    EXPECT_THAT(Ratings(*policy, {item("a", "1", "1", "1"), item("a", "1", "1", "1")}).missing(),
                HasSubstr("stands twice"));
    EXPECT_THAT(Ratings(*policy_of(measured), {item("a", "1", "1", "")}).missing(),
                HasSubstr("criterion a has no source with enough raters (data: no realisation"));
}

// PermenPANRB 14/2017, with each of the two weights of an element.
const std::string survey = R"({
  "policy": "ikm", "title": {"id": "IKM", "en": "IKM"},
  "criteria": [{"id": "ikm", "title": {"id": "IKM", "en": "IKM"}}],
  "sources": [{"id": "survei", "by": "survey", "weight": "1", "minimum": 30,
               "title": {"id": "S", "en": "S"}}],
  "survey": {"elements": 9, "element_weight": "0.11", "factor": "25", "decimals": 2,
             "mode": "half_up", "criterion": "ikm"},
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "bands": [{"code": "A", "from": "88.31", "title": {"id": "A", "en": "A"}},
            {"code": "B", "from": "76.61", "title": {"id": "B", "en": "B"}},
            {"code": "C", "from": "65", "title": {"id": "C", "en": "C"}},
            {"code": "D", "from": "24.75", "title": {"id": "D", "en": "D"}}]
})";

// Nine means that sum to `sum`.
std::vector<std::string> means(const std::string& sum) {
    return std::vector<std::string>(9, (number(sum) / 9).text());
}

TEST(Regulations, reproduces_the_public_satisfaction_index) {
    const auto rounded = policy_of(survey);
    const auto exact = policy_of(survey, {{"/survey/element_weight", "\"1/9\""}});
    EXPECT_EQ(Ratings(*exact).survey(means("36"), 150).shown(), "100.00 A") << "vector G1, 1/9";
    EXPECT_EQ(Ratings(*rounded).survey(means("36"), 150).shown(), "99.00 A") << "vector G1, 0.11";
    EXPECT_EQ(Ratings(*exact).survey(means("29.3"), 150).shown(), "81.39 B") << "vector G2, 1/9";
    EXPECT_EQ(Ratings(*rounded).survey(means("29.3"), 150).shown(), "80.58 B") << "vector G2, 0.11";
    EXPECT_EQ(Ratings(*rounded).survey(means("27.7"), 150).shown(), "76.18 C")
        << "27.7 x 0.11 x 25 = 76.175, which binary floating point prints as 76.17";
}

TEST(Regulations, refuses_a_survey_that_is_too_small_or_has_other_elements) {
    const auto policy = policy_of(survey);
    EXPECT_THAT(Ratings(*policy).survey(means("36"), 29).missing(), HasSubstr("survei: 29 of 30"));
    EXPECT_THAT(Ratings(*policy).survey({"4", "4"}, 50).missing(),
                HasSubstr("the survey has 2 of 9 elements"));
    EXPECT_THAT(Ratings(*policy).missing(), HasSubstr("survei: 0 of 30"));
}

TEST(Regulations, measures_the_fit_of_competences_to_the_post) {
    std::string criteria;
    for (int i = 1; i <= 9; ++i) {
        criteria += (i > 1 ? "," : "") + std::string(R"({"id": "k)") + std::to_string(i) +
                    R"(", "expected_level": "3", "title": {"id": "K", "en": "K"}})";
    }
    const auto policy = policy_of(R"({"policy": "jpm", "title": {"id": "JPM", "en": "JPM"},
        "groups": [{"id": "k", "weight": "100", "measure": "fit", "title": {"id": "K", "en": "K"}}],
        "criteria": [)" + criteria +
                                  R"(],
        "sources": [{"id": "a", "by": "supervisor", "weight": "1", "factor": "20",
                     "title": {"id": "A", "en": "A"}}],
        "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
        "bands": [{"code": "optimal", "from": "90", "title": {"id": "O", "en": "O"}},
                  {"code": "cukup_optimal", "from": "78", "title": {"id": "C", "en": "C"}},
                  {"code": "kurang_optimal", "from": "0", "title": {"id": "K", "en": "K"}}]})");
    const auto out = Ratings(*policy)
                         .by("a", {{"k1", "3"},
                                   {"k2", "3"},
                                   {"k3", "2"},
                                   {"k4", "3"},
                                   {"k5", "3"},
                                   {"k6", "2"},
                                   {"k7", "3"},
                                   {"k8", "2"},
                                   {"k9", "3"}})
                         .outcome();
    EXPECT_EQ(out.score_text, "88.89") << "vector F1: 24/27";
    EXPECT_EQ(out.predicate, "cukup_optimal");
    for (std::size_t i = 0; i < 9; ++i) {
        const bool gap = i == 2 || i == 5 || i == 7;
        EXPECT_EQ(out.derivation.groups[0].criteria[i].gap, gap ? "-20" : "0") << "one level is 20";
    }
    Ratings surplus(*policy);
    surplus.by("a", {{"k1", "5"},
                     {"k2", "5"},
                     {"k3", "5"},
                     {"k4", "5"},
                     {"k5", "5"},
                     {"k6", "5"},
                     {"k7", "5"},
                     {"k8", "5"},
                     {"k9", "5"}});
    EXPECT_EQ(surplus.shown(), "100.00 optimal") << "at most 100";
}

}  // namespace
}  // namespace jejak::scoring
