#include "tools/past.hpp"

#include <algorithm>

#include "tools/organisation.hpp"
#include "workflows/scoring/rational.hpp"

namespace jejak::tools {
namespace {

using appraisal::BoardLine;
using appraisal::UnitBoard;

BoardLine as_it_stood(const BoardLine& now, const appraisal::Appraisal& state) {
    BoardLine line = now;
    line.phase = state.phase;
    line.version = state.version;
    line.supervisor = state.supervisor;
    line.result.reset();
    line.replaced_results.clear();
    if (state.result) line.result = {{state.result->score, state.result->predicate, {}}};
    return line;
}

// Adds a line to the board of its unit, as the read model counts it.
void count(UnitBoard& board, const BoardLine& line) {
    ++board.opened;
    ++board.by_phase[std::string(appraisal::name_of(line.phase))];
    if (!line.result || line.phase == appraisal::Phase::cancelled) return;
    auto found = std::lower_bound(
        board.results.begin(), board.results.end(), line.policy,
        [](const auto& each, const std::string& policy) { return each.policy < policy; });
    if (found == board.results.end() || found->policy != line.policy) {
        found = board.results.insert(found, {line.policy, 0, "0", {}});
    }
    ++found->count;
    ++found->by_predicate[line.result->predicate];
    const auto sum = scoring::Rational::parse(found->sum);
    const auto score = scoring::Rational::parse(line.result->score);
    if (sum && score) found->sum = (*sum + *score).compact();
}

}  // namespace

Result<void> list_lines_as_of(Workspace& workspace, const appraisal::BoardFilter& filter,
                              const Until& until, const appraisal::LineVisitor& visit) {
    appraisal::BoardFilter all = filter;
    all.phase.reset();  // the phase is that of then
    Result<void> outcome;
    const auto listed = appraisal::list_lines(workspace.reads(), all, [&](const BoardLine& now) {
        const auto state = read_appraisal(workspace, now.token, until);
        if (!state && state.error().code == ErrorCode::not_found) return true;
        if (!state) return (outcome = state.error(), false);
        const BoardLine line = as_it_stood(now, *state);
        return (filter.phase && line.phase != *filter.phase) || visit(line);
    });
    return listed ? outcome : listed;
}

Result<void> list_unit_boards_as_of(Workspace& workspace, const std::string& period,
                                    const Until& until,
                                    const std::function<bool(const UnitBoard&)>& visit) {
    appraisal::BoardFilter filter;
    filter.period = period;
    UnitBoard board;
    bool goes_on = true;
    const auto listed = list_lines_as_of(workspace, filter, until, [&](const BoardLine& line) {
        if (board.opened != 0 && board.unit != line.unit) {
            goes_on = visit(board);
            board = {};
        }
        board.period = line.period;
        board.unit = line.unit;
        count(board, line);
        return goes_on;
    });
    if (listed && goes_on && board.opened != 0) visit(board);
    return listed;
}

Result<Position> position_of(const Workspace& workspace, const Until& until) {
    const auto head = workspace.events().head();
    if (!head) return head.error();
    if (until.moment) return position_at(workspace, *until.moment);
    if (!until.position) return head->position;
    if (*until.position > head->position) {
        return error(ErrorCode::invalid_input,
                     "the log ends at position " + std::to_string(head->position.value));
    }
    return *until.position;
}

}  // namespace jejak::tools
