#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/result.hpp"

namespace jejak::benchmark {

struct Replaying {
    std::uint64_t records = 0;
    std::size_t appraisals = 0;
    double end_seconds = 0, half_seconds = 0;  // the whole log as of its end, of its middle; best
    std::string token;                         // the appraisal that most raters rated
    std::size_t raters = 0;
    double first_ms = 0, median_ms = 0;  // the score without each of its raters, read anew
};

// Reads the past of a data directory that exists, `rounds` times; writes nothing. Errors: those of
// opening it; not_found where nobody was rated by a rater.
[[nodiscard]] Result<Replaying> measure_replay(const std::string& directory, int rounds);

}  // namespace jejak::benchmark
