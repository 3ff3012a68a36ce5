#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
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
    // Of a unit that is on record: the post by which the one who sets it leads the unit above.
    std::string post{};
};
BOOST_DESCRIBE_STRUCT(SetUnitPredicate, (),
                      (unit, period, policy, predicate, document_sha256, post))

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

// What a unit has moved in a month or a year: coverage of immunisation, complaints settled. A value
// again for the same period replaces it; both stay on record.
struct RecordIndicator {
    static constexpr std::string_view command_name = "record_indicator";
    std::string unit;
    std::string indicator;  // a name of letters, digits and . _ -
    std::string period;     // "2026-03"
    std::string value;      // exact: "87.5"
    std::string document_sha256;
};
BOOST_DESCRIBE_STRUCT(RecordIndicator, (), (unit, indicator, period, value, document_sha256))

struct IndicatorRecorded {
    static constexpr std::string_view event_name = "unit_result.indicator_recorded";
    static constexpr std::uint16_t schema_version = 1;
    std::string unit;
    std::string indicator;
    std::string period;
    std::string value;
    std::string previous;  // "" the first time
    std::string document_sha256;
};
BOOST_DESCRIBE_STRUCT(IndicatorRecorded, (),
                      (unit, indicator, period, value, previous, document_sha256))

using Command = std::variant<SetUnitPredicate, RecordIndicator>;
using Event = std::variant<UnitPredicateSet, IndicatorRecorded>;

// Of a unit in a period, or one of its indicators.
struct UnitResult {
    std::string unit, period, policy, predicate;  // "" before it is set
    std::uint32_t version = 0;                    // of the event that set the predicate
    std::map<std::string, std::string> series;    // period → value
};

// The stream of a unit in a period.
[[nodiscard]] StreamId stream_of(std::string_view unit, std::string_view period);
[[nodiscard]] StreamId stream_of_indicator(std::string_view unit, std::string_view indicator);
[[nodiscard]] StreamId stream_of(const Command& command);

struct UnitResultDecider {
    static constexpr std::string_view workflow = "unit_result";
    using State = UnitResult;
    using Command = unit_result::Command;
    using Event = unit_result::Event;

    // Rules: not_permitted, not_the_leader_above, outside_scope, wrong_stream, policy_unknown,
    // predicate_unknown, document_missing, predicate_is_set, indicator_not_valid.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    // Whether the office of whoever acts reaches to the unit.
    [[nodiscard]] static std::vector<StreamId> further_references(const State&, const Command&,
                                                                  const Context&);
    [[nodiscard]] static PersonId subject(const State&, const Command&) { return {}; }
};

}  // namespace jejak::unit_result
