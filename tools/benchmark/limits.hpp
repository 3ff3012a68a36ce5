#pragma once

#include <string>
#include <vector>

#include "engine/result.hpp"

namespace jejak::benchmark {

// How often a second the disk can make 600 appended bytes durable (fdatasync).
[[nodiscard]] Result<double> measure_fsyncs_per_second(const std::string& directory);

// Seconds that RocksDB alone, with its default options, needs to write the same keys and values as
// the log in `directory` holds, in the same groups of records, each group one synced batch.
[[nodiscard]] Result<double> measure_raw_seconds(const std::string& log_directory,
                                                 const std::string& scratch_directory,
                                                 const std::vector<std::size_t>& group_sizes);

}  // namespace jejak::benchmark
