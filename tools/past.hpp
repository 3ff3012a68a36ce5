#pragma once

#include "tools/history.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {

// The appraisals of the filter as they stood, in the order of list_lines: each is folded from its
// own records up to there, one at a time, so that the whole log needs no more memory than one
// appraisal. Those that did not exist yet are left out. The scoreboard must be caught up.
[[nodiscard]] Result<void> list_lines_as_of(Workspace& workspace,
                                            const appraisal::BoardFilter& filter,
                                            const Until& until,
                                            const appraisal::LineVisitor& visit);

// The unit boards of a period as they stood, in the order of list_unit_boards.
[[nodiscard]] Result<void> list_unit_boards_as_of(
    Workspace& workspace, const std::string& period, const Until& until,
    const std::function<bool(const appraisal::UnitBoard&)>& visit);

// The last position that `until` lets in; the head where it lets in everything. Errors:
// invalid_input for a position that the log does not have.
[[nodiscard]] Result<Position> position_of(const Workspace& workspace, const Until& until);

}  // namespace jejak::tools
