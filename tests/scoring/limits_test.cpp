// Which scores are possible at all, as check() must know it: no score without a band, and no band
// refused that a score reaches. Each case was once answered wrongly.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using ::testing::HasSubstr;
using testing::policy_of;
using testing::Ratings;

const std::string title = R"("title": {"id": "A", "en": "A"})";

// A policy with one source by peers; `members` are the others.
std::string policy_with(const std::string& members, const std::string& factor = "1",
                        const std::string& scale = R"({"min": 1, "max": 5, "decimals": 2})") {
    return R"({"policy": "batas", )" + title + R"(, "scale": )" + scale +
           R"(, "sources": [{"id": "q", )" + title + R"(, "by": "peer", "weight": 1, "factor": ")" +
           factor + "\"}], " + members + "}";
}

std::string group(const std::string& members) {
    return R"("groups": [{"id": "g", )" + title + R"(, "weight": 100, )" + members + "}]";
}

std::string criterion(const std::string& members = "") {
    return R"("criteria": [{"id": "c", )" + title + members + "}]";
}

// One band, or a lower and an upper one, "bawah" and "atas".
std::string bands(const std::string& lower, const std::string& upper = "") {
    const auto band = [](const std::string& code, const std::string& from) {
        return R"({"code": ")" + code + R"(", "from": ")" + from + "\", " + title + "}";
    };
    return R"("bands": [)" + band("bawah", lower) +
           (upper.empty() ? "" : ", " + band("atas", upper)) + "]";
}

std::string rounding(const std::string& at, int decimals, const std::string& mode) {
    return R"({"at": ")" + at + R"(", "decimals": )" + std::to_string(decimals) + R"(, "mode": ")" +
           mode + "\"}";
}

std::string said(const std::string& document) {
    std::string out;
    for (const auto& problem : check(document))
        out += problem.pointer + ": " + problem.message + "; " + problem.remedy + "\n";
    return out;
}

TEST(Limits, know_that_a_group_was_rounded_down) {
    EXPECT_THAT(said(policy_with(group(R"("measure": "mean")") + ", " + criterion() +
                                     R"(, "rounding": [)" + rounding("group", 0, "down") + ", " +
                                     rounding("total", 1, "down") + "], " + bands("0.1"),
                                 "0.1")),
                HasSubstr("scores reach down to 0"));
}

TEST(Limits, know_that_a_step_was_rounded_up_before_it_was_turned_round) {
    const auto document = policy_with(
        criterion() + R"(, "steps": [{"id": "a", )" + title +
            R"(, "how": "sum", "of": {"all": "1"}, "rounding": {"decimals": 0, "mode": "up"}},
                {"id": "b", )" +
            title + R"(, "how": "sum", "of": {"a": "-3"}}], "total": "b", "rounding": [)" +
            rounding("total", 0, "down") + "], " + bands("-4"),
        "1/3", R"({"min": 0, "max": 4})");
    EXPECT_THAT(said(document), HasSubstr("scores reach down to -6"));
}

TEST(Limits, know_how_the_total_was_rounded_both_ways) {
    const auto down = criterion() + R"(, "rounding": [)" + rounding("total", 0, "down") + "]";
    EXPECT_THAT(
        said(policy_with(down + R"(, "bands": [{"code": "b", "above": 0, )" + title + "}]", "0.1")),
        HasSubstr("scores reach down to 0"));
    // 5 * 0.9 = 4.5 rounds to 5.
    const auto up = criterion() + R"(, "rounding": [)" + rounding("total", 0, "half_up") + "], ";
    const auto policy = policy_of(policy_with(up + bands("0", "5"), "0.9"));
    Ratings ratings(*policy);
    EXPECT_EQ(ratings.by("q", {{"c", "5"}}).shown(), "5 atas");
}

TEST(Limits, know_that_a_criterion_may_be_left_out_of_a_sum_of_points) {
    const auto document = [](const char* rule) {
        return policy_with(group(R"("measure": "points")") + R"(, "criteria": [
                {"id": "c", "weight": 50, )" +
                           title + R"(}, {"id": "d", "weight": 50, )" + title +
                           R"(}], "missing": {"source": "renormalise", "criterion": ")" + rule +
                           R"("}, "rounding": [)" + rounding("total", 2, "half_up") + "], " +
                           bands("1"));
    };
    EXPECT_THAT(said(document("renormalise")), HasSubstr("scores reach down to 0"));
    EXPECT_EQ(said(document("refuse")), "");
}

