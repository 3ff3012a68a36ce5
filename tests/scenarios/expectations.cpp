#include "tests/scenarios/expectations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "workflows/scoring/check.hpp"

namespace jejak::scenarios {
namespace {

// A recorded result, whichever event set it.
struct Recorded {
    const std::string& score;
    const std::string& predicate;
    const scoring::Derivation& derivation;

    [[nodiscard]] std::string text() const { return score + " " + predicate; }
};

std::optional<Recorded> recorded_in(const appraisal::Event& event) {
    if (const auto* set = std::get_if<appraisal::Finalised>(&event)) {
        return Recorded{set->score, set->predicate, set->derivation};
    }
    if (const auto* set = std::get_if<appraisal::ResultChanged>(&event)) {
        return Recorded{set->score, set->predicate, set->derivation};
    }
    return std::nullopt;
}

void expect_computed_again(const Recorded& recorded, const scoring::Policy& policy,
                           const appraisal::Appraisal& state) {
    const auto evaluated = scoring::evaluate(policy, appraisal::scoring_inputs(state, policy));
    const auto* outcome = std::get_if<scoring::Outcome>(&evaluated);
    ASSERT_NE(outcome, nullptr) << std::get<scoring::Missing>(evaluated).text();
    EXPECT_EQ(outcome->score_text, recorded.score);
    EXPECT_EQ(outcome->predicate, recorded.predicate);
    EXPECT_EQ(outcome->derivation, recorded.derivation);
}

}  // namespace

void expect_all_accepted(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
        if (!answer.receipt) {
            ADD_FAILURE() << answer.receipt.error().message << "\n  in " << answer.line;
        } else if (answer.receipt->rejection) {
            ADD_FAILURE() << answer.receipt->rejection->rule << ": "
                          << answer.receipt->rejection->message << "\n  in " << answer.line;
        } else {
            EXPECT_FALSE(answer.receipt->repeated)
                << "give each command of a sample an id of its own: " << answer.line;
        }
    }
}

void expect_results(const ScenarioRunner& scenario, const std::vector<Expected>& expected) {
    EXPECT_EQ(scenario.appraisals().size(), expected.size())
        << "write each appraisal of the sample into the table of its test";
    for (const Expected& row : expected) {
        SCOPED_TRACE(row.token);
        const auto found = scenario.appraisals().find(row.token);
        ASSERT_NE(found, scenario.appraisals().end()) << "the sample has no such appraisal";
        const appraisal::Appraisal& state = found->second;
        EXPECT_EQ(name_of(state.phase), name_of(row.phase));
        const std::string last = row.changed.empty() ? row.finalised : row.changed;
        EXPECT_EQ(state.result ? state.result->score + " " + state.result->predicate : "", last);
        std::vector<std::string> recorded;
        for (const Step& step : scenario.replay(row.token)) {
            if (const auto result = recorded_in(step.event)) recorded.push_back(result->text());
        }
        std::vector<std::string> results;
        for (const std::string* text : {&row.finalised, &row.changed}) {
            if (!text->empty()) results.push_back(*text);
        }
        EXPECT_EQ(recorded, results);
    }
}

void expect_replay_agrees(const ScenarioRunner& scenario) {
    for (const auto& [token, state] : scenario.appraisals()) {
        SCOPED_TRACE(token);
        const auto policy = scenario.policy(state.policy);
        ASSERT_NE(policy, nullptr);
        EXPECT_EQ(to_hex(policy->hash), state.policy_sha256);
        const auto steps = scenario.replay(token);
        ASSERT_FALSE(steps.empty());
        EXPECT_TRUE(steps.back().after == state)
            << "the fold of the stream is not what the growing log gave";
        for (const Step& step : steps) {
            SCOPED_TRACE("version " + std::to_string(step.after.version));
            if (const auto recorded = recorded_in(step.event)) {
                expect_computed_again(*recorded, *policy, step.after);
            }
        }
    }
}

void expect_importing_again_changes_nothing(ScenarioRunner& scenario, std::string_view name,
                                            const std::vector<Answer>& first) {
    const Position head = scenario.head();
    const std::string root = scenario.root();
    scenario.restart();
    const auto again = scenario.run(name);
    ASSERT_EQ(again.size(), first.size());
    for (std::size_t i = 0; i < again.size(); ++i) {
        SCOPED_TRACE(again[i].line);
        ASSERT_TRUE(again[i].receipt.has_value()) << again[i].receipt.error().message;
        const runtime::Receipt& now = *again[i].receipt;
        const runtime::Receipt& then = *first[i].receipt;
        EXPECT_TRUE(now.repeated);
        EXPECT_EQ(now.first, then.first);
        EXPECT_EQ(now.last, then.last);
        EXPECT_EQ(now.version, then.version);
        EXPECT_EQ(now.events, then.events);
        EXPECT_EQ(now.rejection, then.rejection);
    }
    EXPECT_EQ(scenario.head(), head) << "nothing may be added";
    EXPECT_EQ(scenario.root(), root);
}

void expect_bundled_policy(const ScenarioRunner& scenario, std::string_view name) {
    const std::string path = std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies/" +
                             std::string(name) + ".json";
    std::ifstream file(path);
    ASSERT_TRUE(file.is_open()) << "cannot read " << path;
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto bundled = scoring::parse_policy(text);
    ASSERT_TRUE(bundled.has_value()) << bundled.error().message;
    const auto published = scenario.policy(std::string(name));
    ASSERT_NE(published, nullptr);
    EXPECT_EQ(published->canonical, (*bundled)->canonical)
        << "copy " << path << " into the first line of the sample";
}

void expect_shows(const ScenarioRunner& scenario,
                  std::initializer_list<std::string_view> event_names) {
    std::set<std::string, std::less<>> happened;
    std::set<std::string> units;
    std::size_t with_result = 0;
    for (const auto& [token, state] : scenario.appraisals()) {
        units.insert(state.unit);
        if (state.result) ++with_result;
        for (const Step& step : scenario.replay(token)) {
            happened.emplace(std::visit([](const auto& e) { return e.event_name; }, step.event));
        }
    }
    EXPECT_GE(with_result, 12U);
    EXPECT_EQ(units.size(), 3U);
    for (const std::string_view name : event_names) {
        EXPECT_TRUE(happened.contains(name)) << "the sample no longer shows " << name;
    }
}

}  // namespace jejak::scenarios
