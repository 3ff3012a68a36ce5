#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/result.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/scoring/evaluate.hpp"

namespace jejak::appraisal {

// What an appraisal's score is and why: as recorded when it was finalised or changed, or as it
// would be now, or what is still missing.
struct Explanation {
    bool recorded = false;  // false: nothing is final, this is what the inputs so far give
    std::variant<scoring::Outcome, scoring::Missing> answer;
};

[[nodiscard]] Explanation explain(const Appraisal& state, const scoring::Policy& policy);

// Computes a recorded result again from the fold before it and compares. Nothing where they agree,
// otherwise what differs, for a person.
[[nodiscard]] std::optional<std::string> check_recorded_result(const Appraisal& before,
                                                               const Event& event,
                                                               const scoring::Policy& policy);

}  // namespace jejak::appraisal
