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

}  // namespace jejak::scoring
