#include "workflows/scoring/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "engine/record/digest.hpp"
#include "tests/scoring/documents.hpp"
#include "workflows/scoring/canonical.hpp"

namespace jejak::scoring {
namespace {

using testing::changed;
using testing::Changes;
using testing::small_policy;

std::string shown(const std::vector<Problem>& problems) {
    std::string out;
    for (const auto& p : problems)
        out += p.pointer + ": " + p.message + " | " + p.remedy + "\n";
    return out;
}

// A change of the small policy, and what check must say of it: where, and some of the words.
struct Fault {
    Changes changes;
    std::string pointer, words;
};

void expect_problem(const Fault& fault) {
    const auto problems = check(changed(small_policy, fault.changes));
    const auto found = std::any_of(problems.begin(), problems.end(), [&](const Problem& p) {
        return p.pointer == fault.pointer && p.message.find(fault.words) != std::string::npos &&
               !p.remedy.empty();
    });
    EXPECT_TRUE(found) << "wanted at " << fault.pointer << ": " << fault.words << "\ngot:\n"
                       << shown(problems);
    EXPECT_FALSE(parse_policy(changed(small_policy, fault.changes)));
}

const std::string plan = R"({"group": "hasil"})";
const std::string measuring =
    R"({"id": "m", "title": {"id": "M", "en": "M"}, "by": "measured", "weight": "1"})";
const std::string surveying =
    R"({"id": "s", "title": {"id": "S", "en": "S"}, "by": "survey", "weight": "1"})";
const std::string survey =
    R"({"elements": 9, "element_weight": "1/9", "factor": "25", "decimals": 2,
        "mode": "half_up", "criterion": "mutu"})";

TEST(Check, finds_nothing_wrong_with_a_good_policy) {
    EXPECT_EQ(shown(check(small_policy)), "");
    const auto policy = parse_policy(small_policy);
    ASSERT_TRUE(policy);
    EXPECT_EQ((*policy)->canonical, *canonical_form(small_policy));
    EXPECT_EQ((*policy)->hash, record::sha256((*policy)->canonical));
}

TEST(Check, names_a_policy_by_its_content_and_not_by_its_layout) {
    const auto other = changed(small_policy, {{"/policy", "\"lain\""}});
    const auto same = changed(small_policy, {});
    EXPECT_EQ((*parse_policy(same))->hash, (*parse_policy(small_policy))->hash);
    EXPECT_NE((*parse_policy(other))->hash, (*parse_policy(small_policy))->hash);
}

TEST(Check, finds_faults_of_the_frame) {
    expect_problem({{{"/polcy", "1"}}, "/polcy", "is not known here"});
    expect_problem({{{"/policy", ""}}, "/policy", "is missing"});
    expect_problem({{{"/policy", "\"A b\""}}, "/policy", "is not a policy's id"});
    expect_problem({{{"/title", ""}}, "/title", "is missing"});
    expect_problem({{{"/title/en", ""}}, "/title/en", "is missing"});
    expect_problem({{{"/title/id", "\"\""}}, "/title/id", "an empty one"});
    expect_problem({{{"/title/fr", "\"x\""}}, "/title/fr", "is not known here"});
    expect_problem({{{"/source", "[{\"citation\": \"PP\", \"confidence\": \"X\"}]"}},
                    "/source/0/confidence",
                    "confidence tag"});
    EXPECT_THAT(shown(check("[]")), ::testing::HasSubstr("is not an object"));
    EXPECT_THAT(shown(check("{\"policy\": 1.5}")), ::testing::HasSubstr("line 1"));
    EXPECT_THAT(shown(check("{\"a\": 1, \"a\": 2}")), ::testing::HasSubstr("twice"));
}

TEST(Check, takes_a_note_anywhere) {
    EXPECT_EQ(
        shown(check(changed(small_policy, {{"/note", "\"a\""},
                                           {"/groups/0/note", "{\"id\": \"a\", \"en\": \"b\"}"},
                                           {"/missing/note", "\"c\""}}))),
        "");
}

TEST(Check, finds_faults_of_scales) {
    expect_problem({{{"/scale/min", "\"5\""}}, "/scale/max", "is not above the minimum"});
    expect_problem({{{"/scale/min", "\"x\""}}, "/scale/min", "is not a number"});
    expect_problem({{{"/scale/decimals", "5"}}, "/scale/decimals", "not a whole number"});
    expect_problem({{{"/scale/labels", R"({"6": {"id": "a", "en": "b"}})"}},
                    "/scale/labels/6",
                    "names no value"});
    expect_problem({{{"/criteria/0/expected_level", "\"7\""}},
                    "/criteria/0/expected_level",
                    "outside the scale"});
    expect_problem({{{"/sources/0/scale", R"({"min": "1", "max": "2"})"},
                     {"/criteria/0/expected_level", "\"3\""}},
                    "/criteria/0/expected_level",
                    "source 'supervisor'"});
}

