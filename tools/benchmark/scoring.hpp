#pragma once

#include <string>
#include <vector>

#include "engine/result.hpp"

namespace jejak::benchmark {

struct Evaluations {
    std::string policy;
    std::size_t ratings = 0;  // that go into one result
    double scores = 0;        // a second on one core: score and predicate
    double results = 0;       // a second on one core: score, predicate and the whole derivation
};

// Evaluates complete inputs of bundled policies, `seconds` each.
[[nodiscard]] Result<std::vector<Evaluations>> measure_scoring(double seconds);

}  // namespace jejak::benchmark
