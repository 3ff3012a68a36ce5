#include "tools/running_clocks.hpp"

#include <algorithm>

#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/progress.hpp"

namespace jejak::tools {

Result<std::vector<Running>> running_clocks(
    Workspace& workspace, const appraisal::BoardFilter& filter, std::optional<Instant> moment,
    const std::function<bool(const appraisal::BoardLine&)>& wanted) {
    Position known;
    if (moment) {
        const auto position = position_at(workspace, *moment);
        if (!position) return position.error();
        known = *position;
        if (known.value == 0) {
            return error(ErrorCode::not_found, "the log did not exist yet at " + to_text(*moment));
        }
    }
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace.reads(), filter, [&](const auto& line) {
        if (wanted(line)) tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    timers::DueDates dates(workspace.events(), workspace.workflows(), workspace.clock(), known);
    std::vector<Running> found;
    Progress progress("reading");
    Until until;
    until.moment = moment;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        progress.show(i + 1, tokens.size());
        const auto state = read_appraisal(workspace, tokens[i], until);
        if (!state && moment && state.error().code == ErrorCode::not_found) continue;
        if (!state) return state.error();
        auto due = dates.running(*state);
        if (!due) return due.error();
        if (*due) found.push_back({tokens[i], state->phase, std::move(**due)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Running& a, const Running& b) { return a.due.at < b.due.at; });
    return found;
}

boost::json::object running_json(const Running& running, Instant now) {
    return {{"appraisal", running.token},
            {"phase", appraisal::name_of(running.phase)},
            {"deadline", running.due.deadline},
            {"due_at", to_text(running.due.at)},
            {"recorded_due_at", to_text(running.due.recorded)},
            {"letter", running.due.letter},
            {"overdue", running.due.at < now}};
}

}  // namespace jejak::tools
