#include "adapters/timers/backlog.hpp"

#include "adapters/timers/due_dates.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::timers {
namespace {

using appraisal::Task;
using appraisal::TaskKind;

Error not_to_the_end() {
    return error(ErrorCode::stopped, "the count of what is open was stopped; count again");
}

Result<std::uint64_t> count_disputes(const ReadStore& reads, const std::stop_token& stop) {
    const std::string disputed(appraisal::name_of(appraisal::Phase::disputed));
    std::uint64_t count = 0;
    const auto listed = appraisal::list_unit_boards(reads, "", [&](const auto& board) {
        const auto found = board.by_phase.find(disputed);
        if (found != board.by_phase.end()) count += found->second;
        return !stop.stop_requested();
    });
    if (!listed) return listed.error();
    return count;
}

class OverdueTasks {
  public:
    OverdueTasks(const EventStore& events, const ReadStore& reads,
                 const runtime::Workflows& workflows, const Clock& clock)
        : reads_(reads), dates_(events, workflows, clock), now_(clock.now()) {}

    [[nodiscard]] Result<std::map<TaskKind, std::uint64_t>> count(const std::stop_token& stop) {
        const auto moved = dates_.any_is_moved();
        if (!moved) return moved.error();
        std::map<TaskKind, std::uint64_t> counts;
        for (const auto kind : clocked_tasks)
            counts[kind] = 0;
        Result<void> outcome;
        const auto listed = appraisal::list_duties(reads_, [&](const Task& task) {
            // A letter never makes a due date earlier.
            if (task.due_at == Instant{} || task.due_at >= now_) return !stop.stop_requested();
            const Result<bool> overdue = *moved ? is_overdue_by_letter(task) : Result<bool>(true);
            if (!overdue) outcome = overdue.error();
            if (overdue && *overdue) ++counts[task.kind];
            return overdue && !stop.stop_requested();
        });
        if (!listed) return listed.error();
        if (!outcome) return outcome.error();
        return counts;
    }

  private:
    [[nodiscard]] Result<bool> is_overdue_by_letter(const Task& task) {
        const auto line = appraisal::find_line(reads_, task.token);
        if (!line) return line.error();
        if (!*line) return true;  // a model that lags: the next count knows more
        organisation::DueDate asked;
        asked.period = (*line)->period;
        asked.kind = (*line)->kind;
        asked.deadline = deadline_of(task.kind);
        asked.person = (*line)->subject;
        const auto due = dates_.of(std::move(asked), (*line)->unit, task.due_at);
        if (!due) return due.error();
        return due->at < now_;
    }

    const ReadStore& reads_;
    DueDates dates_;
    const Instant now_;
};

}  // namespace

Result<Backlog> count_backlog(const EventStore& events, const ReadStore& reads,
                              const runtime::Workflows& workflows, const Clock& clock,
                              const std::stop_token& stop) {
    const auto disputes = count_disputes(reads, stop);
    if (!disputes) return disputes.error();
    auto overdue = OverdueTasks(events, reads, workflows, clock).count(stop);
    if (!overdue) return overdue.error();
    if (stop.stop_requested()) return not_to_the_end();
    return Backlog{*disputes, std::move(*overdue)};
}

}  // namespace jejak::timers