// The first section falls without end, whatever the second does.
TEST(Limits, add_up_sections_that_share_a_group_of_points) {
    const auto document = R"({"policy": "batas", )" + title + ", " +
                          group(R"("measure": "points")") +
                          R"(, "plan": {"sections": [{"id": "s", "convert": "k", )" + title +
                          R"(}, {"id": "t", )" + title +
                          R"(}]}, "measured": {}, "conversions": [{"id": "k", "pieces": [
             {"from": "0", "through": [["0", "70"], ["10", "10"]]}]}],
           "sources": [{"id": "q", )" +
                          title + R"(, "by": "measured", "weight": 1}], "rounding": [)" +
                          rounding("total", 1, "half_up") + "], " + bands("0") + "}";
    EXPECT_THAT(said(document), HasSubstr("reach down without limit"));
}

TEST(Limits, know_that_a_fit_on_a_scale_from_below_zero_may_be_below_zero) {
    const auto document =
        policy_with(group(R"("measure": "fit")") + ", " + criterion(R"(, "expected_level": 4)") +
                        R"(, "rounding": [)" + rounding("total", 0, "half_up") + "], " + bands("0"),
                    "1", R"({"min": -2, "max": 5})");
    EXPECT_THAT(said(document), HasSubstr("scores reach down to -50"));
}

// A rising table bounds what falls to it although nothing caps it above.
TEST(Limits, follow_one_table_through_another_without_a_cap) {
    const auto document = R"({"policy": "batas", )" + title + ", " + group(R"("measure": "mean")") +
                          R"(, "plan": {"sections": [{"id": "s", "convert": "l", )" + title +
                          R"(}]}, "measured": {"convert": "k"}, "conversions": [
             {"id": "k", "pieces": [{"from": "0", "through": [["0", "10"], ["10", "20"]]}]},
             {"id": "l", "pieces": [{"from": ")";
    const auto rest = std::string(R"(", "value": "1"}]}], "sources": [{"id": "q", )") + title +
                      R"(, "by": "measured", "weight": 1}]})";
    EXPECT_EQ(said(document + "10" + rest), "");
    EXPECT_THAT(said(document + "11" + rest), HasSubstr("numbers reach down to 10"));
}

TEST(Limits, of_a_step_hold_after_its_rounding) {
    const auto document = [](const char* minimum) {
        return policy_with(criterion() + R"(, "steps": [{"id": "a", )" + title +
                           R"(, "how": "sum", "of": {"all": "1"}, "min": ")" + minimum +
                           R"(", "rounding": {"decimals": 0, "mode": "half_up"}}], "total": "a")");
    };
    EXPECT_THAT(said(document("2.4")), HasSubstr("finer than the rounding of the step"));
    const auto policy = policy_of(document("2"));
    EXPECT_EQ(Ratings(*policy).by("q", {{"c", "1"}}).shown(), "2");
}

TEST(Limits, of_levels_leave_room_below_and_take_no_cap) {
    const auto document = [](const char* rest) {
        return policy_with(group(R"("measure": "ordinal", "ordinal": )" + std::string(rest)) +
                           ", " + criterion());
    };
    EXPECT_EQ(said(document(R"({"above": 4, "expected": 3})")), "");
    EXPECT_THAT(said(document(R"({"above": 4, "expected": 1})")),
                HasSubstr("is not above the least of the scale"));
    EXPECT_THAT(said(document(R"({"above": 4, "expected": 3}, "cap": "3.5")")),
                HasSubstr("limits no sum"));
}

TEST(Limits, of_what_is_compared_are_not_rounded_on_one_side_only) {
    EXPECT_THAT(said(policy_with(group(R"("measure": "fit")") + ", " +
                                 criterion(R"(, "expected_level": 4)") + R"(, "rounding": [)" +
                                 rounding("criterion", 0, "half_up") + "]")),
                HasSubstr("round at group instead"));
}

TEST(Limits, of_a_classification_ask_for_no_flag) {
    EXPECT_THAT(
        said(policy_with(criterion() + R"(, "rounding": [)" + rounding("total", 0, "half_up") +
                         R"(], "classifications": [{"id": "y", "of": "total", )" + title +
                         R"(, "bands": [{"code": "lo", "from": 1, "requires": ["f"], )" + title +
                         "}]}]")),
        HasSubstr("/classifications/0/bands/0/requires: is not known here"));
}

}  // namespace
}  // namespace jejak::scoring
