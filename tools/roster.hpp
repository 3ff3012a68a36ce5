#pragma once

#include <string>
#include <vector>

#include "adapters/csv/roster.hpp"
#include "tools/organisation.hpp"
#include "workflows/appraisal/commands.hpp"

namespace jejak::tools {

struct RosterFlags {
    std::string path, period, kind = "annual", policy;
    organisation::Day on;  // whose superior is asked as of this day
    // One appraisal for each stretch of the period under one post and one superior instead of one
    // for all of it; stretches of fewer months, and those in which she is away, are left out.
    bool by_segments = false;
    std::uint32_t minimum_months = 1;
};

// One appraisal that a roster opens. Name and command id follow from person, period and kind under
// the log's secret: the same roster again gives the same ones, and none reveals a person.
struct RosterOpening {
    std::string token;
    CommandId command_id;
    appraisal::OpenAppraisal command;
};

// Who is to be appraised by whom: of each row the post, the unit, the supervisor and the superior
// as the organisation's records resolve them on that day. What the roster itself says about them
// must agree, and counts only where the records name nobody. Every row that cannot be opened is in
// `faults`, with line and column: a NIP that is none, someone twice, without a post, who has left
// or whose superior nobody knows, and a superior without a mandate on that day.
[[nodiscard]] Result<std::vector<RosterOpening>> read_roster(
    Workspace& workspace, const organisation::Directory& directory, const RosterFlags& flags,
    csv::Faults& faults);

// One opening for each member of a team on that day: its lead rates what they do in it, and above
// him stands his own superior. Who has no post, and the lead himself, are in `faults` or left out.
// Errors: not_found, where there is no such team on that day.
[[nodiscard]] Result<std::vector<RosterOpening>> read_team(Workspace& workspace,
                                                           const organisation::Directory& directory,
                                                           const std::string& team,
                                                           const RosterFlags& flags,
                                                           csv::Faults& faults);

}  // namespace jejak::tools
