#include <algorithm>

#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

constexpr std::uint32_t raters_max = 1'000'000;

std::vector<bool> read_group_names(const Node& node, const Policy& policy) {
    if (!node.present()) return std::vector<bool>(policy.groups.size(), true);
    std::vector<bool> groups(policy.groups.size(), false);
    const auto names = node.elements();
    if (names.empty()) node.problem("names no group", "name one, or leave it out for all groups");
    for (const auto& name : names)
        groups[reference(name, policy.groups, "group")] = true;
    return groups;
}

std::optional<Parts> read_parts(const Node& node, SourceKind by) {
    if (!node.present()) return std::nullopt;
    node.only({"how", "minimum_months", "source"});
    (void)node.source();
    if (by != SourceKind::carried) {
        node.problem("only a source by carried has parts", "remove it");
    }
    Parts parts;
    parts.how = node["how"].choice<PartRule>();
    if (const auto least = node["minimum_months"]; least.present()) {
        parts.minimum_months = least.whole(0, 120);
    }
    return parts;
}

Source read_source(const Node& node, const Policy& policy) {
    node.only(
        {"id", "title", "by", "weight", "minimum", "factor", "groups", "scale", "parts", "source"});
    Source source;
    source.id = node["id"].identifier();
    want_new_id(node["id"], policy.sources, source.id);
    source.title = node["title"].text();
    source.by = node["by"].choice<SourceKind>();
    source.weight = node["weight"].number();
    if (source.weight.sign() < 0) {
        node["weight"].problem("is below 0", "write a weight, or \"0\" to show without scoring");
    }
    if (const auto minimum = node["minimum"]; minimum.present()) {
        source.minimum = minimum.whole(1, raters_max);
    }
    if (const auto factor = node["factor"]; factor.present()) {
        source.factor = factor.number();
        if (source.factor.sign() <= 0) {
            factor.problem("is not above 0", "write what brings a rating onto the common scale");
        }
    }
    source.groups = read_group_names(node["groups"], policy);
    if (const auto scale = node["scale"]; scale.present()) source.scale = read_scale(scale);
    source.parts = read_parts(node["parts"], source.by);
    source.source = node.source();
    return source;
}

std::optional<std::uint32_t> sole_source(const Node& node, const Policy& policy, SourceKind kind) {
    std::optional<std::uint32_t> found;
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        if (policy.sources[s].by != kind) continue;
        if (found) {
            node[std::to_string(s)].problem("is a second source by " + name_of(kind), "keep one");
        }
        found = s;
    }
    return found;
}

void read_measured(const Node& root, Policy& policy) {
    const auto node = root["measured"];
    const auto source = sole_source(root["sources"], policy, SourceKind::measured);
    if (node.present()) {
        node.only({"formula", "cap", "rounding", "maximum_target", "convert", "source"});
        Measured measured;
        if (const auto formula = node["formula"]; formula.present()) {
            measured.formula = formula.choice<Formula>();
        }
        if (const auto cap = node["cap"]; cap.present()) {
            measured.cap = cap.number();
            if (measured.cap->sign() <= 0) cap.problem("is not above 0", "write it in percent");
        }
        if (const auto rule = node["rounding"]; rule.present()) measured.rounding = rule.rounding();
        if (const auto value = node["maximum_target"]; value.present()) {
            measured.maximum_target = value.number();
        }
        if (const auto convert = node["convert"]; convert.present()) {
            const auto found = reference(convert, policy.conversions, "conversion");
            if (!policy.conversions.empty()) measured.convert = found;
        }
        measured.source = node.source();
        policy.measured = measured;
    }
    if (node.present() != source.has_value()) {
        node.problem(
            node.present() ? "no source is by measured" : "is missing, but a source is by it",
            "have both a source by \"measured\" and the member \"measured\", or neither");
    }
    if (!source) return;
    const auto place = root["sources"][std::to_string(*source)];
    const auto& groups = policy.sources[*source].groups;
    const bool measures =
        policy.plan && std::any_of(policy.plan->sections.begin(), policy.plan->sections.end(),
                                   [&](const auto& section) { return groups[section.group]; });
    if (!measures) {
        place.problem("measures nothing, since it does not speak to the items of a plan",
                      "add a \"plan\", and its group to the source's groups");
    }
}

