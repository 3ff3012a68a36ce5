#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tests/scenarios/scenario_runner.hpp"

// What the tests of all scenarios ask.
namespace jejak::scenarios {

// How one appraisal of a scenario ends. Results are "score predicate", "" for none.
struct Expected {
    std::string token;
    appraisal::Phase phase;
    std::string finalised;     // when it was set
    std::string changed = "";  // by the decision of an objection
};

// Every command is accepted, none had been sent before.
void expect_all_accepted(const std::vector<Answer>& answers);

// The scenario holds exactly these appraisals, and they end like this.
void expect_results(const ScenarioRunner& scenario, const std::vector<Expected>& expected);

// Folding each stream again gives the state that the growing log gave; the policy, given what is
// folded by then, gives each recorded score, predicate and derivation again.
void expect_replay_agrees(const ScenarioRunner& scenario);

// The same file once more, to a writer that has forgotten everything: the first answers, and not a
// byte more in the log.
void expect_importing_again_changes_nothing(ScenarioRunner& scenario, std::string_view name,
                                            const std::vector<Answer>& first);

// The published policy is the bundled document, unchanged.
void expect_bundled_policy(const ScenarioRunner& scenario, std::string_view name);

// At least twelve appraisals in three units got a result, and each of these events happened.
void expect_shows(const ScenarioRunner& scenario,
                  std::initializer_list<std::string_view> event_names);

}  // namespace jejak::scenarios
