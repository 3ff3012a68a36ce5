#include "workflows/scoring/questions.hpp"

#include <algorithm>

#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/spelling.hpp"

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
    if (item.section >= policy.plan->sections.size()) {
        return named("has a section that the policy does not have");
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

// What is wrong with the weights of the section's items together.
std::optional<std::string> check_weight_sum(const PlanSection& section, std::uint32_t s,
                                            const std::vector<PlanItem>& plan) {
    if (!section.weight_sum) return std::nullopt;
    Rational sum;
    for (const auto& item : plan) {
        if (item.section == s) sum += item.weight;
    }
    if (sum == *section.weight_sum) return std::nullopt;
    return "the weights in section '" + section.id + "' sum to " + sum.compact() +
           "; the policy wants exactly " + section.weight_sum->compact();
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

std::uint32_t group_of(const Policy& policy, const std::vector<PlanItem>& plan,
                       std::uint32_t criterion) {
    if (!is_plan_item(policy, criterion)) return policy.criteria[criterion].group;
    return policy.plan->sections[plan[criterion - policy.criteria.size()].section].group;
}

std::vector<PlanItem> sample_plan(const Policy& policy) {
    std::vector<PlanItem> items(policy.plan ? policy.plan->sections.size() : 0);
    for (std::uint32_t i = 0; i < items.size(); ++i)
        items[i].section = i;
    return items;
}

std::optional<std::uint32_t> find_section(const Policy& policy, std::string_view id) {
    if (!policy.plan) return std::nullopt;
    if (id.empty()) return 0;
    return index_of(policy.plan->sections, id);
}

bool speaks_to(const Policy& policy, const std::vector<PlanItem>& plan, std::uint32_t source,
               std::uint32_t criterion) {
    const auto& speaker = policy.sources[source];
    if (is_plan_item(policy, criterion)) {
        return policy.plan && speaker.by != SourceKind::survey &&
               speaker.groups[group_of(policy, plan, criterion)];
    }
    if (speaker.by == SourceKind::measured) return false;
    if (speaker.by == SourceKind::survey &&
        (!policy.survey || policy.survey->criterion != criterion)) {
        return false;
    }
    return speaker.groups[policy.criteria[criterion].group];
}

bool rates(const Policy& policy, const std::vector<PlanItem>& plan, std::uint32_t source,
           std::uint32_t criterion) {
    const auto kind = policy.sources[source].by;
    return kind != SourceKind::survey && kind != SourceKind::measured &&
           kind != SourceKind::carried && speaks_to(policy, plan, source, criterion);
}

const Scale& scale_of(const Policy& policy, std::uint32_t source, std::uint32_t criterion) {
    if (!is_plan_item(policy, criterion) && policy.criteria[criterion].scale) {
        return *policy.criteria[criterion].scale;
    }
    const auto& own = policy.sources[source].scale;
    return own ? *own : policy.scale;
}

Result<Rational> read_rating(const Scale& scale, std::string_view value) {
    const auto number = Rational::parse(value);
    if (number) {
        const bool fine = number->round(scale.decimals, RoundingMode::down) == *number;
        if (*number >= scale.minimum && *number <= scale.maximum && fine) return number;
    }
    const auto word = normal_form(value);
    for (const auto& known : scale.words) {
        if (!number && known.word == word) return known.value;
    }
    std::string labels;
    for (const auto& label : scale.labels)
        labels += (labels.empty() ? ", or a label: " : ", ") + label.text.id;
    return error(ErrorCode::invalid_input,
                 "'" + std::string(value) + "' is not on the scale; rate from " +
                     scale.minimum.compact() + " to " + scale.maximum.compact() + " with at most " +
                     std::to_string(scale.decimals) + " decimals" + labels);
}

Result<Rational> check_rating(const Policy& policy, const std::vector<PlanItem>& plan,
                              std::uint32_t source, std::uint32_t criterion,
                              std::string_view value) {
    if (source >= policy.sources.size() || !rates(policy, plan, source, criterion)) {
        return error(
            ErrorCode::invalid_input,
            "this source does not rate this criterion; see \"groups\" of the policy's sources");
    }
    return read_rating(scale_of(policy, source, criterion), value);
}

Result<std::string> code_of_label(const Policy& policy, std::string_view label) {
    const auto word = normal_form(label);
    std::string known;
    if (policy.matrix) {
        for (const auto& [spelt, code] : policy.matrix->words) {
            if (spelt == word) return code;
        }
        for (const auto& [code, title] : policy.matrix->titles)
            known += (known.empty() ? "" : ", ") + title.id;
    }
    for (const auto& band : policy.bands) {
        if (normal_form(band.code) == word || normal_form(band.title.id) == word) return band.code;
        known += (known.empty() ? "" : ", ") + band.title.id;
    }
    return error(ErrorCode::invalid_input, "'" + std::string(label) + "' is no label of policy " +
                                               policy.id + "; write one of: " + known);
}

std::optional<std::string> check_plan(const Policy& policy, const std::vector<PlanItem>& plan) {
    if (!policy.plan) {
        if (plan.empty()) return std::nullopt;
        return "the policy takes no items of a plan; remove them";
    }
    for (std::uint32_t i = 0; i < plan.size(); ++i) {
        if (auto problem = check_item(policy, plan[i])) return problem;
        if (index_of(plan, plan[i].id) != i)
            return "item '" + plan[i].id + "' stands twice in the plan";
    }
    for (std::uint32_t s = 0; s < policy.plan->sections.size(); ++s) {
        const auto& section = policy.plan->sections[s];
        const auto items = static_cast<std::uint32_t>(
            std::count_if(plan.begin(), plan.end(), [&](const auto& i) { return i.section == s; }));
        if (const auto wrong = check_weight_sum(section, s, plan); items > 0 && wrong) return wrong;
        if (items >= section.minimum_items) continue;
        return "the plan has " + std::to_string(items) + " items" +
               (section.id.empty() ? "" : " in section '" + section.id + "'") +
               "; the policy wants at least " + std::to_string(section.minimum_items);
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