void read_survey(const Node& root, Policy& policy) {
    const auto node = root["survey"];
    const auto source = sole_source(root["sources"], policy, SourceKind::survey);
    if (node.present() != source.has_value()) {
        node.problem(
            node.present() ? "no source is by survey" : "is missing, but a source is by it",
            "have both a source by \"survey\" and the member \"survey\", or neither");
    }
    if (!node.present()) return;
    node.only({"elements", "element_weight", "factor", "min", "max", "decimals", "mode",
               "criterion", "source"});
    Survey survey;
    survey.elements = node["elements"].whole(1, 100);
    survey.element_weight = node["element_weight"].number();
    survey.factor = node["factor"].number();
    if (const auto least = node["min"]; least.present()) survey.minimum = least.number();
    if (const auto most = node["max"]; most.present()) survey.maximum = most.number();
    survey.decimals = node["decimals"].whole(0, 4);
    survey.mode = node["mode"].choice<RoundingMode>();
    survey.criterion = reference(node["criterion"], policy.criteria, "criterion");
    survey.source = node.source();
    if (survey.element_weight.sign() <= 0) {
        node["element_weight"].problem("is not above 0",
                                       "write \"1/9\" or \"0.11\" for 9 elements");
    }
    if (survey.factor.sign() <= 0) node["factor"].problem("is not above 0", "write \"25\"");
    if (survey.minimum < 0 || survey.minimum >= survey.maximum) {
        node["max"].problem("is not above the minimum", "answers run from \"min\" to \"max\"");
    }
    policy.survey = survey;
    if (!source || policy.criteria.empty()) return;
    if (!policy.sources[*source].groups[policy.criteria[survey.criterion].group]) {
        node["criterion"].problem(
            "the survey's source does not speak to the group of the criterion",
            "add the group to the source's groups");
    }
}

void check_expected_level(const Node& place, const Policy& policy, std::uint32_t c) {
    for (std::uint32_t s = 0; s < policy.sources.size(); ++s) {
        if (!speaks_to(policy, {}, s, c)) continue;
        if (policy.sources[s].by == SourceKind::survey) {
            place.problem("is a level of ratings, but the survey speaks to it",
                          "remove the expected level");
            continue;
        }
        const auto& scale = scale_of(policy, s, c);
        const auto& level = *policy.criteria[c].expected_level;
        if (level >= scale.minimum && level <= scale.maximum) continue;
        place.problem(
            level.compact() + " lies outside the scale of source '" + policy.sources[s].id + "'",
            "write a level from " + scale.minimum.compact() + " to " + scale.maximum.compact());
    }
}

// Each criterion has a source that counts; expected levels lie on every scale it is rated on.
void check_criteria(const Node& root, const Policy& policy) {
    const auto criteria = static_cast<std::uint32_t>(policy.criteria.size());
    const auto plan = sample_plan(policy);
    for (std::uint32_t c = 0; c < criteria + plan.size(); ++c) {
        const auto place = c < criteria ? root["criteria"][std::to_string(c)] : root["plan"];
        bool scored = false;
        for (std::uint32_t s = 0; s < policy.sources.size(); ++s)
            scored |= speaks_to(policy, plan, s, c) && policy.sources[s].weight.sign() > 0;
        if (!scored) {
            place.problem("no source with a weight speaks to it",
                          "add a source, or the group to a source's groups");
        }
        if (c < criteria && policy.criteria[c].expected_level) {
            check_expected_level(place["expected_level"], policy, c);
        }
    }
}

// A table that does not reach down to every number that is put to it would guess.
void check_reach(const Node& root, const Policy& policy, std::uint32_t c, const Limits& limits) {
    const auto& lowest = policy.conversions[c].pieces.back();
    if (limits.least && lowest.from <= *limits.least &&
        !(lowest.exclusive && lowest.from == *limits.least)) {
        return;
    }
    const auto place = root["conversions"][std::to_string(c)]["pieces"];
    if (!limits.least) {
        place.problem("what is put to it falls without limit, so no piece is the lowest",
                      "give \"measured\" a \"cap\", or let the table before it rise");
        return;
    }
    const auto least = limits.least->compact();
    place.problem(
        "the lowest begins from " + lowest.from.compact() + ", but numbers reach down to " + least,
        "add a piece from " + least);
}

void check_conversions(const Node& root, const Policy& policy) {
    if (!policy.measured || !policy.plan) return;
    if (const auto& table = policy.measured->convert) {
        check_reach(root, policy, *table, limits_of_percent(*policy.measured));
    }
    const auto limits = limits_of_measured(policy);
    for (const auto& section : policy.plan->sections) {
        if (section.convert) check_reach(root, policy, *section.convert, limits);
    }
}

}  // namespace

void read_sources(const Node& root, Policy& policy) {
    for (const auto& element : root["sources"].elements()) {
        policy.sources.push_back(read_source(element, policy));
    }
    read_measured(root, policy);
    read_survey(root, policy);
    check_criteria(root, policy);
    check_conversions(root, policy);
}

}  // namespace jejak::scoring
