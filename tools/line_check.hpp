#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "tools/line_import.hpp"

namespace jejak::tools {

struct LineCheck {
    std::uint64_t commands = 0;     // lines that are in order
    std::uint64_t wrong = 0;        // lines that are not
    std::vector<LineFault> faults;  // at most 100 of these
};

// Reads one command a line and judges its form: JSON, members, words, times, people's identifiers.
// Nothing is decided and nothing is written: whether a command is allowed depends on what the log
// holds when it is imported.
[[nodiscard]] LineCheck check_lines(std::istream& in, const LineImport& options);

}  // namespace jejak::tools
