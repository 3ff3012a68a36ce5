#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/timers/due_dates.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {

struct Running {
    std::string token;
    appraisal::Phase phase;
    timers::Due due;
};

// The clocks of the wanted appraisals as they ran at `moment` (none: now), by what was known then;
// the earliest first. The scoreboard must be caught up. Errors: not_found before the log began;
// those of the store.
[[nodiscard]] Result<std::vector<Running>> running_clocks(
    Workspace& workspace, const appraisal::BoardFilter& filter, std::optional<Instant> moment,
    const std::function<bool(const appraisal::BoardLine&)>& wanted);

// {"appraisal", "phase", "deadline", "due_at", "recorded_due_at", "letter", "overdue"}
[[nodiscard]] boost::json::object running_json(const Running& running, Instant now);

}  // namespace jejak::tools
