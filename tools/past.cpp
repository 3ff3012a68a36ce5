#include "tools/past.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <vector>

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
    line.policy = state.policy;
    line.policy_sha256 = state.policy_sha256;
    line.result.reset();
    line.replaced_results.clear();
    if (state.result) line.result = {{state.result->score, state.result->predicate, {}}};
    return line;
}

// Folded on two cores; what is held at a time is one batch of states.
constexpr std::size_t batch_lines = 256;

std::vector<std::optional<Result<appraisal::Appraisal>>> states_of(
    const Workspace& workspace, const std::vector<BoardLine>& lines, const Until& until) {
    std::vector<std::optional<Result<appraisal::Appraisal>>> states(lines.size());
    const auto fold = [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i)
            states[i] = read_appraisal(workspace, lines[i].token, until);
    };
    const std::size_t half = lines.size() / 2;
    auto other = std::async(std::launch::async, [&] { fold(half, lines.size()); });
    fold(0, half);
    other.get();
    return states;
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
    bool goes_on = true;
    std::vector<BoardLine> batch;
    const auto settle = [&] {
        const auto states = states_of(workspace, batch, until);
        for (std::size_t i = 0; goes_on && i < batch.size(); ++i) {
            const auto& state = *states[i];
            if (!state && state.error().code == ErrorCode::not_found) continue;
            if (!state) outcome = state.error();
            if (!state) return (goes_on = false);
            const BoardLine line = as_it_stood(batch[i], *state);
            goes_on = (filter.phase && line.phase != *filter.phase) || visit(line);
        }
        batch.clear();
        return goes_on;
    };
    const auto listed = appraisal::list_lines(workspace.reads(), all, [&](const BoardLine& now) {
        batch.push_back(now);
        return batch.size() < batch_lines || settle();
    });
    if (!listed) return listed;
    if (goes_on) settle();
    return outcome;
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
