#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t scale_decimals_max = 4;
const Rational hundred{100};

Group read_group(const Node& node, const std::vector<Group>& earlier) {
    node.only({"id", "title", "weight", "measure"});
    Group group;
    group.id = node["id"].identifier();
    want_new_id(node["id"], earlier, group.id);
    group.title = node["title"].text();
    group.weight = node["weight"].number();
    if (group.weight.sign() <= 0) {
        node["weight"].problem("is not above 0", "write the group's part of 100");
    }
    if (const auto measure = node["measure"]; measure.present()) {
        group.measure = measure.choice<GroupMeasure>();
    }
    return group;
}

void read_groups(const Node& node, Policy& policy) {
    if (node.present()) {
        for (const auto& element : node.elements()) {
            policy.groups.push_back(read_group(element, policy.groups));
        }
        Rational sum;
        for (const auto& group : policy.groups)
            sum += group.weight;
        if (sum != hundred) {
            node.problem("the weights of the groups sum to " + sum.compact(),
                         "let them sum to exactly 100");
        }
    }
    if (policy.groups.empty())
        policy.groups.push_back({"all", {"Seluruhnya", "Overall"}, hundred, {}, {}});
}

// A sole group need not be named.
std::uint32_t read_group_name(const Node& node, const Policy& policy) {
    if (!node.present() && policy.groups.size() == 1) return 0;
    return reference(node, policy.groups, "group");
}

struct CriterionPlace {
    Node node;
    bool weighted;
};

// Within a group either all criteria have weights, which sum to 100, or none has.
void check_weights(const Policy& policy, const std::vector<CriterionPlace>& places) {
    for (const auto& group : policy.groups) {
        Rational sum;
        std::size_t weighted = 0;
        for (const auto i : group.criteria) {
            sum += policy.criteria[i].weight;
            if (places[i].weighted) ++weighted;
        }
        if (weighted == 0) continue;
        const auto& first = places[group.criteria.front()].node;
        if (weighted != group.criteria.size()) {
            first.problem("only some criteria of group '" + group.id + "' have a weight",
                          "give a weight to all of them, or to none (equal weights)");
        } else if (sum != hundred) {
            first.problem(
                "the weights of the criteria of group '" + group.id + "' sum to " + sum.compact(),
                "let them sum to exactly 100; fractions such as \"100/3\" are allowed");
        }
    }
}

void read_criterion_list(const Node& node, Policy& policy) {
    std::vector<CriterionPlace> places;
    for (const auto& element : node.elements()) {
        element.only({"id", "title", "group", "weight", "expected_level", "scale"});
        Criterion criterion;
        criterion.id = element["id"].identifier();
        want_new_id(element["id"], policy.criteria, criterion.id);
        criterion.title = element["title"].text();
        criterion.group = read_group_name(element["group"], policy);
        const auto weight = element["weight"];
        if (weight.present()) {
            criterion.weight = weight.number();
            if (criterion.weight.sign() <= 0) {
                weight.problem("is not above 0", "write a positive weight, or drop the criterion");
            }
        }
        if (const auto level = element["expected_level"]; level.present()) {
            criterion.expected_level = level.number();
        }
        if (const auto scale = element["scale"]; scale.present())
            criterion.scale = read_scale(scale);
        policy.groups[criterion.group].criteria.push_back(
            static_cast<std::uint32_t>(policy.criteria.size()));
        policy.criteria.push_back(std::move(criterion));
        places.push_back({element, weight.present()});
    }
    check_weights(policy, places);
}

void read_plan(const Node& node, Policy& policy) {
    node.only({"group", "weights", "minimum_items"});
    Plan plan;
    plan.group = read_group_name(node["group"], policy);
    if (const auto weights = node["weights"]; weights.present()) {
        plan.weights = weights.choice<PlanWeights>();
    }
    if (const auto items = node["minimum_items"]; items.present()) {
        plan.minimum_items = items.whole(1, 100);
    }
    const auto& group = policy.groups[plan.group];
    if (!group.criteria.empty()) {
        node["group"].problem("criteria of the policy stand in the plan's group '" + group.id + "'",
                              "give the plan a group of its own");
    }
    policy.plan = plan;
}

void check_groups(const Node& root, const Policy& policy) {
    for (std::uint32_t g = 0; g < policy.groups.size(); ++g) {
        const auto& group = policy.groups[g];
        const bool planned = policy.plan && policy.plan->group == g;
        if (group.criteria.empty() && !planned) {
            root["criteria"].problem("no criterion belongs to group '" + group.id + "'",
                                     "add a criterion or a plan for it, or remove the group");
        }
        if (group.measure != GroupMeasure::fit) continue;
        if (planned) {
            root["plan"].problem(
                "the plan's group '" + group.id + "' is measured by fit",
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
}

}  // namespace

Scale read_scale(const Node& node) {
    node.only({"min", "max", "decimals", "labels"});
    Scale scale;
    scale.minimum = node["min"].number();
    scale.maximum = node["max"].number();
    if (const auto decimals = node["decimals"]; decimals.present()) {
        scale.decimals = decimals.whole(0, scale_decimals_max);
    }
    if (scale.minimum >= scale.maximum) {
        node["max"].problem("is not above the minimum", "let \"min\" be less than \"max\"");
    }
    const auto labels = node["labels"];
    if (labels.present() && !labels.is_object())
        labels.problem("is not an object", "write {\"1\": {…}}");
    for (const auto name : labels.member_names()) {
        const auto value = Rational::parse(name);
        if (!value || *value < scale.minimum || *value > scale.maximum) {
            labels[name].problem("labels no value of the scale",
                                 "label a number from " + scale.minimum.compact() + " to " +
                                     scale.maximum.compact());
        }
        scale.labels.push_back({value ? *value : Rational(), labels[name].text()});
    }
    return scale;
}

void read_criteria(const Node& root, Policy& policy) {
    if (const auto scale = root["scale"]; scale.present()) policy.scale = read_scale(scale);
    read_groups(root["groups"], policy);
    const auto criteria = root["criteria"];
    const auto plan = root["plan"];
    if (criteria.present()) read_criterion_list(criteria, policy);
    if (plan.present()) read_plan(plan, policy);
    if (policy.criteria.empty() && !policy.plan) {
        criteria.problem("there is nothing to rate", "add \"criteria\", a \"plan\", or both");
        return;
    }
    check_groups(root, policy);
}

}  // namespace jejak::scoring
