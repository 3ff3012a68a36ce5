#include "tools/benchmark/scoring.hpp"

#include <chrono>

#include "tools/bundled_policies.hpp"
#include "workflows/scoring/check.hpp"
#include "workflows/scoring/evaluate.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::benchmark {
namespace {

using Steady = std::chrono::steady_clock;
using namespace scoring;

// Two items in each section; every source has as many raters as it needs, who rate in the middle;
// scores of other appraisals are carried in.
Inputs complete_inputs(const Policy& policy) {
    Inputs inputs;
    const auto sections = policy.plan ? policy.plan->sections.size() : 0;
    for (std::uint32_t i = 0; i < 2 * sections; ++i) {
        PlanItem item;
        item.id = "butir_" + std::to_string(i);
        item.section = i / 2;
        item.weight = 50;
        item.target = 95;
        item.realisation = 93;
        inputs.plan.push_back(std::move(item));
    }
    const auto criteria = static_cast<std::uint32_t>(policy.criteria.size() + inputs.plan.size());
    std::uint32_t version = 2;
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        for (std::uint32_t rater = 0; rater < policy.sources[s].minimum; ++rater) {
            SourceRatings given{s, 1, {version++}, {}};
            for (std::uint32_t c = 0; c < criteria; ++c) {
                const bool carried = policy.sources[s].by == SourceKind::carried &&
                                     speaks_to(policy, inputs.plan, s, c);
                if (!carried && !rates(policy, inputs.plan, s, c)) continue;
                const auto& scale = scale_of(policy, s, c);
                const auto middle = (scale.minimum + scale.maximum) / 2;
                given.ratings.push_back({c, 1, middle.round(scale.decimals, RoundingMode::up)});
            }
            if (!given.ratings.empty()) inputs.sources.push_back(std::move(given));
        }
    }
    if (policy.survey) {
        inputs.survey = SurveyResult{};
        inputs.survey->element_means.assign(policy.survey->elements, Rational(13, 4));
        inputs.survey->respondents = 150;
    }
    return inputs;
}

// How often a second `once` can be done.
template <class Once>
double rate_of(double seconds, const Once& once) {
    std::size_t done = 0;
    const auto started = Steady::now();
    double passed = 0;
    while (passed < seconds) {
        for (int i = 0; i < 1'000; ++i)
            once();
        done += 1'000;
        passed = std::chrono::duration<double>(Steady::now() - started).count();
    }
    return static_cast<double>(done) / passed;
}

Result<Evaluations> measure(const Policy& policy, double seconds) {
    const auto inputs = complete_inputs(policy);
    Evaluations out{policy.id, 0, 0, 0};
    for (const auto& source : inputs.sources)
        out.ratings += source.ratings.size();
    const auto answer = evaluate(policy, inputs);
    if (const auto* missing = std::get_if<Missing>(&answer)) {
        return error(ErrorCode::defect, policy.id + ": " + missing->text());
    }
    std::size_t scored = 0;  // what is used is not optimised away
    out.scores = rate_of(seconds, [&] { scored += score(policy, inputs).has_value() ? 1 : 0; });
    out.results = rate_of(seconds, [&] { scored += 1 - evaluate(policy, inputs).index(); });
    if (scored == 0) return error(ErrorCode::defect, policy.id + ": nothing was scored");
    return out;
}

}  // namespace

Result<std::vector<Evaluations>> measure_scoring(double seconds) {
    std::vector<Evaluations> out;
    for (const auto& bundled : tools::bundled_policies()) {
        const auto policy = parse_policy(bundled.document);
        if (!policy) return policy.error();
        auto measured = measure(**policy, seconds);
        if (!measured) return measured.error();
        out.push_back(std::move(*measured));
    }
    return out;
}

}  // namespace jejak::benchmark
