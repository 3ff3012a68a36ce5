#pragma once

#include <string>
#include <vector>

#include "adapters/timers/due_dates.hpp"
#include "engine/keyring.hpp"
#include "engine/read_store.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::timers {

// A clock of an objection that has run out.
struct Overdue {
    std::string token;  // of the appraisal
    Due due;
};

// Which clocks of open objections have run out by now, the earliest first: due times are derived
// from events, nothing is kept beside the log. The scoreboard must be caught up.
[[nodiscard]] Result<std::vector<Overdue>> overdue_clocks(const EventStore& events,
                                                          const ReadStore& reads,
                                                          const runtime::Workflows& workflows,
                                                          const Clock& clock);

// The command that records it. The same clock has the same command id for ever: a second attempt,
// by another process or after a crash, gets the first answer again and adds nothing.
[[nodiscard]] runtime::CommandRequest passing_of(const Overdue& overdue, const KeyBytes& log_secret,
                                                 const Actor& actor);

}  // namespace jejak::timers
