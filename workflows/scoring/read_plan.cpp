#include <algorithm>

#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t items_max = 100;

std::optional<std::uint32_t> read_conversion_name(const Node& node, const Policy& policy) {
    if (!node.present()) return std::nullopt;
    const auto found = reference(node, policy.conversions, "conversion");
    return policy.conversions.empty() ? std::nullopt : std::optional(found);
}

PlanSection read_section(const Node& node, const Policy& policy, const Plan& plan) {
    node.only({"id", "title", "group", "main", "minimum_items", "weight_sum", "convert", "source"});
    PlanSection section;
    section.id = node["id"].identifier();
    want_new_id(node["id"], plan.sections, section.id);
    section.title = node["title"].text();
    section.group = read_group_name(node["group"], policy);
    if (const auto main = node["main"]; main.present()) section.main = main.boolean();
    const auto items = node["minimum_items"];
    section.minimum_items = items.present() ? items.whole(0, items_max) : 0;
    if (const auto sum = node["weight_sum"]; sum.present()) {
        section.weight_sum = sum.number();
        if (section.weight_sum->sign() <= 0) sum.problem("is not above 0", "write \"100\"");
    }
    section.convert = read_conversion_name(node["convert"], policy);
    (void)node.source();
    return section;
}

// One section without a name.
PlanSection read_sole_section(const Node& node, const Policy& policy) {
    PlanSection section;
    section.group = read_group_name(node["group"], policy);
    if (const auto items = node["minimum_items"]; items.present()) {
        section.minimum_items = items.whole(1, items_max);
    }
    return section;
}

Plan read_plan_of(const Node& node, const Policy& policy) {
    Plan plan;
    const auto sections = node["sections"];
    if (sections.present()) {
        node.only({"sections", "weights", "source"});
        for (const auto& place : sections.elements())
            plan.sections.push_back(read_section(place, policy, plan));
        if (plan.sections.empty()) sections.problem("is empty", "write one, or remove it");
    } else {
        node.only({"group", "weights", "minimum_items", "source"});
    }
    if (plan.sections.empty()) plan.sections.push_back(read_sole_section(node, policy));
    if (const auto weights = node["weights"]; weights.present()) {
        plan.weights = weights.choice<PlanWeights>();
    }
    plan.source = node.source();
    for (const auto& section : plan.sections) {
        const auto& group = policy.groups[section.group];
        if (group.criteria.empty()) continue;
        node["group"].problem("criteria of the policy stand in the plan's group '" + group.id + "'",
                              "give the plan a group of its own");
    }
    return plan;
}

void check_fit(const Node& root, const Policy& policy, std::uint32_t g, bool planned) {
    const auto& group = policy.groups[g];
    if (planned) {
        root["plan"].problem("the plan's group '" + group.id + "' is measured by fit",
                             "items of a plan have no expected level; use \"measure\": \"mean\"");
    }
    for (const auto i : group.criteria) {
        const auto& level = policy.criteria[i].expected_level;
        if (level && level->sign() > 0) continue;
        root["criteria"][std::to_string(i)].problem(
            "has no expected level above 0, though its group is measured by fit",
            "add \"expected_level\"");
    }
}

void check_groups(const Node& root, const Policy& policy) {
    for (std::uint32_t g = 0; g < policy.groups.size(); ++g) {
        const auto& group = policy.groups[g];
        const bool planned =
            policy.plan && std::any_of(policy.plan->sections.begin(), policy.plan->sections.end(),
                                       [&](const auto& section) { return section.group == g; });
        if (group.criteria.empty() && !planned) {
            root["criteria"].problem("no criterion belongs to group '" + group.id + "'",
                                     "add a criterion or a plan for it, or remove the group");
        }
        if (group.measure == GroupMeasure::fit) check_fit(root, policy, g, planned);
    }
}

}  // namespace

void read_plan(const Node& root, Policy& policy) {
    if (root["plan"].present()) policy.plan = read_plan_of(root["plan"], policy);
    if (!policy.criteria.empty() || policy.plan) check_groups(root, policy);
}

}  // namespace jejak::scoring
