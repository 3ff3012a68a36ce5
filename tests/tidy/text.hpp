#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jejak::tidy {

// The lines of `text` without their ends; views into it. A last line without an end counts.
std::vector<std::string_view> lines_of(std::string_view text);

std::string_view trimmed(std::string_view line);

// "a, b, c"
std::string joined(const std::vector<std::string_view>& names);

}  // namespace jejak::tidy
