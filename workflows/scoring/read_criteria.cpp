#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t scale_decimals_max = 4;
void read_ordinal(const Node& node, Group& group) {
    const auto ordinal = node["ordinal"];
    if (ordinal.present() != (group.measure == GroupMeasure::ordinal)) {
        ordinal.problem(ordinal.present() ? "belongs to a group that is not measured so"
                                          : "is missing, but the group is measured by it",
                        "have both \"measure\": \"ordinal\" and the member \"ordinal\"");
    }
    if (!ordinal.present()) return;
    ordinal.only({"above", "expected", "most", "small", "source"});
    OrdinalRule rule{ordinal["above"].number(), ordinal["expected"].number(), {1, 2}, {1, 2}};
    const auto share = [&](const char* name, Rational& value) {
        const auto place = ordinal[name];
        if (!place.present()) return;
        value = place.number();
        if (value < 0 || value >= 1) {
            place.problem("is not a share", "write a fraction of all, such as \"1/2\"");
        }
    };
    share("most", rule.most);
    share("small", rule.small);
    if (rule.above <= rule.expected) {
        ordinal["above"].problem("is not above what is expected",
                                 "let \"above\" be greater than \"expected\"");
    }
    (void)ordinal.source();
    if (node["cap"].present()) {
        node["cap"].problem("limits no sum, since the group counts levels", "remove it");
    }
    group.ordinal = rule;
}

Group read_group(const Node& node, const std::vector<Group>& earlier, bool weighted) {
    node.only({"id", "title", "weight", "measure", "ordinal", "cap", "missing", "source"});
    Group group;
    group.id = node["id"].identifier();
    want_new_id(node["id"], earlier, group.id);
    group.title = node["title"].text();
    if (const auto weight = node["weight"]; weighted || weight.present()) {
        group.weight = weight.number();
        const bool good = weighted ? group.weight.sign() > 0 : group.weight.sign() == 0;
        if (!good && weighted) weight.problem("is not above 0", "write the group's part of 100");
        if (!good && !weighted) {
            weight.problem("counts for nothing, since the policy names its total",
                           "remove it, and weigh the group in \"steps\"");
        }
    } else {
        group.weight = 0;
    }
    if (const auto measure = node["measure"]; measure.present()) {
        group.measure = measure.choice<GroupMeasure>();
    }
    read_ordinal(node, group);
    if (const auto cap = node["cap"]; cap.present()) {
        group.cap = cap.number();
        if (group.cap->sign() <= 0) cap.problem("is not above 0", "write the greatest score");
    }
    if (const auto missing = node["missing"]; missing.present()) {
        group.missing_criterion = missing.choice<MissingRule>();
    }
    group.source = node.source();
    return group;
}

void read_groups(const Node& root, Policy& policy) {
    const auto node = root["groups"];
    const bool weighted = !root["total"].present();
    if (node.present()) {
        for (const auto& element : node.elements()) {
            policy.groups.push_back(read_group(element, policy.groups, weighted));
        }
        Rational sum;
        for (const auto& group : policy.groups)
            sum += group.weight;
        if (weighted && sum != hundred) {
            node.problem("the weights of the groups sum to " + sum.compact(),
                         "let them sum to exactly 100");
        }
    }
    if (policy.groups.empty()) {
        policy.groups.emplace_back();
        policy.groups[0].id = "all";
        policy.groups[0].title = {"Seluruhnya", "Overall"};
        if (!weighted) policy.groups[0].weight = 0;
    }
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
        element.only({"id", "title", "group", "weight", "expected_level", "scale", "source"});
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
        criterion.source = element.source();
        policy.groups[criterion.group].criteria.push_back(
            static_cast<std::uint32_t>(policy.criteria.size()));
        policy.criteria.push_back(std::move(criterion));
        places.push_back({element, weight.present()});
    }
    check_weights(policy, places);
}

// Members of `node` that name a value of the scale.
std::vector<std::pair<Rational, Node>> values_named(const Node& node, const Scale& scale) {
    std::vector<std::pair<Rational, Node>> out;
    if (node.present() && !node.is_object()) node.problem("is not an object", "write {\"1\": …}");
    for (const auto name : node.member_names()) {
        const auto value = Rational::parse(name);
        if (!value || *value < scale.minimum || *value > scale.maximum) {
            node[name].problem(
                "names no value of the scale",
                "name a number from " + scale.minimum.compact() + " to " + scale.maximum.compact());
        }
        out.emplace_back(value ? *value : Rational(), node[name]);
    }
    return out;
}

void add_word(const Node& node, Scale& scale, std::string word, const Rational& value) {
    for (const auto& known : scale.words) {
        if (known.word != word) continue;
        if (known.value != value) {
            node.problem("'" + word + "' means " + known.value.compact() + " already",
                         "let each word stand for one value");
        }
        return;
    }
    scale.words.push_back({std::move(word), value});
}

void read_labels(const Node& node, Scale& scale) {
    for (const auto& [value, place] : values_named(node["labels"], scale)) {
        const auto text = place.text();
        for (const auto* word : {&text.id, &text.en}) {
            if (!word->empty()) add_word(place, scale, normal_form(*word), value);
        }
        scale.labels.push_back({value, text});
    }
    for (const auto& [value, place] : values_named(node["spellings"], scale)) {
        for (auto& word : place.words())
            add_word(place, scale, std::move(word), value);
    }
}

// "Below" is the least of the scale, so there must be room below what is expected.
void check_levels(const Node& root, const Policy& policy) {
    for (std::size_t g = 0; g < policy.groups.size(); ++g) {
        const auto& rule = policy.groups[g].ordinal;
        if (!rule || rule->expected > policy.scale.minimum) continue;
        root["groups"][std::to_string(g)]["ordinal"]["expected"].problem(
            "is not above the least of the scale, " + policy.scale.minimum.compact() +
                ", so nothing would be below",
            "write a level of the scale");
    }
}

}  // namespace

std::uint32_t read_group_name(const Node& node, const Policy& policy) {
    if (!node.present() && policy.groups.size() == 1) return 0;
    return reference(node, policy.groups, "group");
}

Scale read_scale(const Node& node) {
    node.only({"min", "max", "decimals", "labels", "spellings"});
    Scale scale;
    scale.minimum = node["min"].number();
    scale.maximum = node["max"].number();
    if (const auto decimals = node["decimals"]; decimals.present()) {
        scale.decimals = decimals.whole(0, scale_decimals_max);
    }
    if (scale.minimum >= scale.maximum) {
        node["max"].problem("is not above the minimum", "let \"min\" be less than \"max\"");
    }
    read_labels(node, scale);
    return scale;
}

void read_criteria(const Node& root, Policy& policy) {
    if (const auto scale = root["scale"]; scale.present()) policy.scale = read_scale(scale);
    read_groups(root, policy);
    check_levels(root, policy);
    const auto criteria = root["criteria"];
    if (criteria.present()) read_criterion_list(criteria, policy);
    if (policy.criteria.empty() && !root["plan"].present()) {
        criteria.problem("there is nothing to rate", "add \"criteria\", a \"plan\", or both");
    }
}

}  // namespace jejak::scoring
