#include "workflows/scoring/distribution.hpp"

#include <algorithm>

#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

namespace {

// From so many employees on every limit of whole percents can be met.
constexpr std::uint32_t always_attainable_from = 100;

bool keeps(const DistributionLimit& limit, std::uint32_t counted, std::uint32_t employees) {
    const auto share = Rational(100) * counted;
    const auto asked = limit.percent * employees;
    switch (limit.kind) {
        case DistributionLimit::Kind::at_least:
            return share >= asked;
        case DistributionLimit::Kind::at_most:
            return share <= asked;
        case DistributionLimit::Kind::more_than:
            return share > asked;
        case DistributionLimit::Kind::some:
            return counted > 0;
    }
    return false;
}

std::uint32_t counted_for(const DistributionLimit& limit,
                          const std::vector<PredicateCount>& counts) {
    std::uint32_t out = 0;
    for (const auto& count : counts) {
        const auto& names = limit.predicates;
        if (std::find(names.begin(), names.end(), count.predicate) != names.end())
            out += count.employees;
    }
    return out;
}

bool keeps_all(const DistributionRule& rule, const std::vector<PredicateCount>& counts,
               std::uint32_t employees) {
    return std::all_of(rule.limits.begin(), rule.limits.end(), [&](const auto& limit) {
        return keeps(limit, counted_for(limit, counts), employees);
    });
}

// Every way to give the predicates that the rule names, and one that it does not, to the rest.
bool attainable(const DistributionRule& rule, std::vector<PredicateCount>& counts, std::size_t next,
                std::uint32_t left, std::uint32_t employees) {
    if (next + 1 == counts.size()) {
        counts[next].employees = left;
        return keeps_all(rule, counts, employees);
    }
    for (std::uint32_t given = 0; given <= left; ++given) {
        counts[next].employees = given;
        if (attainable(rule, counts, next + 1, left - given, employees)) return true;
    }
    return false;
}

bool attainable(const DistributionRule& rule, std::uint32_t employees) {
    if (employees >= always_attainable_from) return true;
    std::vector<PredicateCount> counts;
    for (const auto& limit : rule.limits) {
        for (const auto& predicate : limit.predicates) {
            const auto same = [&](const auto& count) { return count.predicate == predicate; };
            if (std::none_of(counts.begin(), counts.end(), same)) counts.push_back({predicate, 0});
        }
    }
    counts.push_back({"", 0});
    return attainable(rule, counts, 0, employees, employees);
}

}  // namespace

bool DistributionResult::kept() const {
    return std::all_of(limits.begin(), limits.end(), [](const auto& limit) { return limit.kept; });
}

Result<const DistributionRule*> find_rule(const Policy& policy, std::string_view predicate) {
    if (!policy.distribution) {
        return error(ErrorCode::not_found, "policy " + policy.id + " has no \"distribution\"");
    }
    const auto word = normal_form(predicate);
    std::string known;
    for (const auto& rule : policy.distribution->rules) {
        const auto& words = rule.words;
        if (std::find(words.begin(), words.end(), word) != words.end()) return &rule;
        known += (known.empty() ? "" : ", ") + rule.organisation;
    }
    return error(ErrorCode::invalid_input, "'" + std::string(predicate) +
                                               "' is no predicate of an organisation; write one "
                                               "of: " +
                                               known);
}

DistributionResult check_distribution(const DistributionRule& rule,
                                      const std::vector<PredicateCount>& counts) {
    DistributionResult out;
    out.rule = &rule;
    for (const auto& count : counts)
        out.employees += count.employees;
    for (const auto& limit : rule.limits) {
        const auto counted = counted_for(limit, counts);
        out.limits.push_back({&limit, counted, keeps(limit, counted, out.employees)});
    }
    if (!out.kept()) out.attainable = attainable(rule, out.employees);
    return out;
}

std::string limit_name(const DistributionLimit& limit) {
    std::string out;
    for (const auto& predicate : limit.predicates)
        out += (out.empty() ? "" : "+") + predicate;
    switch (limit.kind) {
        case DistributionLimit::Kind::at_least:
            return out + " at_least " + limit.percent.compact();
        case DistributionLimit::Kind::at_most:
            return out + " at_most " + limit.percent.compact();
        case DistributionLimit::Kind::more_than:
            return out + " more_than " + limit.percent.compact();
        case DistributionLimit::Kind::some:
            return out + " some";
    }
    return out;
}

}  // namespace jejak::scoring
