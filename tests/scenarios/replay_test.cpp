// What an auditor relies on: a replay to any version gives what stood there at that time, and a
// what-if without a change gives the recorded score, bit for bit.
#include <gtest/gtest.h>

#include "tests/scenarios/scenario_runner.hpp"
#include "workflows/appraisal/what_if.hpp"

namespace jejak::scenarios {
namespace {

class EverySample : public testing::TestWithParam<std::string> {};

TEST_P(EverySample, replays_to_what_stood_at_each_version_while_the_log_grew) {
    ScenarioRunner runner;
    std::map<std::string, std::map<std::uint32_t, appraisal::Appraisal>> seen;
    for (const auto& line : sample_lines(GetParam())) {
        (void)runner.send(line);
        for (const auto& [token, state] : runner.appraisals())
            seen[token][state.version] = state;
    }
    ASSERT_FALSE(seen.empty());
    runner.restart();
    for (const auto& [token, versions] : seen) {
        const auto steps = runner.replay(token);
        for (const auto& [version, state] : versions) {
            ASSERT_LE(version, steps.size()) << token;
            EXPECT_EQ(steps[version - 1].after, state) << token << " at version " << version;
        }
    }
}

TEST_P(EverySample, asked_what_if_nothing_changed_answers_with_the_recorded_result) {
    ScenarioRunner runner;
    (void)runner.run(GetParam());
    std::size_t results = 0;
    for (const auto& [token, state] : runner.appraisals()) {
        for (const auto& step : runner.replay(token)) {
            if (!step.after.result) continue;
            ++results;
            const auto policy = runner.policy(step.after.policy);
            ASSERT_NE(policy, nullptr) << step.after.policy;
            const auto same = appraisal::compare(step.after, *policy, *policy, {});
            ASSERT_TRUE(same.has_value()) << same.error().message;
            const auto& outcome = std::get<scoring::Outcome>(same->after.answer);
            EXPECT_EQ(outcome.score_text, step.after.result->score) << token;
            EXPECT_EQ(outcome.predicate, step.after.result->predicate) << token;
            EXPECT_FALSE(same->predicate_changes()) << token;
        }
    }
    EXPECT_GT(results, 0U);
}

INSTANTIATE_TEST_SUITE_P(Samples, EverySample,
                         testing::Values("bukitintan", "gunungkidul", "lampung-capaian",
                                         "lampung-kompetensi", "sofifi"),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace jejak::scenarios
