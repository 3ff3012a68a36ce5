#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/result.hpp"

namespace jejak::benchmark {

struct Run {
    std::uint64_t commands = 0;
    double seconds = 0;
    double median_us = 0;  // from submitting a command to its durable answer
    double p99_us = 0;
    double cpu_seconds = 0;  // of all threads, RocksDB's too: a busy neighbour does not change it
    std::vector<std::size_t> group_sizes;  // records of each append
};

// Durable four-step appraisals (open, assess oneself, review, finalise) in a new directory, with so
// many commands in flight: each appraisal sends its next command when the last was answered.
[[nodiscard]] Result<Run> run_appraisals(const std::string& directory, std::uint64_t in_flight,
                                         std::uint64_t appraisals);

}  // namespace jejak::benchmark
