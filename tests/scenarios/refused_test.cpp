// Sample refused.jsonl: what is asked against the rules, after the five scenarios were imported.
#include <gtest/gtest.h>

#include <array>

#include "tests/scenarios/expectations.hpp"

namespace jejak::scenarios {
namespace {

struct Refusal {
    std::string command_id, appraisal, rule, phase;
};

// One row a line of the file.
const std::vector<Refusal>& refusals() {
    // clang-format off
    static const std::vector<Refusal> table = {
        // A colleague whom nobody invited; the employee as her own peer; the head of another unit.
        {"smp-refused-0001", "lampung-kompetensi-2025-014", "not_invited", "supervisor_reviewed"},
        {"smp-refused-0002", "lampung-kompetensi-2025-014", "own_appraisal", "supervisor_reviewed"},
        {"smp-refused-0003", "lampung-kompetensi-2025-014", "not_the_supervisor",
         "supervisor_reviewed"},
        // A stage that this policy requires; a 6 on a scale to 5; the supervisor as a peer.
        {"smp-refused-0004", "bukitintan-2025-013", "stage_is_required", "supervisor_reviewed"},
        {"smp-refused-0005", "bukitintan-2025-013", "rating_not_valid", "supervisor_reviewed"},
        {"smp-refused-0006", "bukitintan-2025-013", "supervisor_reviews", "supervisor_reviewed"},
        // An employee reviews himself; the supervisor of others does; eight of nine elements.
        {"smp-refused-0007", "lampung-capaian-2025-013", "not_permitted", "self_assessed"},
        {"smp-refused-0008", "lampung-capaian-2025-013", "not_the_supervisor", "self_assessed"},
        {"smp-refused-0009", "lampung-capaian-2025-013", "survey_not_valid", "self_assessed"},
        // A decision before the supervisor was heard; by the supervisor; a second objection.
        {"smp-refused-0010", "sofifi-2025-014", "explanation_missing", "disputed"},
        {"smp-refused-0011", "sofifi-2025-014", "not_the_superior", "disputed"},
        {"smp-refused-0012", "sofifi-2025-009", "objection_is_final", "finalised"},
        // A result before the feedback was weighed; a rater too late; a second appraisal a period.
        {"smp-refused-0013", "gunungkidul-2025-013", "feedback_not_weighed", "feedback"},
        {"smp-refused-0014", "gunungkidul-2025-013", "not_in_this_phase", "feedback"},
        {"smp-refused-0015", "gunungkidul-2025-015", "already_appraised", ""},
    };
    // clang-format on
    return table;
}

void import_all(ScenarioRunner& scenario) {
    constexpr std::array names = {"lampung-kompetensi", "bukitintan", "lampung-capaian", "sofifi",
                                  "gunungkidul"};
    for (const auto* name : names)
        expect_all_accepted(scenario.run(name));
}

TEST(RefusedSample, is_refused_line_by_line_and_leaves_every_appraisal_as_it_was) {
    ScenarioRunner scenario;
    import_all(scenario);
    const auto before = scenario.appraisals();
    const auto lines = sample_lines("refused");
    ASSERT_EQ(lines.size(), refusals().size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        SCOPED_TRACE(lines[i]);
        const Refusal& expected = refusals()[i];
        const Answer answer = scenario.send(lines[i]);
        ASSERT_TRUE(answer.receipt.has_value()) << answer.receipt.error().message;
        ASSERT_TRUE(answer.receipt->rejection.has_value()) << "the command was accepted";
        EXPECT_NE(lines[i].find('"' + expected.command_id + '"'), std::string::npos);
        EXPECT_EQ(answer.receipt->stream.key(), expected.appraisal);
        EXPECT_EQ(answer.receipt->rejection->rule, expected.rule)
            << answer.receipt->rejection->message;
        EXPECT_EQ(answer.receipt->rejection->phase, expected.phase);
        EXPECT_TRUE(scenario.appraisals() == before) << "a refused command has changed a state";
    }
    expect_replay_agrees(scenario);
}

TEST(RefusedSample, is_recorded_and_answered_alike_when_it_is_sent_again) {
    ScenarioRunner scenario;
    import_all(scenario);
    const Position before = scenario.head();
    const auto first = scenario.run("refused");
    EXPECT_GE(scenario.head().value, before.value + first.size())
        << "a refused attempt is an audit fact: each has a position in the log";
    expect_importing_again_changes_nothing(scenario, "refused", first);
}

}  // namespace
}  // namespace jejak::scenarios
