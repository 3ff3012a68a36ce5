#pragma once

#include <boost/describe.hpp>
#include <string>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/scoring/published_policy.hpp"

// The workflow "unit_result": stream "unit_result/<digest of unit and period>", the predicate of an
// organisation for a period (predikat kinerja organisasi, SE MenPANRB 3/2023), which the leader
// above it sets and which limits the predicates of its employees.
namespace jejak::unit_result {

// Sets the predicate, or sets another one; both stay on record.
struct SetUnitPredicate {
    static constexpr std::string_view command_name = "set_unit_predicate";
    std::string unit;
    std::string period;
    std::string policy;           // a published one with a distribution
    std::string predicate;        // in any spelling that the policy knows
    std::string document_sha256;  // of the letter that says so; an administrator needs one
};
BOOST_DESCRIBE_STRUCT(SetUnitPredicate, (), (unit, period, policy, predicate, document_sha256))

struct UnitPredicateSet {
    static constexpr std::string_view event_name = "unit_result.predicate_set";
    static constexpr std::uint16_t schema_version = 1;
    std::string unit;
    std::string period;
    std::string policy;
    std::string predicate;  // the code of the policy's distribution
    std::string previous;   // "" the first time
    std::string document_sha256;
};
BOOST_DESCRIBE_STRUCT(UnitPredicateSet, (),
                      (unit, period, policy, predicate, previous, document_sha256))

struct UnitResult {
    std::string unit, period, policy, predicate;  // "" before it is set
};

// The stream of a unit in a period.
[[nodiscard]] StreamId stream_of(std::string_view unit, std::string_view period);

struct UnitResultDecider {
    static constexpr std::string_view workflow = "unit_result";
    using State = UnitResult;
    using Command = std::variant<SetUnitPredicate>;
    using Event = std::variant<UnitPredicateSet>;

    // Rules: not_permitted, wrong_stream, policy_unknown, predicate_unknown, document_missing,
    // predicate_is_set.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    [[nodiscard]] static PersonId subject(const State&, const Command&) { return {}; }
};

}  // namespace jejak::unit_result
