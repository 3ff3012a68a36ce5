#pragma once

#include <string>
#include <vector>

#include "workflows/appraisal/appraisal.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::appraisal {

// One thing in which two states of an appraisal, or two appraisals, differ; "" where the one has
// nothing there. People are shown as pseudonyms in hex, raters never: what their source said is
// shown as count and sum, and only from the policy's minimum of raters on.
struct Difference {
    std::string what;  // "review.kerja_sama", "plan.imunisasi.target", "phase"
    std::string before, after;
    friend bool operator==(const Difference&, const Difference&) = default;
};

// Pure; in a fixed order. `policy` says from how many raters on a source is shown.
[[nodiscard]] std::vector<Difference> differences(const Appraisal& before, const Appraisal& after,
                                                  const scoring::Policy& policy);

}  // namespace jejak::appraisal