TEST(Check, finds_faults_of_groups_and_criteria) {
    expect_problem({{{"/groups/0/weight", "\"59.99\""}}, "/groups", "sum to 99.99"});
    expect_problem({{{"/groups/0/weight", "\"0\""}}, "/groups/0/weight", "not above 0"});
    expect_problem({{{"/groups/1/id", "\"hasil\""}}, "/groups/1/id", "stands twice"});
    expect_problem({{{"/groups/0/id", "\"ha sil\""}}, "/groups/0/id", "is not a name"});
    expect_problem(
        {{{"/criteria/0/group", "\"apa\""}}, "/criteria/0/group", "no group of this policy"});
    expect_problem({{{"/criteria/0/group", ""}}, "/criteria/0/group", "is missing"});
    expect_problem({{{"/criteria/2/id", "\"mutu\""}}, "/criteria/2/id", "stands twice"});
    expect_problem({{{"/criteria/1/weight", "\"50\""}}, "/criteria/1", "only some criteria"});
    expect_problem({{{"/criteria/1/weight", "\"50\""}, {"/criteria/2/weight", "\"49\""}},
                    "/criteria/1",
                    "sum to 99"});
    expect_problem({{{"/criteria/0", ""}}, "/criteria", "no criterion belongs to group 'hasil'"});
    expect_problem({{{"/criteria", ""}}, "/criteria", "nothing to rate"});
    expect_problem({{{"/groups/0/measure", "\"fit\""}}, "/criteria/0", "no expected level"});
    expect_problem(
        {{{"/groups/0/measure", "\"median\""}}, "/groups/0/measure", "not one of the words"});
    expect_problem({{{"/plan", plan}}, "/plan/group", "stand in the plan's group"});
    expect_problem({{{"/criteria/0", ""}, {"/plan", plan}, {"/groups/0/measure", "\"fit\""}},
                    "/plan",
                    "measured by fit"});
    EXPECT_EQ(shown(check(changed(small_policy, {{"/criteria/1/weight", "\"100/3\""},
                                                 {"/criteria/2/weight", "\"200/3\""}}))),
              "");
}

TEST(Check, finds_faults_of_sources) {
    expect_problem({{{"/sources", ""}}, "/sources", "is missing"});
    expect_problem({{{"/sources/0/by", "\"boss\""}}, "/sources/0/by", "not one of the words"});
    expect_problem({{{"/sources/0/weight", "\"-1\""}}, "/sources/0/weight", "below 0"});
    expect_problem({{{"/sources/0/factor", "\"0\""}}, "/sources/0/factor", "not above 0"});
    expect_problem({{{"/sources/0/minimum", "0"}}, "/sources/0/minimum", "not a whole number"});
    expect_problem({{{"/sources/1/id", "\"supervisor\""}}, "/sources/1/id", "stands twice"});
    expect_problem({{{"/sources/1/groups/0", "\"x\""}}, "/sources/1/groups/0", "no group"});
    expect_problem({{{"/sources/0/weight", "\"0\""}}, "/criteria/0", "no source with a weight"});
    expect_problem({{{"/sources/2", measuring}}, "/measured", "a source is by it"});
    expect_problem({{{"/measured", "{}"}}, "/measured", "no source is by measured"});
    expect_problem(
        {{{"/measured", "{}"}, {"/sources/2", measuring}}, "/sources/2", "measures nothing"});
    expect_problem({{{"/measured", "{\"cap\": \"0\"}"}, {"/sources/2", measuring}},
                    "/measured/cap",
                    "not above 0"});
    expect_problem({{{"/sources/2", surveying}}, "/survey", "a source is by it"});
    expect_problem({{{"/survey", survey}}, "/survey", "no source is by survey"});
    expect_problem(
        {{{"/survey", survey}, {"/survey/criterion", "\"x\""}, {"/sources/2", surveying}},
         "/survey/criterion",
         "no criterion of this policy"});
    expect_problem(
        {{{"/survey", survey}, {"/sources/2", surveying}, {"/sources/2/groups", "[\"perilaku\"]"}},
         "/survey/criterion",
         "does not speak to the group"});
    expect_problem(
        {{{"/survey", survey}, {"/sources/2", surveying}, {"/criteria/0/expected_level", "\"3\""}},
         "/criteria/0/expected_level",
         "the survey speaks to it"});
}

