// What check says about conversions, steps, sections, ordinal groups and what follows from a score.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scoring/documents.hpp"

namespace jejak::scoring {
namespace {

using testing::bundled_text;
using testing::changed;
using testing::Changes;
using ::testing::HasSubstr;

// Each problem as "pointer: message; remedy", one a line.
std::string said(const std::string& policy, const Changes& changes) {
    std::string out;
    for (const auto& problem : check(changed(bundled_text(policy), changes)))
        out += problem.pointer + ": " + problem.message + "; " + problem.remedy + "\n";
    return out;
}

struct Fault {
    std::string pointer, text, wanted;
};

void expect_faults(const std::string& policy, const std::vector<Fault>& faults) {
    ASSERT_EQ(said(policy, {}), "");
    for (const auto& fault : faults) {
        EXPECT_THAT(said(policy, {{fault.pointer, fault.text}}), HasSubstr(fault.wanted))
            << fault.pointer << " = " << fault.text;
    }
}

TEST(CheckRules, finds_faults_of_conversions) {
    expect_faults(
        "permen8-2021-70-30",
        {{"/conversions/0/pieces/0", R"({"value": "1"})", "needs either \"from\""},
         {"/conversions/0/pieces/0", R"({"from": "0", "value": "1"})", "another piece begins"},
         {"/conversions/0/pieces/0", R"({"above": "110"})", "needs either \"value\""},
         {"/conversions/0/pieces/0", R"({"above": "110", "through": [["1", "2"]]})", "two points"},
         {"/conversions/0/pieces/0", R"({"above": "110", "through": [["1", "2"], ["1", "3"]]})",
          "two points"},
         {"/conversions/0/pieces", "[]", "is empty"},
         {"/measured/convert", "\"x\"", "'x' is no conversion of this policy"},
         {"/plan/sections/1/convert", "\"x\"", "'x' is no conversion of this policy"}});
}

TEST(CheckRules, finds_faults_of_steps_and_of_what_they_name) {
    expect_faults("permen8-2021-70-30",
                  {{"/steps/0/of", R"({"x": "1"})", "'x' is no group and no step so far"},
                   {"/steps/0/of", "{}", "is empty"},
                   {"/steps/0/how", "\"product\"", "write one of: sum, mean, flagged, blend"},
                   {"/steps/0/id", "\"kinerja_utama\"", "stands twice"},
                   {"/total", "\"x\"", "'x' is no group and no step"},
                   {"/total", "", "is missing, though there are steps"},
                   {"/total", "\"none\"", "only a matrix can give a predicate"},
                   {"/groups/0/weight", "\"50\"", "counts for nothing"}});
    expect_faults("kmk127-2026",
                  {{"/steps/1/flags", "", "is missing"},
                   {"/steps/1/otherwise", "", "is missing"},
                   {"/steps/1/value", "\"koreksi_x\"", "no group and no step so far"},
                   {"/steps/1/with", "\"nko\"", "is not known here"}});
}

TEST(CheckRules, finds_faults_of_sections_and_ordinal_groups) {
    expect_faults("permen8-2021-70-30",
                  {{"/plan/sections/1/id", "\"utama\"", "stands twice"},
                   {"/plan/sections/0/group", "\"x\"", "'x' is no group of this policy"},
                   {"/plan/sections/0/weight_sum", "\"0\"", "is not above 0"},
                   {"/plan/group", "\"kinerja_utama\"", "is not known here"}});
    expect_faults("permen6-2022",
                  {{"/groups/0/ordinal/above", "\"2\"", "is not above what is expected"},
                   {"/groups/0/ordinal/most", "\"60\"", "is not a share"},
                   {"/groups/0/measure", "\"mean\"", "belongs to a group that is not measured so"},
                   {"/groups/0/ordinal", "", "is missing, but the group is measured by it"}});
}

TEST(CheckRules, finds_words_that_mean_two_things) {
    expect_faults("permen6-2022",
                  {{"/scale/spellings/1", R"(["diatas"])", "means"},
                   {"/scale/spellings/1", R"(["---"])", "has no letter or digit"},
                   {"/matrix/spellings/baik", R"(["Sangat Baik"])", "means sangat_baik already"},
                   {"/matrix/spellings/x", R"(["y"])", "code of no cell and no rating"}});
}

TEST(CheckRules, finds_gaps_and_overlaps_where_bands_say_both_ends) {
    expect_faults("dp3-1979", {{"/bands/1/to", "\"89\"", "leaves a gap or an overlap"},
                               {"/bands/1/to", "\"91\"", "leaves a gap or an overlap"},
                               {"/bands/0/to", "\"99\"", "scores above 99 have no band"},
                               {"/bands/4/to", "\"-1\"", "lies below the band's beginning"},
                               {"/bands/1/below", "\"91\"", "stands beside"},
                               {"/rounding/0/decimals", "2", "leaves a gap or an overlap"},
                               {"/rounding", "", "have no band"}});
}

TEST(CheckRules, finds_faults_of_what_follows_from_a_score) {
    expect_faults(
        "permen6-2022",
        {{"/distribution/rules/0/limits/0/predicates", R"(["hebat"])", "is no predicate"},
         {"/distribution/rules/0/limits/0", R"({"predicates": ["baik"]})", "limits nothing"},
         {"/distribution/rules/0/limits/0", R"({"predicates": ["baik"], "at_most": "101"})",
          "is not a percentage"},
         {"/distribution/rules/1/organisation", "\"istimewa\"", "stands twice"},
         {"/credit/percent/hebat", "\"100\"", "is no predicate of this policy"},
         {"/credit/coefficients/1/id", "\"ahli_pertama\"", "stands twice"},
         {"/recommendations/0/when", "{}", "would always hold"},
         {"/recommendations/0/kind", "\"bonus\"", "write one of: recognition"},
         {"/recommendations/0/when", R"({"classification": {"x": ["y"]}})", "no classification"}});
    expect_faults(
        "sofifi",
        {{"/services/0/ways", "[]", "name at least one"},
         {"/services/0/ways/1/id", "\"selesai\"", "stands twice"},
         {"/recommendations/0/when", R"({"services": {"kind": "x", "at_least": 1}})",
          "no kind of service of this policy"},
         {"/recommendations/0/when",
          R"({"services": {"kind": "pengaduan", "ways": ["x"], "at_least": 1}})", "no way of this"},
         {"/recommendations/0/when", R"({"services": {"kind": "pengaduan", "at_least": 0}})",
          "/at_least"}});
    expect_faults("kompetensi-jpm", {{"/classifications/0/of", "\"x\"", "no group and no step"},
                                     {"/classifications/0/bands", "[]", "is empty"}});
}

TEST(CheckRules, finds_faults_of_the_time_and_of_citations) {
    expect_faults("pp46-2011",
                  {{"/applies/from", "\"2021-02-29\"", "is not a day of the calendar"},
                   {"/applies/until", "\"2010-01-01\"", "lies before \"from\""},
                   {"/applies/kind", "\"annual\"", "is not known here"},
                   {"/source/0", R"({"citation": "PP", "confidence": "X"})", "confidence tag"}});
}

}  // namespace
}  // namespace jejak::scoring
