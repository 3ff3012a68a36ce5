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

// Rounding keeps order, so the ends of what is rounded are its rounded ends.
Limits rounded(Limits limits, const std::optional<RoundingRule>& rule) {
    if (!rule) return limits;
    if (limits.least) limits.least = limits.least->round(rule->decimals, rule->mode);
    if (limits.greatest) limits.greatest = limits.greatest->round(rule->decimals, rule->mode);
    return limits;
}

// What one source may bring into a criterion; an index behind the policy's own: of that section.
Limits limits_of_source(const Policy& policy, std::uint32_t s, std::uint32_t c) {
    const auto& source = policy.sources[s];
    if (source.by == SourceKind::measured) {
        const auto& convert = policy.plan->sections[c - policy.criteria.size()].convert;
        auto limits = limits_of_measured(policy);
        if (convert) limits = limits_of(policy.conversions[*convert], limits);
        return times(limits, source.factor);
    }
    if (source.by == SourceKind::survey) {
        const auto survey = policy.survey.value_or(Survey{});
        const auto one = Rational(survey.elements) * survey.element_weight * survey.factor;
        const auto index = rounded(times({survey.minimum, survey.maximum}, one),
                                   RoundingRule{survey.decimals, survey.mode});
        return times(index, source.factor);
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
    return rounded(hull.value(), policy.round_criterion);
}

// sum(weight * score) to sum(weight * expected) lies above the least of score to expected, where
// that is below 0: each source brings its rating and its expected level with the same factor.
Limits limits_of_fit(const Policy& policy, const Group& group) {
    Rational least;
    for (const auto c : group.criteria) {
        const auto& level = policy.criteria[c].expected_level;
        if (!level || level->sign() <= 0) continue;  // its problem is noted
        for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
            if (policy.sources[s].weight.sign() <= 0 || !speaks_to(policy, {}, s, c)) continue;
            least = std::min(least, scale_of(policy, s, c).minimum * 100 / *level);
        }
    }
    return {least, 100};
}

// Each criterion brings weight * score / 100; items of a plan as many, as heavy as it likes. What
// may be left out may bring nothing.
Limits limits_of_points(const Policy& policy, std::uint32_t g, bool zero, bool left_out) {
    Limits sum{0, 0};
    for (const auto c : policy.groups[g].criteria) {
        Hull part;
        part.add(times(limits_of_criterion(policy, c, zero), policy.criteria[c].weight / 100));
        if (left_out) part.add({0, 0});
        sum = plus(sum, part.value());
    }
    const auto own = static_cast<std::uint32_t>(policy.criteria.size());
    const auto sections = policy.plan ? policy.plan->sections.size() : 0;
    for (std::uint32_t i = 0; i < sections; ++i) {
        if (policy.plan->sections[i].group != g) continue;
        const auto item = limits_of_criterion(policy, own + i, zero);
        Limits items{0, 0};
        if (!item.least || item.least->sign() < 0) items.least.reset();
        if (!item.greatest || item.greatest->sign() > 0) items.greatest.reset();
        sum = plus(sum, items);
    }
    return sum;
}

}  // namespace

Limits limits_of_percent(const Measured& measured) {
    return rounded({0, measured.cap}, measured.rounding);
}

Limits limits_of_measured(const Policy& policy) {
    const auto measured = policy.measured.value_or(Measured{});
    auto limits = limits_of_percent(measured);
    if (measured.convert) limits = limits_of(policy.conversions[*measured.convert], limits);
    Hull hull;
    hull.add(limits);
    if (measured.maximum_target) hull.add({*measured.maximum_target, *measured.maximum_target});
    return hull.value();
}

Limits limits_of_group(const Policy& policy, std::uint32_t g) {
    const auto& group = policy.groups[g];
    if (group.measure == GroupMeasure::ordinal) {
        return {policy.scale.minimum, group.ordinal.value_or(OrdinalRule{}).above};
    }
    const auto rule = group.missing_criterion.value_or(policy.missing_criterion);
    const bool zero = policy.missing_source == MissingRule::zero || rule == MissingRule::zero;
    Limits limits;
    if (group.measure == GroupMeasure::fit) {
        limits = limits_of_fit(policy, group);
    } else if (group.measure == GroupMeasure::points) {
        limits = limits_of_points(policy, g, zero, rule == MissingRule::renormalise);
    } else {
        Hull hull;
        for (const auto c : group.criteria)
            hull.add(limits_of_criterion(policy, c, zero));
        const auto own = static_cast<std::uint32_t>(policy.criteria.size());
        const auto sections = policy.plan ? policy.plan->sections.size() : 0;
        for (std::uint32_t i = 0; i < sections; ++i) {
            if (policy.plan->sections[i].group == g)
                hull.add(limits_of_criterion(policy, own + i, zero));
        }
        limits = hull.value();
    }
    return rounded(clamped(limits, {}, group.cap), policy.round_group);
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
    return rounded(clamped(limits, step.minimum, step.maximum), step.rounding);
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
    return rounded(clamped(limits, {}, policy.cap_total), policy.round_total);
}

}  // namespace jejak::scoring
