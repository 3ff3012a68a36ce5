#pragma once

#include <boost/describe.hpp>
#include <string>

#include "workflows/scoring/rational.hpp"

// The words of a policy document; each is written there as it is spelt here.
namespace jejak::scoring {

enum class Language { id, en };
enum class SourceKind { self, supervisor, peer, subordinate, community, survey, measured };
enum class MissingRule { refuse, renormalise, zero };
enum class StageRule { required, waivable, unused };
// normal: realisation / target * 100; inverse: (1 + (1 - realisation / target)) * 100
// (PermenPANRB 8/2021: the smaller the better).
enum class Formula { normal, inverse };
// mean: weighted mean of the criteria; fit: weighted sum of the scores by that of the scores at the
// expected levels, in percent, at most 100 (the job-person match of competence assessments).
enum class GroupMeasure { mean, fit };
enum class PlanWeights { own, equal };
BOOST_DESCRIBE_ENUM(Language, id, en)
BOOST_DESCRIBE_ENUM(SourceKind, self, supervisor, peer, subordinate, community, survey, measured)
BOOST_DESCRIBE_ENUM(MissingRule, refuse, renormalise, zero)
BOOST_DESCRIBE_ENUM(StageRule, required, waivable, unused)
BOOST_DESCRIBE_ENUM(Formula, normal, inverse)
BOOST_DESCRIBE_ENUM(GroupMeasure, mean, fit)
BOOST_DESCRIBE_ENUM(PlanWeights, own, equal)
BOOST_DESCRIBE_ENUM(RoundingMode, half_up, half_even, down, up)

struct Text {
    std::string id, en;
    [[nodiscard]] const std::string& in(Language l) const { return l == Language::id ? id : en; }
    friend bool operator==(const Text&, const Text&) = default;
};

// The word of a value, and "" for a number that is none.
template <class Enum>
[[nodiscard]] std::string name_of(Enum value) {
    return boost::describe::enum_to_string(value, "");
}

}  // namespace jejak::scoring
