#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <string_view>
#include <vector>

#include "adapters/json/reader.hpp"

namespace jejak::json {

inline constexpr std::size_t document_bytes_max = 1'048'576;
inline constexpr std::size_t document_depth_max = 32;
inline constexpr std::size_t document_elements_max = 1'000;  // of a list

// One JSON value from its text. Refused as a problem: what is not JSON (with line and column), a
// member that stands twice in an object (with its place), text after the value, more than 1 MiB,
// more than 32 levels, a list of more than 1,000 elements. With problems the value is null.
[[nodiscard]] boost::json::value parse_document(std::string_view text,
                                                std::vector<Problem>& problems);

}  // namespace jejak::json
