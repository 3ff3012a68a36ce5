#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/policy.hpp"

// Whether the predicates of a unit's employees look as its own predicate asks (SE MenPANRB 3/2023).
// It informs the leader and never changes a predicate.
namespace jejak::scoring {

struct PredicateCount {
    std::string predicate;
    std::uint32_t employees = 0;
};

struct LimitResult {
    const DistributionLimit* limit = nullptr;  // of the policy
    std::uint32_t employees = 0;               // with one of its predicates
    bool kept = false;
};
struct DistributionResult {
    const DistributionRule* rule = nullptr;
    std::uint32_t employees = 0;
    std::vector<LimitResult> limits;
    bool attainable = true;  // could as many employees keep all limits at all?
    [[nodiscard]] bool kept() const;
};

// The rule for an organisation's predicate, in any spelling. Errors: not_found, where the policy
// has no distribution; invalid_input, naming the predicates that it knows.
[[nodiscard]] Result<const DistributionRule*> find_rule(const Policy&, std::string_view predicate);

[[nodiscard]] DistributionResult check_distribution(const DistributionRule& rule,
                                                    const std::vector<PredicateCount>& counts);
// "sangat_baik at_most 70", "baik+kurang some": the name of a limit in lists and vectors.
[[nodiscard]] std::string limit_name(const DistributionLimit& limit);

}  // namespace jejak::scoring
