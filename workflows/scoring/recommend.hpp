#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/evaluate.hpp"

// What a result suggests. Each with the rule that produced it; none is ever carried out by itself.
namespace jejak::scoring {

struct Recommended {
    const Recommendation* rule = nullptr;  // of the policy
    std::vector<std::string> because;      // criteria with a gap, items behind, flags, services
};

// How many services of a kind ended in a way.
struct ServiceCount {
    std::string kind, way;
    std::uint64_t count = 0;
    friend bool operator==(const ServiceCount&, const ServiceCount&) = default;
};

// Those of the policy whose conditions hold, in its order. `services`: what was counted in the
// period.
[[nodiscard]] std::vector<Recommended> recommend(const Policy& policy, const Derivation& result,
                                                 const std::vector<ServiceCount>& services = {});

// Angka kredit: percent of the predicate * coefficient * months / 12, rounded as the policy says.
// Errors: not_found (the policy has no "credit"), invalid_input (coefficient or predicate unknown,
// months not 1 to 12), naming what is known.
[[nodiscard]] Result<Rational> credit_of(const Policy& policy, std::string_view coefficient,
                                         std::string_view predicate, std::uint32_t months);

}  // namespace jejak::scoring
