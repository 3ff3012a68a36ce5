#pragma once

#include <cstddef>

namespace jejak::benchmark {

struct Resolving {
    std::size_t people = 0, units = 0, facts = 0, bytes = 0;
    double load_seconds = 0;
    double superior_us = 0;      // of one person on one day
    double subordinates_us = 0;  // of the head of a unit of 20
    double correct = 0;          // share of the answers that are those that were built
};

// An organisation of so many people in units of 20, each with two posts in its past; asked for
// superiors on random days.
[[nodiscard]] Resolving measure_resolving(std::size_t people);

}  // namespace jejak::benchmark
