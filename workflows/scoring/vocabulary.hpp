#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>

#include "workflows/scoring/rational.hpp"

// The words of a policy document; each is written there as it is spelt here.
namespace jejak::scoring {

enum class Language { id, en };
// carried: the score of another appraisal of the same person, as it stands.
enum class SourceKind { self, supervisor, peer, subordinate, community, survey, measured, carried };
// Several carried scores of a criterion: that of the part that ended last, their mean, or their
// mean weighted by the months or the days of each part.
enum class PartRule { last, mean, months, days };
// What follows when nobody has decided about an objection in time: the result stands, somebody else
// is to decide, or what was contested becomes what the employee rated herself.
enum class NoDecision { stands, escalates, granted };
enum class MissingRule { refuse, renormalise, zero };
enum class StageRule { required, waivable, unused };
// normal: realisation / target * 100; inverse: (1 + (1 - realisation / target)) * 100
// (PermenPANRB 8/2021: the smaller the better).
enum class Formula { normal, inverse };
// mean: weighted mean of the criteria; fit: weighted sum of the scores by that of the scores at the
// expected levels, in percent, at most 100 (the job-person match of competence assessments);
// points: sum of weight * score / 100; ordinal: by counting levels (OrdinalRule).
enum class GroupMeasure { mean, fit, points, ordinal };
enum class PlanWeights { own, equal };
// sum and mean of values with factors; flagged: a value times the greatest factor whose flag is
// set; blend: w * with + (1 - w) * value, w the greatest flagged factor if value >= with.
enum class StepRule { sum, mean, flagged, blend };
// The score: weighted mean of the groups, a named value, or no number at all.
enum class Total { of_groups, named, none };
enum class RecommendationKind {
    recognition,
    development,
    training,
    promotion,
    placement,
    sanction,
    warning
};
BOOST_DESCRIBE_ENUM(Language, id, en)
BOOST_DESCRIBE_ENUM(SourceKind, self, supervisor, peer, subordinate, community, survey, measured,
                    carried)
BOOST_DESCRIBE_ENUM(PartRule, last, mean, months, days)
BOOST_DESCRIBE_ENUM(NoDecision, stands, escalates, granted)
BOOST_DESCRIBE_ENUM(MissingRule, refuse, renormalise, zero)
BOOST_DESCRIBE_ENUM(StageRule, required, waivable, unused)
BOOST_DESCRIBE_ENUM(Formula, normal, inverse)
BOOST_DESCRIBE_ENUM(GroupMeasure, mean, fit, points, ordinal)
BOOST_DESCRIBE_ENUM(PlanWeights, own, equal)
BOOST_DESCRIBE_ENUM(StepRule, sum, mean, flagged, blend)
BOOST_DESCRIBE_ENUM(RecommendationKind, recognition, development, training, promotion, placement,
                    sanction, warning)
BOOST_DESCRIBE_ENUM(RoundingMode, half_up, half_even, down, up)

struct Text {
    std::string id, en;
    [[nodiscard]] const std::string& in(Language l) const { return l == Language::id ? id : en; }
    friend bool operator==(const Text&, const Text&) = default;
};

struct Citation {
    std::string text;
    std::string confidence;  // "S" read in a source, "D" derived, "C" seen in code, "M" memory, ""
    std::string address;     // where it can be read, or ""
};

struct RoundingRule {
    std::uint32_t decimals = 2;
    RoundingMode mode = RoundingMode::half_up;
};

// The word of a value, and "" for a number that is none.
template <class Enum>
[[nodiscard]] std::string name_of(Enum value) {
    return boost::describe::enum_to_string(value, "");
}

}  // namespace jejak::scoring
