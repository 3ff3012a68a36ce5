#pragma once

#include <chrono>
#include <string>

#include "tools/load/client.hpp"
#include "tools/load/timings.hpp"

namespace jejak::load {

struct ReadFigures {
    Timings timings;  // of those that were answered with 200
    std::uint64_t errors = 0;
    double seconds = 0;
};

// Reads one appraisal over and over on so many connections.
[[nodiscard]] ReadFigures read_appraisal(const Target& target, const std::string& appraisal,
                                         std::size_t connections, std::chrono::seconds span);

}  // namespace jejak::load
