#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "tools/agency.hpp"
#include "tools/history.hpp"
#include "workflows/appraisal/work_list.hpp"

namespace jejak::tools {

// A task, and who stands on record for it where that is somebody else or nobody any more.
struct Waiting {
    appraisal::Task task;  // with the due time as letters moved it
    std::string on_record, note;
};

// What waits for a person, the most urgent first: also what waits for her because she holds a post
// now by which somebody else is still on record. As it was up to a point. The work list and the
// index of people must be caught up. Errors: those of the store, of position_of.
[[nodiscard]] Result<std::vector<Waiting>> waiting_for(Workspace& workspace, PersonId person,
                                                       const Until& until, const Reach& reach);

// {"kind", "token", "source", "since", "due_at", "on_record", "note"}
[[nodiscard]] boost::json::object waiting_json(const Waiting& waiting);

}  // namespace jejak::tools
