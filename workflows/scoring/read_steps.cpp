#include <algorithm>

#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

constexpr std::size_t steps_max = 50;

Piece read_piece(const Node& node) {
    node.only({"from", "above", "value", "through"});
    Piece piece;
    piece.exclusive = node["above"].present();
    if (piece.exclusive == node["from"].present()) {
        node.problem("needs either \"from\" (inclusive) or \"above\" (exclusive)",
                     "write one of them");
    } else {
        piece.from = node[piece.exclusive ? "above" : "from"].number();
    }
    if (node["value"].present() == node["through"].present()) {
        node.problem("needs either \"value\" or \"through\"",
                     "write a number, or two points: [[\"80\", \"70\"], [\"99\", \"89\"]]");
        return piece;
    }
    if (node["value"].present()) {
        piece.y = node["value"].number();
        return piece;
    }
    std::vector<std::pair<Rational, Rational>> points;
    for (const auto& place : node["through"].elements()) {
        const auto pair = place.elements();
        if (pair.size() == 2) {
            points.emplace_back(pair[0].number(), pair[1].number());
        } else {
            place.problem("is not a point", "write two numbers: [\"80\", \"70\"]");
        }
    }
    if (points.size() != 2 || points[0].first == points[1].first) {
        node["through"].problem("is not a line through two points",
                                "write two points with different first numbers");
        return piece;
    }
    piece.x = points[0].first;
    piece.y = points[0].second;
    piece.slope = (points[1].second - points[0].second) / (points[1].first - points[0].first);
    return piece;
}

bool begins_higher(const Piece& a, const Piece& b) {
    return a.from != b.from ? a.from > b.from : a.exclusive && !b.exclusive;
}

Conversion read_conversion(const Node& node, const std::vector<Conversion>& earlier) {
    node.only({"id", "title", "pieces", "source"});
    Conversion conversion;
    conversion.id = node["id"].identifier();
    want_new_id(node["id"], earlier, conversion.id);
    if (const auto title = node["title"]; title.present()) (void)title.text();
    for (const auto& place : node["pieces"].elements()) {
        auto piece = read_piece(place);
        for (const auto& other : conversion.pieces) {
            if (begins_higher(piece, other) || begins_higher(other, piece)) continue;
            place.problem("begins where another piece begins",
                          "let each begin from its own number");
        }
        conversion.pieces.push_back(std::move(piece));
    }
    if (conversion.pieces.empty()) {
        node["pieces"].problem("is empty", "write at least one piece");
        conversion.pieces.emplace_back();
    }
    std::stable_sort(conversion.pieces.begin(), conversion.pieces.end(), begins_higher);
    conversion.source = node.source();
    return conversion;
}

// A group or an earlier step; 0, with a problem, where there is none of that name.
std::uint32_t value_named(const Node& node, std::string_view name, const Policy& policy) {
    if (const auto group = index_of(policy.groups, name)) return *group;
    const auto groups = static_cast<std::uint32_t>(policy.groups.size());
    if (const auto step = index_of(policy.steps, name)) return groups + *step;
    std::string known;
    for (const auto& group : policy.groups)
        known += (known.empty() ? "" : ", ") + group.id;
    for (const auto& step : policy.steps)
        known += ", " + step.id;
    node.problem("'" + std::string(name) + "' is no group and no step so far",
                 "write one of: " + known);
    return 0;
}

void read_terms(const Node& node, const Policy& policy, Step& step) {
    if (!node.is_object()) {
        node.problem(node.present() ? "is not an object" : "is missing",
                     "write {\"name\": \"60\", …}: a number for each group or step");
        return;
    }
    for (const auto name : node.member_names()) {
        Step::Term term{value_named(node[name], name, policy), node[name].number()};
        if (step.how == StepRule::mean && term.factor.sign() <= 0) {
            node[name].problem("is not above 0", "write the weight in the mean");
        }
        step.of.push_back(std::move(term));
    }
    if (step.of.empty()) node.problem("is empty", "name at least one group or step");
}

