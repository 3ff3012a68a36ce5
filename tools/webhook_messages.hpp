#pragma once

#include "adapters/webhooks/reactor.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// What webhooks tell of a record of the log: that something happened to an appraisal, and where to
// read it; nothing of what was said. From the log alone, so that a record gives the same message
// for ever. The workspace is borrowed.
[[nodiscard]] webhooks::ToMessage webhook_messages(Workspace& workspace);

// Reminders of the clocks that run out within `days`: one for each clock, however often they are
// made. Errors: those of the store.
[[nodiscard]] Result<std::vector<webhooks::Reminder>> webhook_reminders(Workspace& workspace,
                                                                        int days);

}  // namespace jejak::tools
