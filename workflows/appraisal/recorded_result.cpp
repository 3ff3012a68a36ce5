#include "workflows/appraisal/recorded_result.hpp"

namespace jejak::appraisal {
namespace {

template <class ResultEvent>
std::optional<std::string> compare(const Appraisal& inputs, const ResultEvent& recorded,
                                   const scoring::Policy& policy) {
    const auto evaluated = scoring::evaluate(policy, scoring_inputs(inputs, policy));
    if (const auto* missing = std::get_if<scoring::Missing>(&evaluated)) {
        return "recorded score " + recorded.score + ", computed again: " + missing->text();
    }
    const auto& outcome = std::get<scoring::Outcome>(evaluated);
    if (outcome.score_text != recorded.score) {
        return "recorded score " + recorded.score + ", computed again " + outcome.score_text;
    }
    if (outcome.predicate != recorded.predicate) {
        return "recorded predicate \"" + recorded.predicate + "\", computed again \"" +
               outcome.predicate + "\"";
    }
    if (outcome.derivation != recorded.derivation) {
        return "the recorded derivation is not the one computed again, although the score is";
    }
    return std::nullopt;
}

}  // namespace

Explanation explain(const Appraisal& state, const scoring::Policy& policy) {
    return {state.result.has_value(), scoring::evaluate(policy, scoring_inputs(state, policy))};
}

std::optional<std::string> check_recorded_result(const Appraisal& before, const Event& event,
                                                 const scoring::Policy& policy) {
    if (const auto* finalised = std::get_if<Finalised>(&event)) {
        return compare(before, *finalised, policy);
    }
    Appraisal after = before;
    evolve(after, event);
    if (const auto* changed = std::get_if<ResultChanged>(&event)) {
        return compare(after, *changed, policy);
    }
    if (const auto* corrected = std::get_if<ResultCorrected>(&event)) {
        return compare(after, *corrected, policy);
    }
    return std::nullopt;
}

}  // namespace jejak::appraisal
