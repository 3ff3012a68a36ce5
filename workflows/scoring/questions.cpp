#include "workflows/scoring/questions.hpp"

#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

bool is_plan_item(const Policy& policy, std::uint32_t criterion) {
    return criterion >= policy.criteria.size();
}

std::optional<std::string> check_item(const Policy& policy, const PlanItem& item) {
    const auto named = [&](const std::string& why) { return "item '" + item.id + "' " + why; };
    if (item.id.empty()) return "an item of the plan has no id; give it one";
    if (index_of(policy.criteria, item.id)) {
        return named("has the id of a criterion of the policy; choose another");
    }
    if (policy.plan->weights == PlanWeights::own && item.weight.sign() <= 0) {
        return named("has a weight that is not above 0; the policy wants own weights");
    }
    if (item.target && item.target->sign() <= 0) {
        return named("has a target that is not above 0; achievement is measured against it");
    }
    if (item.target_upper && (!item.target || *item.target_upper < *item.target)) {
        return named("has a target range whose upper end is not above the lower one");
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> find_source(const Policy& policy, std::string_view id) {
    return index_of(policy.sources, id);
}

std::optional<std::uint32_t> find_criterion(const Policy& policy, const std::vector<PlanItem>& plan,
                                            std::string_view id) {
    if (const auto found = index_of(policy.criteria, id)) return found;
    const auto item = index_of(plan, id);
    if (!item) return std::nullopt;
    return static_cast<std::uint32_t>(policy.criteria.size()) + *item;
}

bool speaks_to(const Policy& policy, std::uint32_t source, std::uint32_t criterion) {
    const auto& speaker = policy.sources[source];
    if (is_plan_item(policy, criterion)) {
        return policy.plan && speaker.by != SourceKind::survey &&
               speaker.groups[policy.plan->group];
    }
    if (speaker.by == SourceKind::measured) return false;
    if (speaker.by == SourceKind::survey &&
        (!policy.survey || policy.survey->criterion != criterion)) {
        return false;
    }
    return speaker.groups[policy.criteria[criterion].group];
}

bool rates(const Policy& policy, std::uint32_t source, std::uint32_t criterion) {
    const auto kind = policy.sources[source].by;
    return kind != SourceKind::survey && kind != SourceKind::measured &&
           speaks_to(policy, source, criterion);
}

const Scale& scale_of(const Policy& policy, std::uint32_t source, std::uint32_t criterion) {
    if (!is_plan_item(policy, criterion) && policy.criteria[criterion].scale) {
        return *policy.criteria[criterion].scale;
    }
    const auto& own = policy.sources[source].scale;
    return own ? *own : policy.scale;
}

Result<Rational> check_rating(const Policy& policy, std::uint32_t source, std::uint32_t criterion,
                              std::string_view value) {
    if (source >= policy.sources.size() || !rates(policy, source, criterion)) {
        return error(
            ErrorCode::invalid_input,
            "this source does not rate this criterion; see \"groups\" of the policy's sources");
    }
    const auto number = Rational::parse(value);
    if (!number) return number;
    const auto& scale = scale_of(policy, source, criterion);
    const bool fine = number->round(scale.decimals, RoundingMode::down) == *number;
    if (*number >= scale.minimum && *number <= scale.maximum && fine) return number;
    return error(ErrorCode::invalid_input,
                 "'" + std::string(value) + "' is not on the scale; rate from " +
                     scale.minimum.compact() + " to " + scale.maximum.compact() + " with at most " +
                     std::to_string(scale.decimals) + " decimals");
}

std::optional<std::string> check_plan(const Policy& policy, const std::vector<PlanItem>& plan) {
    if (!policy.plan) {
        if (plan.empty()) return std::nullopt;
        return "the policy takes no items of a plan; remove them";
    }
    if (plan.size() < policy.plan->minimum_items) {
        return "the plan has " + std::to_string(plan.size()) +
               " items; the policy wants at least " + std::to_string(policy.plan->minimum_items);
    }
    for (std::uint32_t i = 0; i < plan.size(); ++i) {
        if (auto problem = check_item(policy, plan[i])) return problem;
        if (index_of(plan, plan[i].id) != i)
            return "item '" + plan[i].id + "' stands twice in the plan";
    }
    return std::nullopt;
}

std::optional<Text> title_of_predicate(const Policy& policy, std::string_view code) {
    if (policy.matrix) {
        for (const auto& [name, title] : policy.matrix->titles) {
            if (name == code) return title;
        }
        return std::nullopt;
    }
    for (const auto& band : policy.bands) {
        if (band.code == code) return band.title;
    }
    return std::nullopt;
}

}  // namespace jejak::scoring
