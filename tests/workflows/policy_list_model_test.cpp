#include "workflows/policy/policy_list.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "tests/workflows/model_log.hpp"
#include "workflows/policy/policy_decider.hpp"

namespace jejak::policy {
namespace {

std::string bundled_policy(const std::string& name) {
    std::ifstream file(std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

TEST(PolicyListModel, lists_published_policies_by_id_with_their_titles) {
    ModelLog log;
    storage::MemoryReadStore store;
    log.record("policy", "z-first",
               PolicyPublished{"z-first", "ff", bundled_policy("feedback-mean.json"), Position{1}});
    log.reject("policy", "z-first");
    log.record("policy", "a-second", PolicyPublished{"a-second", "ee", "{}", Position{3}});
    log.fold_well(*make_policy_list(), store);
    const ListedPolicy first{"z-first",
                             "ff",
                             Position{1},
                             ModelLog::time_of(Position{1}),
                             "Rata-rata umpan balik",
                             "Mean of feedback"};
    // A document that this program cannot read is listed all the same.
    const ListedPolicy second{"a-second", "ee", Position{3}, ModelLog::time_of(Position{3}),
                              "",         ""};
    const auto all = published_policies(store);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_THAT(*all, testing::ElementsAre(second, first));
    EXPECT_EQ(*find_policy(store, "z-first"), first);
    EXPECT_EQ(*find_policy(store, "z"), std::nullopt);
}

TEST(PolicyListModel, stops_at_a_fact_about_policies_that_it_does_not_know) {
    ModelLog log;
    storage::MemoryReadStore store;
    log.write("policy", "p", "policy.withdrawn", 1, "", true);
    const auto folded = log.fold(*make_policy_list(), store);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace jejak::policy
