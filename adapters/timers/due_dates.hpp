#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/clock.hpp"
#include "engine/event_store.hpp"
#include "engine/runtime/workflow.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/work_list.hpp"
#include "workflows/organisation/facts.hpp"

namespace jejak::timers {

// The name of the clock that a task has; "" for one without.
[[nodiscard]] const char* deadline_of(appraisal::TaskKind kind);

// One clock that runs for an appraisal: the due date as it was recorded, and as extensions of its
// scope have moved it.
struct Due {
    // self_assessment, review, feedback, gate, acknowledgement, objection, reply, decision
    std::string deadline;
    Instant recorded, at;
    std::string letter;  // of the extension; "" where none moved it
};

// The due dates of appraisals, by what was known at a position of the log. An extension is one fact
// for many appraisals, so it is applied here and copied into none of them.
class DueDates {
  public:
    // `known` 0: all that the log holds. All of them are borrowed and must outlive it.
    DueDates(const EventStore& events, const runtime::Workflows& workflows, const Clock& clock,
             Position known = {})
        : events_(events), workflows_(workflows), clock_(clock), known_(known) {}

    // The due date with this name; `recorded` 0 stays 0.
    [[nodiscard]] Result<Due> of(const appraisal::Appraisal& state, const std::string& deadline,
                                 Instant recorded);
    // The same where only this is known of the appraisal; chain and zone of `asked` are looked up.
    [[nodiscard]] Result<Due> of(organisation::DueDate asked, const std::string& unit,
                                 Instant recorded);
    // False: every due date is as it was recorded.
    [[nodiscard]] Result<bool> any_is_moved();
    // The clock that the phase waits for; none where none runs.
    [[nodiscard]] Result<std::optional<Due>> running(const appraisal::Appraisal& state);
    // All that were ever set.
    [[nodiscard]] Result<std::vector<Due>> all(const appraisal::Appraisal& state);
    // In which the days of its clocks begin.
    [[nodiscard]] Result<organisation::Zone> zone_of(const appraisal::Appraisal& state);

  private:
    [[nodiscard]] Result<const organisation::Facts*> facts_of(const StreamId& stream);
    // The unit and those above it, and its zone.
    [[nodiscard]] Result<void> climb(const std::string& unit, organisation::DueDate& due);

    const EventStore& events_;
    const runtime::Workflows& workflows_;
    const Clock& clock_;
    Position known_;
    References references_;
    std::map<std::string, std::unique_ptr<runtime::State>> states_;
};

}  // namespace jejak::timers
