#pragma once

#include <functional>

#include "adapters/timers/overdue.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// Records the clocks of objections that have run out: each once, in the order in which they were
// due, however long nobody looked. A reply that did not come begins the clock of the decision,
// which may have run out as well. `told` hears of each with the position of its record. Errors:
// those of the writer; invalid_input where one is refused. The workspace is opened for writing.
[[nodiscard]] Result<void> tick(Workspace& workspace, const Actor& actor,
                                const std::function<void(const timers::Overdue&, Position)>& told);

// The program's own clock, which is nobody.
[[nodiscard]] Actor the_clock();

}  // namespace jejak::tools
