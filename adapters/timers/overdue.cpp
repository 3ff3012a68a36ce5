#include "adapters/timers/overdue.hpp"

#include <algorithm>

#include "engine/record/sealing.hpp"
#include "engine/runtime/state_cache.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::timers {

Result<std::vector<Overdue>> overdue_clocks(const EventStore& events, const ReadStore& reads,
                                            const runtime::Workflows& workflows,
                                            const Clock& clock) {
    appraisal::BoardFilter filter;
    filter.phase = appraisal::Phase::disputed;
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(reads, filter, [&](const auto& line) {
        tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    const auto* workflow = runtime::find_workflow(workflows, "appraisal");
    DueDates dates(events, workflows, clock);
    std::vector<Overdue> found;
    for (const auto& token : tokens) {
        const auto stream = StreamId::make("appraisal", token);
        if (!stream) return stream.error();
        const auto state = runtime::read_state(events, *workflow, *stream);
        if (!state) return state.error();
        auto due = dates.running(*static_cast<const appraisal::Appraisal*>((*state)->value()));
        if (!due) return due.error();
        if (*due && (*due)->at < clock.now()) found.push_back({token, std::move(**due)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Overdue& a, const Overdue& b) { return a.due.at < b.due.at; });
    return found;
}

runtime::CommandRequest passing_of(const Overdue& overdue, const KeyBytes& log_secret,
                                   const Actor& actor) {
    const auto digest = record::keyed_digest(
        log_secret, "deadline",
        overdue.token + '\n' + overdue.due.deadline + '\n' + to_text(overdue.due.at));
    runtime::CommandRequest request;
    request.stream = *StreamId::make("appraisal", overdue.token);
    request.command = appraisal::Command(appraisal::PassDeadline{overdue.due.deadline});
    request.command_id = *CommandId::make("deadline-" + to_hex(digest.data(), 12));
    request.actor = actor;
    return request;
}

}  // namespace jejak::timers
