#include <algorithm>

#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

namespace {

// Notes codes that are no predicate of the policy.
std::string read_predicate(const Node& node, const Policy& policy) {
    const auto code = node.identifier();
    if (!title_of_predicate(policy, code)) {
        node.problem("'" + code + "' is no predicate of this policy",
                     "write a code of the matrix or the bands");
    }
    return code;
}

std::vector<std::string> read_predicates_named(const Node& node, const Policy& policy) {
    std::vector<std::string> out;
    for (const auto& place : node.elements())
        out.push_back(read_predicate(place, policy));
    if (out.empty()) node.problem("is empty", "name at least one predicate");
    return out;
}

void read_limits(const Node& node, const Policy& policy, DistributionRule& rule) {
    using Kind = DistributionLimit::Kind;
    node.only({"predicates", "at_least", "at_most", "more_than", "some", "title", "source"});
    const auto predicates = read_predicates_named(node["predicates"], policy);
    const auto before = rule.limits.size();
    for (const auto& [name, kind] : {std::pair{"at_least", Kind::at_least},
                                     {"at_most", Kind::at_most},
                                     {"more_than", Kind::more_than}}) {
        const auto place = node[name];
        if (!place.present()) continue;
        const auto percent = place.number();
        if (percent < 0 || percent > hundred) {
            place.problem("is not a percentage", "write a number from 0 to 100");
        }
        rule.limits.push_back({predicates, kind, percent});
    }
    if (const auto some = node["some"]; some.present() && some.boolean()) {
        rule.limits.push_back({predicates, Kind::some, {}});
    }
    if (rule.limits.size() == before) {
        node.problem("limits nothing", "write at_least, at_most, more_than or some");
    }
    if (const auto title = node["title"]; title.present()) (void)title.text();
    (void)node.source();
}

Distribution read_distribution(const Node& node, const Policy& policy) {
    node.only({"rules", "source"});
    Distribution out;
    out.source = node.source();
    for (const auto& place : node["rules"].elements()) {
        place.only({"organisation", "title", "spellings", "limits", "source"});
        DistributionRule rule;
        rule.organisation = place["organisation"].identifier();
        rule.title = place["title"].text();
        rule.words = {normal_form(rule.organisation), normal_form(rule.title.id)};
        if (const auto spellings = place["spellings"]; spellings.present()) {
            for (auto& word : spellings.words())
                rule.words.push_back(std::move(word));
        }
        for (const auto& limit : place["limits"].elements())
            read_limits(limit, policy, rule);
        (void)place.source();
        for (const auto& other : out.rules) {
            if (other.organisation != rule.organisation) continue;
            place["organisation"].problem("stands twice", "keep one rule for each");
        }
        out.rules.push_back(std::move(rule));
    }
    return out;
}

CreditRule read_credit(const Node& node, const Policy& policy) {
    node.only({"percent", "coefficients", "rounding", "source"});
    CreditRule out;
    out.source = node.source();
    const auto percent = node["percent"];
    if (!percent.is_object()) percent.problem("is missing", "write {\"baik\": \"100\", …}");
    for (const auto code : percent.member_names()) {
        if (!title_of_predicate(policy, code)) {
            percent[code].problem("is no predicate of this policy", "name one of its codes");
        }
        out.percents.emplace_back(code, percent[code].number());
    }
    for (const auto& place : node["coefficients"].elements()) {
        place.only({"id", "title", "value", "source"});
        CreditRule::Coefficient coefficient{place["id"].identifier(), place["title"].text(),
                                            place["value"].number()};
        want_new_id(place["id"], out.coefficients, coefficient.id);
        out.coefficients.push_back(std::move(coefficient));
        (void)place.source();
    }
    if (const auto rule = node["rounding"]; rule.present()) out.rounding = rule.rounding();
    return out;
}

void read_classes(const Node& node, const Policy& policy, Condition& when) {
    if (!node.present()) return;
    if (!node.is_object()) node.problem("is not an object", "write {\"id\": [codes]}");
    for (const auto name : node.member_names()) {
        const auto found = index_of(policy.classifications, name);
        if (!found) {
            node[name].problem("is no classification of this policy", "name one, or remove it");
            continue;
        }
        auto codes = node[name].identifiers();
        for (const auto& code : codes) {
            const auto& bands = policy.classifications[*found].bands;
            if (std::none_of(bands.begin(), bands.end(),
                             [&](const Band& band) { return band.code == code; })) {
                node[name].problem("'" + code + "' is no code of the classification",
                                   "write one of its codes");
            }
        }
        when.classifications.emplace_back(name, std::move(codes));
    }
}

ServiceKind read_service_kind(const Node& node, const Policy& policy) {
    node.only({"id", "title", "ways", "source"});
    ServiceKind out{node["id"].identifier(), node["title"].text(), {}, node.source()};
    want_new_id(node["id"], policy.services, out.id);
    for (const auto& place : node["ways"].elements()) {
        place.only({"id", "title"});
        ServiceKind::Way way{place["id"].identifier(), place["title"].text()};
        want_new_id(place["id"], out.ways, way.id);
        out.ways.push_back(std::move(way));
    }
    if (out.ways.empty()) {
        node["ways"].problem("names no way in which a service ends", "name at least one");
    }
    return out;
}

ServicesWanted read_services_wanted(const Node& node, const Policy& policy) {
    node.only({"kind", "ways", "at_least"});
    ServicesWanted out;
    out.at_least = node["at_least"].whole(1, 1'000'000);
    const auto found = reference(node["kind"], policy.services, "kind of service");
    if (found >= policy.services.size()) return out;
    const auto& kind = policy.services[found];
    out.kind = kind.id;
    if (const auto ways = node["ways"]; ways.present()) {
        for (const auto& place : ways.elements()) {
            const auto way = reference(place, kind.ways, "way of this kind of service");
            if (way < kind.ways.size()) out.ways.push_back(kind.ways[way].id);
        }
    }
    return out;
}

Condition read_condition(const Node& node, const Policy& policy) {
    node.only({"predicates", "flags", "gap_below", "criteria", "achievement_below", "score_from",
               "score_below", "classification", "services"});
    Condition when;
    if (const auto place = node["predicates"]; place.present()) {
        when.predicates = read_predicates_named(place, policy);
    }
    if (const auto place = node["flags"]; place.present()) when.flags = place.identifiers();
    const auto number = [&](const char* name, std::optional<Rational>& value) {
        if (node[name].present()) value = node[name].number();
    };
    number("gap_below", when.gap_below);
    number("achievement_below", when.achievement_below);
    number("score_from", when.score_from);
    number("score_below", when.score_below);
    if (const auto place = node["criteria"]; place.present()) {
        for (const auto& name : place.elements()) {
            const auto c = reference(name, policy.criteria, "criterion");
            if (c < policy.criteria.size()) when.criteria.push_back(policy.criteria[c].id);
        }
        if (!when.gap_below) place.problem("narrows no gap", "write \"gap_below\" beside it");
    }
    read_classes(node["classification"], policy, when);
    if (const auto place = node["services"]; place.present()) {
        when.services = read_services_wanted(place, policy);
    }
    if (node.is_object() && node.member_names().empty()) {
        node.problem("is empty, so it would always hold", "write at least one condition");
    }
    return when;
}

Recommendation read_recommendation(const Node& node, const Policy& policy) {
    node.only({"id", "kind", "text", "when", "source"});
    Recommendation out;
    out.id = node["id"].identifier();
    want_new_id(node["id"], policy.recommendations, out.id);
    out.kind = node["kind"].choice<RecommendationKind>();
    out.text = node["text"].text();
    out.when = read_condition(node["when"], policy);
    out.source = node.source();
    return out;
}

}  // namespace

void read_consequences(const Node& root, Policy& policy) {
    if (const auto node = root["distribution"]; node.present()) {
        policy.distribution = read_distribution(node, policy);
    }
    if (const auto node = root["credit"]; node.present()) {
        policy.credit = read_credit(node, policy);
    }
    if (const auto node = root["services"]; node.present()) {
        for (const auto& place : node.elements())
            policy.services.push_back(read_service_kind(place, policy));
    }
    if (const auto node = root["recommendations"]; node.present()) {
        for (const auto& place : node.elements())
            policy.recommendations.push_back(read_recommendation(place, policy));
    }
}

}  // namespace jejak::scoring
