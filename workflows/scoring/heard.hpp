#pragma once

#include <vector>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/evaluate.hpp"

// Who was heard, as the derivation tells it.
namespace jejak::scoring {

// The sources that said something, in the policy's order, with the events that their numbers come
// from.
[[nodiscard]] std::vector<SourceInputs> heard_sources(const Policy& policy, const Inputs& inputs);
[[nodiscard]] SurveyNode heard_survey(const Survey& rule, const SurveyResult& given,
                                      const Rational& index);
// The sources that the criterion lacks, as `missing` tells, with how many raters they had.
[[nodiscard]] Text missing_sources(const Policy& policy, const std::vector<MissingStep>& missing,
                                   const std::string& criterion);

}  // namespace jejak::scoring
