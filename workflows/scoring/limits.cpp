#include "workflows/scoring/limits.hpp"

#include <algorithm>

#include "workflows/scoring/conversion.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::scoring {

namespace {

using Bound = std::optional<Rational>;

// Nothing yet, then whatever was put in.
struct Hull {
    std::optional<Limits> limits;
    void add(const Limits& other) {
        if (!limits) {
            limits = other;
            return;
        }
        const bool low = limits->least && other.least;
        limits->least = low ? Bound(std::min(*limits->least, *other.least)) : std::nullopt;
        const bool high = limits->greatest && other.greatest;
        limits->greatest =
            high ? Bound(std::max(*limits->greatest, *other.greatest)) : std::nullopt;
    }
    [[nodiscard]] Limits value() const { return limits.value_or(Limits{0, 0}); }
};

Limits times(const Limits& limits, const Rational& factor) {
    if (factor.is_zero()) return {0, 0};
    Limits out;
    if (limits.least) out.least = *limits.least * factor;
    if (limits.greatest) out.greatest = *limits.greatest * factor;
    if (factor.sign() < 0) std::swap(out.least, out.greatest);
    return out;
}

Limits plus(const Limits& a, const Limits& b) {
    Limits out;
    if (a.least && b.least) out.least = *a.least + *b.least;
    if (a.greatest && b.greatest) out.greatest = *a.greatest + *b.greatest;
    return out;
}

Limits clamped(Limits limits, const Bound& minimum, const Bound& maximum) {
    if (minimum) {
        limits.least = limits.least ? std::max(*limits.least, *minimum) : *minimum;
        if (limits.greatest) limits.greatest = std::max(*limits.greatest, *minimum);
    }
    if (maximum) {
        limits.greatest = limits.greatest ? std::min(*limits.greatest, *maximum) : *maximum;
        if (limits.least) limits.least = std::min(*limits.least, *maximum);
    }
    return limits;
}

Limits limits_of_measured(const Policy& policy, const PlanSection& section) {
    const auto measured = policy.measured.value_or(Measured{});
    Limits limits{0, measured.cap};
    Hull hull;
    if (measured.convert) limits = limits_of(policy.conversions[*measured.convert], limits);
    hull.add(limits);
    if (measured.maximum_target) hull.add({*measured.maximum_target, *measured.maximum_target});
    limits = hull.value();
    return section.convert ? limits_of(policy.conversions[*section.convert], limits) : limits;
}

// What one source may bring into a criterion; an index behind the policy's own: of that section.
Limits limits_of_source(const Policy& policy, std::uint32_t s, std::uint32_t c) {
    const auto& source = policy.sources[s];
    if (source.by == SourceKind::measured) {
        const auto& section = policy.plan->sections[c - policy.criteria.size()];
        return times(limits_of_measured(policy, section), source.factor);
    }
    if (source.by == SourceKind::survey) {
        const auto survey = policy.survey.value_or(Survey{});
        const auto one = Rational(survey.elements) * survey.element_weight * survey.factor;
        return times({survey.minimum, survey.maximum}, one * source.factor);
    }
    const auto& scale = scale_of(policy, s, c);
    return times({scale.minimum, scale.maximum}, source.factor);
}

Limits limits_of_criterion(const Policy& policy, std::uint32_t c, bool zero) {
    const auto plan = sample_plan(policy);
    Hull hull;
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        if (policy.sources[s].weight.sign() <= 0 || !speaks_to(policy, plan, s, c)) continue;
        hull.add(limits_of_source(policy, s, c));
    }
    if (zero) hull.add({0, 0});
    return hull.value();
}

}  // namespace

Limits limits_of_group(const Policy& policy, std::uint32_t g) {
    const auto& group = policy.groups[g];
    if (group.measure == GroupMeasure::fit) return clamped({0, 100}, {}, group.cap);
    if (group.measure == GroupMeasure::ordinal) {
        const auto rule = group.ordinal.value_or(OrdinalRule{});
        return {std::min(policy.scale.minimum, rule.expected), rule.above};
    }
    const bool zero =
        policy.missing_source == MissingRule::zero ||
        group.missing_criterion.value_or(policy.missing_criterion) == MissingRule::zero;
    Hull hull;
    Limits sum{0, 0};
    for (const auto c : group.criteria) {
        const auto limits = limits_of_criterion(policy, c, zero);
        hull.add(limits);
        sum = plus(sum, times(limits, policy.criteria[c].weight / 100));
    }
    const auto sections = policy.plan ? policy.plan->sections.size() : 0;
    for (std::uint32_t i = 0; i < sections; ++i) {
        if (policy.plan->sections[i].group != g) continue;
        const auto own = static_cast<std::uint32_t>(policy.criteria.size());
        const auto limits = limits_of_criterion(policy, own + i, zero);
        hull.add(limits);
        // As many items, as heavy as the plan likes.
        const bool positive = limits.least && limits.least->sign() >= 0;
        sum = positive ? Limits{0, std::nullopt} : Limits{};
    }
    const auto limits = group.measure == GroupMeasure::points ? sum : hull.value();
    return clamped(limits, {}, group.cap);
}

Limits limits_of_value(const Policy& policy, std::uint32_t value) {
    if (value < policy.groups.size()) return limits_of_group(policy, value);
    const auto& step = policy.steps[value - policy.groups.size()];
    Hull hull;
    Limits sum{0, 0};
    for (const auto& term : step.of) {
        const auto limits = limits_of_value(policy, term.value);
        hull.add(limits);
        sum = plus(sum, times(limits, term.factor));
    }
    if (step.how == StepRule::flagged) {
        const auto limits = limits_of_value(policy, step.value);
        hull.add(times(limits, step.otherwise));
        for (const auto& flagged : step.flags)
            hull.add(times(limits, flagged.factor));
    }
    if (step.how == StepRule::blend) {
        hull.add(limits_of_value(policy, step.value));
        hull.add(limits_of_value(policy, step.with));
    }
    const auto limits = step.how == StepRule::sum ? sum : hull.value();
    return clamped(limits, step.minimum, step.maximum);
}

Limits limits_of_total(const Policy& policy) {
    Limits limits;
    if (policy.total == Total::of_groups) {
        Hull hull;
        for (std::uint32_t g = 0; g < policy.groups.size(); ++g)
            hull.add(limits_of_group(policy, g));
        limits = hull.value();
    } else if (policy.total == Total::named) {
        limits = limits_of_value(policy, policy.total_value);
    }
    return clamped(limits, {}, policy.cap_total);
}

}  // namespace jejak::scoring
