#pragma once

#include <boost/json/object.hpp>

#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {

// {"period", "unit", "opened", "by_phase": {…}, "results": [{"policy", "count", "sum",
// "by_predicate": {…}}]}
[[nodiscard]] boost::json::object board_json(const appraisal::UnitBoard& board);

}  // namespace jejak::tools
