#pragma once

#include <string>
#include <vector>

#include "engine/result.hpp"

namespace jejak::benchmark {

struct Evaluations {
    std::string policy;
    std::size_t ratings = 0;  // that go into one result
    double per_second = 0;    // results on one core, with their derivations
};

// Evaluates complete inputs of bundled policies, `seconds` each.
[[nodiscard]] Result<std::vector<Evaluations>> measure_scoring(double seconds);

}  // namespace jejak::benchmark
