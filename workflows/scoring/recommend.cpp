#include "workflows/scoring/recommend.hpp"

#include <algorithm>

#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/reader.hpp"

namespace jejak::scoring {

namespace {

bool has_name(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// A recorded number; none for the empty text of a policy without a total.
std::optional<Rational> number(const std::string& text) {
    const auto parsed = Rational::parse(text);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

std::vector<std::string> gaps(const Condition& when, const Derivation& result) {
    std::vector<std::string> out;
    for (const auto& group : result.groups) {
        for (const auto& node : group.criteria) {
            if (!when.criteria.empty() && !has_name(when.criteria, node.criterion)) continue;
            const auto gap = node.gap ? number(*node.gap) : std::nullopt;
            if (gap && *gap < *when.gap_below) out.push_back(node.criterion);
        }
    }
    return out;
}

std::vector<std::string> behind(const Rational& limit, const Derivation& result) {
    std::vector<std::string> out;
    for (const auto& group : result.groups) {
        for (const auto& node : group.criteria) {
            const auto percent = node.measured ? number(node.measured->achievement) : std::nullopt;
            if (percent && *percent < limit) out.push_back(node.criterion);
        }
    }
    return out;
}

bool in_classes(const Condition& when, const Derivation& result) {
    return std::all_of(when.classifications.begin(), when.classifications.end(),
                       [&](const auto& wanted) {
                           return std::any_of(result.classes.begin(), result.classes.end(),
                                              [&](const ClassNode& node) {
                                                  return node.classification == wanted.first &&
                                                         has_name(wanted.second, node.code);
                                              });
                       });
}

// "pengaduan 12"; empty where there are fewer than wanted.
std::vector<std::string> enough(const ServicesWanted& wanted,
                                const std::vector<ServiceCount>& services) {
    std::uint64_t count = 0;
    for (const auto& each : services) {
        if (each.kind != wanted.kind) continue;
        if (wanted.ways.empty() || has_name(wanted.ways, each.way)) count += each.count;
    }
    if (count < wanted.at_least) return {};
    return {wanted.kind + " " + std::to_string(count)};
}

// Does it hold? Then `because` has what made it.
bool holds(const Condition& when, const Derivation& result,
           const std::vector<ServiceCount>& services, std::vector<std::string>& because) {
    const auto add = [&](std::vector<std::string> found) {
        because.insert(because.end(), found.begin(), found.end());
        return !found.empty();
    };
    if (!when.predicates.empty()) {
        if (!has_name(when.predicates, result.predicate.code)) return false;
        because.push_back(result.predicate.code);
    }
    if (!when.flags.empty()) {
        std::vector<std::string> set;
        std::copy_if(when.flags.begin(), when.flags.end(), std::back_inserter(set),
                     [&](const auto& flag) { return has_name(result.flags, flag); });
        if (!add(std::move(set))) return false;
    }
    const auto total = number(result.total);
    if (when.score_from && (!total || *total < *when.score_from)) return false;
    if (when.score_below && (!total || *total >= *when.score_below)) return false;
    if (when.gap_below && !add(gaps(when, result))) return false;
    if (when.achievement_below && !add(behind(*when.achievement_below, result))) return false;
    if (when.services && !add(enough(*when.services, services))) return false;
    return in_classes(when, result);
}

}  // namespace

std::vector<Recommended> recommend(const Policy& policy, const Derivation& result,
                                   const std::vector<ServiceCount>& services) {
    std::vector<Recommended> out;
    for (const auto& rule : policy.recommendations) {
        std::vector<std::string> because;
        if (holds(rule.when, result, services, because)) out.push_back({&rule, std::move(because)});
    }
    return out;
}

Result<Rational> credit_of(const Policy& policy, std::string_view coefficient,
                           std::string_view predicate, std::uint32_t months) {
    if (!policy.credit) {
        return error(ErrorCode::not_found, "policy " + policy.id + " gives no credit points");
    }
    const auto& rule = *policy.credit;
    const auto found = index_of(rule.coefficients, coefficient);
    if (!found) {
        std::string known;
        for (const auto& each : rule.coefficients)
            known += (known.empty() ? "" : ", ") + each.id;
        return error(ErrorCode::invalid_input, "'" + std::string(coefficient) +
                                                   "' is no level with a coefficient; write one "
                                                   "of: " +
                                                   known);
    }
    const auto code = code_of_label(policy, predicate);
    if (!code) return code.error();
    const auto percent = std::find_if(rule.percents.begin(), rule.percents.end(),
                                      [&](const auto& each) { return each.first == *code; });
    if (percent == rule.percents.end()) {
        return error(ErrorCode::invalid_input, "predicate " + *code + " is worth no credit points");
    }
    if (months < 1 || months > 12) {
        return error(ErrorCode::invalid_input, "write 1 to 12 months");
    }
    const auto exact =
        percent->second / 100 * rule.coefficients[*found].value * Rational(months) / 12;
    return rule.rounding ? exact.round(rule.rounding->decimals, rule.rounding->mode) : exact;
}

}  // namespace jejak::scoring
