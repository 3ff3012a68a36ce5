#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tools/history.hpp"

namespace jejak::tools {

// Which appraisal a command is about, and up to where it is read.
struct Point {
    std::string token, as_of;
    std::uint32_t version = 0;
    std::uint64_t position = 0;
};

// The appraisal's name, --as-of, --at-position and --at-version.
void add_point(CLI::App& command, Point& point, bool needs_token = true);
// --as-of and --at-position alone, for what is about many appraisals.
void add_moment(CLI::App& command, Point& point);
// Errors: invalid_input, where --as-of is no moment.
[[nodiscard]] Result<Until> until_of(const Point& point);

}  // namespace jejak::tools
