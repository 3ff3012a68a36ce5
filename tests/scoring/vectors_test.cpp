// The conformance vectors of the library: what `jejak policy conform` runs, for every policy.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/scoring/documents.hpp"
#include "workflows/scoring/conform.hpp"

namespace jejak::scoring {
namespace {

using testing::bundled_text;
using testing::policy_of;

class Vectors : public ::testing::TestWithParam<std::string> {};

std::vector<std::string> policies_with_vectors() {
    std::vector<std::string> ids;
    const auto folder = std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies/vectors";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        ids.push_back(entry.path().stem().string());
    return ids;
}

TEST_P(Vectors, conform) {
    const auto text = bundled_text("vectors/" + GetParam());
    ASSERT_EQ(policy_of_vectors(text).value(), GetParam()) << "name the file after its policy";
    const auto policy = policy_of(bundled_text(GetParam()));
    const auto results = run_vectors(*policy, text);
    ASSERT_TRUE(results) << results.error().message;
    EXPECT_FALSE(results->empty());
    for (const auto& result : *results) {
        for (const auto& fault : result.faults)
            ADD_FAILURE() << GetParam() << " " << result.name << ": " << fault;
    }
}

INSTANTIATE_TEST_SUITE_P(Library, Vectors, ::testing::ValuesIn(policies_with_vectors()),
                         [](const auto& each) {
                             auto name = each.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return "of_" + name;
                         });

}  // namespace
}  // namespace jejak::scoring