void read_flagged(const Node& node, const Policy& policy, Step& step) {
    step.value = read_value_name(node["value"], policy);
    step.otherwise = node["otherwise"].number();
    const auto flags = node["flags"];
    if (!flags.is_object()) flags.problem("is missing", "write {\"flag\": \"0.5\", …}");
    for (const auto name : flags.member_names())
        step.flags.push_back({std::string(name), flags[name].number()});
    if (step.how != StepRule::blend) return;
    step.with = read_value_name(node["with"], policy);
    std::vector<Rational> weights{step.otherwise};
    for (const auto& flagged : step.flags)
        weights.push_back(flagged.factor);
    if (std::any_of(weights.begin(), weights.end(),
                    [](const Rational& w) { return w.sign() < 0 || w > 1; })) {
        node.problem("blends with a weight outside of 0 to 1", "write shares, such as \"0.3\"");
    }
}

Step read_step(const Node& node, const Policy& policy) {
    Step step;
    step.how = node["how"].choice<StepRule>();
    if (step.how == StepRule::sum || step.how == StepRule::mean) {
        node.only({"id", "title", "how", "of", "min", "max", "rounding", "source"});
        read_terms(node["of"], policy, step);
    } else if (step.how == StepRule::flagged) {
        node.only({"id", "title", "how", "value", "flags", "otherwise", "min", "max", "rounding",
                   "source"});
        read_flagged(node, policy, step);
    } else {
        node.only({"id", "title", "how", "value", "with", "flags", "otherwise", "min", "max",
                   "rounding", "source"});
        read_flagged(node, policy, step);
    }
    step.id = node["id"].identifier();
    want_new_id(node["id"], policy.groups, step.id);
    want_new_id(node["id"], policy.steps, step.id);
    step.title = node["title"].text();
    if (const auto least = node["min"]; least.present()) step.minimum = least.number();
    if (const auto most = node["max"]; most.present()) step.maximum = most.number();
    if (step.minimum && step.maximum && *step.minimum > *step.maximum) {
        node["max"].problem("is below the minimum", "let \"min\" be less than \"max\"");
    }
    if (const auto rule = node["rounding"]; rule.present()) step.rounding = rule.rounding();
    // Otherwise rounding, which comes last, would leave the limits.
    const auto fits = [&](const char* name, const std::optional<Rational>& limit) {
        if (!limit || !step.rounding) return;
        if (limit->round(step.rounding->decimals, RoundingMode::down) == *limit) return;
        node[name].problem("is finer than the rounding of the step", "write fewer decimals");
    };
    fits("min", step.minimum);
    fits("max", step.maximum);
    step.source = node.source();
    return step;
}

}  // namespace

std::uint32_t read_value_name(const Node& node, const Policy& policy) {
    if (node.is_string()) return value_named(node, node.string(), policy);
    node.problem(node.present() ? "is not a name" : "is missing", "name a group or a step");
    return 0;
}

void read_conversions(const Node& root, Policy& policy) {
    const auto node = root["conversions"];
    if (!node.present()) return;
    for (const auto& place : node.elements())
        policy.conversions.push_back(read_conversion(place, policy.conversions));
}

void read_steps(const Node& root, Policy& policy) {
    if (const auto node = root["steps"]; node.present()) {
        const auto places = node.elements();
        if (places.size() > steps_max) node.problem("has too many steps", "write at most 50");
        for (const auto& place : places)
            policy.steps.push_back(read_step(place, policy));
    }
    const auto total = root["total"];
    if (!total.present()) {
        if (!policy.steps.empty()) {
            total.problem("is missing, though there are steps",
                          "name the group or step that is the score, or write \"none\"");
        }
        return;
    }
    policy.total = total.is_string() && total.string() == "none" ? Total::none : Total::named;
    if (policy.total == Total::named) policy.total_value = read_value_name(total, policy);
}

}  // namespace jejak::scoring
