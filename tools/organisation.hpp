#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tools/workspace.hpp"
#include "workflows/organisation/directory.hpp"
#include "workflows/organisation/teams.hpp"

namespace jejak::tools {

// Calls visit(envelope, event) for each fact about the organisation, in the order of the log.
[[nodiscard]] Result<void> for_each_fact(
    Workspace& workspace,
    const std::function<void(const Envelope&, const organisation::Event&)>& visit);

// Every fact about the organisation that the log holds, indexed. What was known earlier is asked
// with AsOf::known.
[[nodiscard]] Result<organisation::Directory> read_organisation(Workspace& workspace);
[[nodiscard]] Result<organisation::Teams> read_teams(Workspace& workspace);

// The places in the log, up to `known`, of the facts that are wanted; `stream` is the fact's.
[[nodiscard]] Result<std::vector<Position>> positions_of_facts(
    Workspace& workspace, Position known,
    const std::function<bool(const organisation::Event&, std::string_view stream)>& is_wanted);

// The last position that was recorded at or before a moment; 0: none.
[[nodiscard]] Result<Position> position_at(const Workspace& workspace, Instant moment);

// The unit's and the post's latest names, for people to read; the id where nobody said one.
struct OrganisationNames {
    std::map<std::string, std::string> units, posts;
};
[[nodiscard]] Result<OrganisationNames> read_organisation_names(Workspace& workspace);

// The day within a period as of which its appraisals ask for superiors: today, or its first or last
// day where today is not in it.
[[nodiscard]] organisation::Day day_within(const std::string& period, const Clock& clock);

[[nodiscard]] organisation::Day today(const Clock& clock);

}  // namespace jejak::tools