TEST(Check, finds_faults_of_arithmetic) {
    expect_problem({{{"/missing", "\"guess\""}}, "/missing", "not one of the words"});
    expect_problem({{{"/missing/criterion", ""}}, "/missing/criterion", "not one of the words"});
    expect_problem(
        {{{"/rounding/0/mode", "\"bankers\""}}, "/rounding/0/mode", "not one of the words"});
    expect_problem({{{"/rounding/1", R"({"at": "total", "decimals": 0, "mode": "up"})"}},
                    "/rounding/1/at",
                    "rounded twice"});
    expect_problem({{{"/cap", "{\"total\": \"0\"}"}}, "/cap/total", "not above 0"});
    expect_problem({{{"/cap", "{\"total\": \"4.555\"}"}}, "/cap/total", "finer than the rounding"});
}

TEST(Check, finds_gaps_overlaps_and_unreachable_bands) {
    expect_problem({{{"/bands/1/from", "\"2\""}}, "/bands", "scores reach down to 1"});
    expect_problem(
        {{{"/bands/1/from", ""}, {"/bands/1/above", "\"1\""}}, "/bands", "reach down to 1"});
    expect_problem({{{"/missing", "\"zero\""}}, "/bands", "scores reach down to 0"});
    expect_problem({{{"/bands/1/from", "\"4\""}}, "/bands/1", "overlaps"});
    expect_problem(
        {{{"/bands/2", R"({"code": "x", "from": "3", "title": {"id": "a", "en": "b"}})"}},
         "/bands/2",
         "out of order"});
    expect_problem({{{"/bands/1/code", "\"baik\""}}, "/bands/1/code", "stands twice"});
    expect_problem({{{"/bands/0/from", "\"5.5\""}}, "/bands/0", "no score exceeds 5"});
    expect_problem({{{"/cap", "{\"total\": \"3\"}"}}, "/bands/0", "no score exceeds 3"});
    expect_problem({{{"/bands/0/from", "\"4.005\""}}, "/bands/0", "finer than the rounding"});
    expect_problem({{{"/bands/0/above", "\"4\""}}, "/bands/0", "either \"from\""});
    expect_problem({{{"/bands/1/requires", "[\"x\"]"}}, "/bands", "requires a flag"});
    expect_problem({{{"/rounding", ""}}, "/bands", "endless decimals"});
    expect_problem({{{"/bands", "[]"}}, "/bands", "is empty"});
    expect_problem({{{"/bands/0/title", ""}}, "/bands/0/title", "is missing"});
    const auto rising =
        changed(small_policy, {{"/bands/0/from", "\"1\""}, {"/bands/1/from", "\"4\""}});
    EXPECT_EQ(shown(check(rising)), "") << "bands may rise as well as fall";
}

const std::string matrix = R"({"row": "hasil", "column": "perilaku",
  "ratings": [{"code": "a", "from": "3"}, {"code": "b", "from": "1"}],
  "cells": [{"row": "a", "column": "a", "code": "p"}, {"row": "a", "column": "b", "code": "p"},
            {"row": "b", "column": "a", "code": "p"}, {"row": "b", "column": "b", "code": "p"}],
  "titles": {"a": {"id": "a", "en": "a"}, "b": {"id": "b", "en": "b"},
             "p": {"id": "p", "en": "p"}}})";
const std::string group_rounding = R"([{"at": "group", "decimals": 2, "mode": "half_up"}])";

TEST(Check, finds_faults_of_a_matrix) {
    const Changes good{{"/bands", ""}, {"/rounding", group_rounding}, {"/matrix", matrix}};
    const auto base = changed(small_policy, good);
    EXPECT_EQ(shown(check(base)), "");
    const auto faulty = [&](Changes changes) { return shown(check(changed(base, changes))); };
    using ::testing::HasSubstr;
    EXPECT_THAT(faulty({{"/matrix/cells/3", ""}}), HasSubstr("row 'b' and column 'b' is missing"));
    EXPECT_THAT(faulty({{"/matrix/cells/3/row", "\"c\""}}), HasSubstr("never reached"));
    EXPECT_THAT(faulty({{"/matrix/cells/3/row", "\"a\""}}), HasSubstr("this cell stands twice"));
    EXPECT_THAT(faulty({{"/matrix/column", "\"hasil\""}}), HasSubstr("the same group"));
    EXPECT_THAT(faulty({{"/matrix/column", "\"x\""}}), HasSubstr("no group and no step"));
    EXPECT_THAT(faulty({{"/matrix/titles/p", ""}}), HasSubstr("/matrix/titles/p: is missing"));
    EXPECT_THAT(faulty({{"/matrix/titles/q", R"({"id": "q", "en": "q"})"}}),
                HasSubstr("code of no cell and no rating"));
    EXPECT_THAT(faulty({{"/matrix/ratings/1/from", "\"2\""}}), HasSubstr("scores reach down to 1"));
    EXPECT_THAT(faulty({{"/matrix/ratings/0/from", "\"6\""}}), HasSubstr("no score exceeds 5"));
    EXPECT_THAT(faulty({{"/rounding", ""}}), HasSubstr("add to \"rounding\": {\"at\": \"group\""));
    EXPECT_THAT(faulty({{"/bands", "[]"}}), HasSubstr("remove one of the two"));
    const auto ratings = boost::json::serialize(boost::json::parse(matrix).at("ratings"));
    EXPECT_EQ(
        faulty({{"/matrix/ratings", "{\"row\": " + ratings + ", \"column\": " + ratings + "}"}}),
        "");
}

