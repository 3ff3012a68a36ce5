#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/access/read_log.hpp"

namespace jejak::access {

// One line of the file, with its line feed.
[[nodiscard]] std::string line_of_reads(const ReadsOfAnHour& reads);

// None: not a line that line_of_reads() writes. `line` is without its line feed.
[[nodiscard]] std::optional<ReadsOfAnHour> reads_of_line(std::string_view line);

// False only for lines that are not about this appraisal; quicker than reading them.
[[nodiscard]] bool may_be_about(std::string_view line, std::string_view appraisal);

}  // namespace jejak::access
