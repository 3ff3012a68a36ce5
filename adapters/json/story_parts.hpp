#pragma once

#include <span>
#include <string_view>

// The example story (command_catalogue.hpp) is told in parts, each in a file of its own. The
// requests are spread over lines to be read.
namespace jejak::json {

struct Told {
    std::string_view at;
    std::string_view request;
};

// An objection that a panel decides, a result that is corrected, one that is annulled.
[[nodiscard]] std::span<const Told> story_of_panel_and_correction();

}  // namespace jejak::json