TEST(Check, finds_faults_of_the_procedure) {
    expect_problem(
        {{{"/stages", "{\"review\": \"maybe\"}"}}, "/stages/review", "not one of the words"});
    expect_problem({{{"/stages", "{\"review\": \"unused\"}"}}, "/sources/0", "review, is unused"});
    expect_problem(
        {{{"/stages", "{\"feedback\": \"unused\"}"}}, "/sources/1", "feedback, is unused"});
    expect_problem(
        {{{"/feedback", "{\"window_days\": 0}"}}, "/feedback/window_days", "whole number"});
    expect_problem({{{"/feedback", "{\"sources\": [\"supervisor\"]}"}},
                    "/feedback/sources/0",
                    "is not by peer"});
    expect_problem(
        {{{"/feedback", "{\"sources\": []}"}}, "/feedback/sources", "'peer' gives feedback"});
    expect_problem({{{"/feedback", "{\"invited_only\": \"yes\"}"}},
                    "/feedback/invited_only",
                    "neither true nor false"});
    expect_problem({{{"/feedback", "{\"minimum_disclosure\": {\"peer\": 5}}"}},
                    "/feedback/minimum_disclosure/peer",
                    "the score shows its sums"});
    expect_problem({{{"/feedback", "{\"minimum_disclosure\": {\"x\": 5}}"}},
                    "/feedback/minimum_disclosure/x",
                    "no source"});
    expect_problem({{{"/deadlines", "{\"objection_days\": -1}"}},
                    "/deadlines/objection_days",
                    "whole number"});
}

TEST(Check, finds_all_problems_at_once) {
    const auto text = changed(small_policy, {{"/polcy", "1"},
                                             {"/groups/0/weight", "\"50\""},
                                             {"/bands/1/from", "\"2\""},
                                             {"/title/en", ""}});
    const auto problems = check(text);
    EXPECT_EQ(problems.size(), 4U) << shown(problems);
    const auto refused = parse_policy(text);
    ASSERT_FALSE(refused);
    for (const auto& problem : problems) {
        EXPECT_NE(refused.error().message.find(problem.pointer + ": " + problem.message),
                  std::string::npos);
    }
}

// Whatever is taken away or replaced by something absurd, check answers and never crashes.
TEST(Check, survives_every_single_mutilation) {
    const auto document = changed(small_policy, {{"/matrix", matrix},
                                                 {"/survey", survey},
                                                 {"/sources/2", surveying},
                                                 {"/measured", "{}"},
                                                 {"/feedback", "{\"sources\": [\"peer\"]}"}});
    const auto root = boost::json::parse(document);
    std::vector<std::string> pointers;
    const std::function<void(const boost::json::value&, const std::string&)> walk =
        [&](const boost::json::value& value, const std::string& at) {
            if (!at.empty()) pointers.push_back(at);
            if (value.is_object()) {
                for (const auto& member : value.get_object()) {
                    walk(member.value(), at + "/" + std::string(member.key()));
                }
            } else if (value.is_array()) {
                for (std::size_t i = 0; i < value.get_array().size(); ++i) {
                    walk(value.get_array()[i], at + "/" + std::to_string(i));
                }
            }
        };
    walk(root, "");
    ASSERT_GT(pointers.size(), 100U);
    for (const auto& pointer : pointers) {
        for (const auto* replacement : {"", "null", "[]", "{}", "-1", "\"\"", "[[]]", "\"1/3\""}) {
            const auto text = changed(document, {{pointer, replacement}});
            EXPECT_EQ(check(text).empty(), static_cast<bool>(parse_policy(text))) << pointer;
        }
    }
}

}  // namespace
}  // namespace jejak::scoring
