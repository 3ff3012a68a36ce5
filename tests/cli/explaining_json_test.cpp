// What a front end gets of an explanation, pinned: of a result, and of one that is not there yet.
#include <gtest/gtest.h>

#include <regex>

#include "tests/cli/program.hpp"
#include "tests/workflows/golden.hpp"

namespace jejak::cli {
namespace {

// One member a line, and the moments of recording, which are those of the test, taken out.
std::string page_of(const std::string& json) {
    static const std::regex moment("20[0-9-]{8}T[0-9:.]{8,15}Z");
    const auto timeless = std::regex_replace(json, moment, "T");
    return std::regex_replace(timeless, std::regex(",(?=[\"{])"), ",\n");
}

void expect_explanation(const std::string& page, std::vector<std::string> arguments) {
    const Scratch scratch;
    ASSERT_EQ(run(scratch.data(), {"import", sample("sofifi.jsonl")}).exit_code, 0);
    arguments.insert(arguments.begin(), "explain");
    arguments.emplace_back("--json");
    const Ran ran = run(scratch.data(), std::move(arguments));
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    golden::expect_golden("cli/golden/" + page + ".json", page_of(ran.out));
}

TEST(ExplainingAsJson, of_a_result_has_the_derivation_and_the_events_behind_it) {
    expect_explanation("explain-result", {"sofifi-2025-001"});
}

TEST(ExplainingAsJson, of_an_open_appraisal_says_what_is_missing) {
    expect_explanation("explain-missing", {"sofifi-2025-001", "--at-version", "4"});
}

}  // namespace
}  // namespace jejak::cli
