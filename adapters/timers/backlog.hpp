#pragma once

#include <cstdint>
#include <map>
#include <stop_token>

#include "engine/clock.hpp"
#include "engine/event_store.hpp"
#include "engine/read_store.hpp"
#include "engine/runtime/workflow.hpp"
#include "workflows/appraisal/work_list.hpp"

namespace jejak::timers {

// The tasks that have a clock. What invited raters owe is told by the task of closing their window.
inline constexpr appraisal::TaskKind clocked_tasks[] = {
    appraisal::TaskKind::submit_self_assessment, appraisal::TaskKind::submit_review,
    appraisal::TaskKind::close_feedback,         appraisal::TaskKind::weigh_feedback,
    appraisal::TaskKind::acknowledge_result,     appraisal::TaskKind::answer_objection,
    appraisal::TaskKind::decide_objection};

// What is open in the whole log, as numbers.
struct Backlog {
    std::uint64_t open_disputes = 0;  // appraisals whose result is disputed
    // Tasks that are not done though their time, as letters moved it, is over; each of
    // clocked_tasks stands here.
    std::map<appraisal::TaskKind, std::uint64_t> overdue_tasks;
    friend bool operator==(const Backlog&, const Backlog&) = default;
};

// Counts it from the read models alone, which must be caught up as far as the answer shall reach:
// one pass over the unit boards and one over the tasks that wait. Of the log only extensions and
// units are read, and those only where there is an extension. Errors: stopped, when `stop` asks for
// it; those of the stores.
[[nodiscard]] Result<Backlog> count_backlog(const EventStore& events, const ReadStore& reads,
                                            const runtime::Workflows& workflows, const Clock& clock,
                                            const std::stop_token& stop = {});

}  // namespace jejak::timers
