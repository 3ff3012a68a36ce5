#include "tools/benchmark/replay.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "tools/history.hpp"
#include "tools/past.hpp"
#include "tools/reader.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/what_if.hpp"

namespace jejak::benchmark {
namespace {

using Steady = std::chrono::steady_clock;

double elapsed_since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

// Every appraisal as it stood at a position. Gives how many there were.
Result<std::size_t> read_past(tools::Workspace& workspace, Position position) {
    tools::Until until;
    until.position = position;
    std::size_t found = 0;
    const auto read = tools::list_lines_as_of(workspace, {}, until, [&](const auto&) {
        ++found;
        return true;
    });
    if (!read) return read.error();
    return found;
}

// From its records on: read, fold, and score once for each rater.
Result<std::size_t> leave_each_out(tools::Workspace& workspace, const std::string& token) {
    const auto state = tools::read_appraisal(workspace, token, {});
    if (!state) return state.error();
    const auto policy = tools::pinned_rules(workspace, *state);
    if (!policy) return policy.error();
    return appraisal::leave_one_out(*state, **policy).size();
}

Result<std::string> most_rated(tools::Workspace& workspace) {
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace.reads(), {}, [&](const auto& line) {
        tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    std::string found;
    std::size_t most = 0;
    for (const auto& token : tokens) {
        const auto state = tools::read_appraisal(workspace, token, {});
        if (!state) return state.error();
        if (state->feedback.size() <= most) continue;
        most = state->feedback.size();
        found = token;
    }
    if (most == 0) return error(ErrorCode::not_found, "no appraisal there has a rater");
    return found;
}

}  // namespace

Result<Replaying> measure_replay(const std::string& directory, int rounds) {
    const auto opened = tools::Workspace::open(directory, tools::Workspace::Mode::read);
    if (!opened) return opened.error();
    auto& workspace = **opened;
    if (auto ready = workspace.catch_up(); !ready) return ready.error();
    const auto head = workspace.events().head();
    if (!head) return head.error();
    Replaying measured;
    measured.records = head->position.value;
    measured.end_seconds = measured.half_seconds = 1e9;
    for (int round = 0; round < rounds; ++round) {
        for (const bool half : {false, true}) {
            const auto start = Steady::now();
            const auto found =
                read_past(workspace, Position{head->position.value / (half ? 2 : 1)});
            if (!found) return found.error();
            auto& best = half ? measured.half_seconds : measured.end_seconds;
            best = std::min(best, elapsed_since(start));
            if (!half) measured.appraisals = *found;
        }
    }
    const auto token = most_rated(workspace);
    if (!token) return token.error();
    measured.token = *token;
    std::vector<double> times;
    for (int round = 0; round < 5 * rounds; ++round) {
        const auto start = Steady::now();
        const auto raters = leave_each_out(workspace, *token);
        if (!raters) return raters.error();
        measured.raters = *raters;
        times.push_back(1e3 * elapsed_since(start));
    }
    measured.first_ms = times.front();
    std::sort(times.begin(), times.end());
    measured.median_ms = times[times.size() / 2];
    return measured;
}

}  // namespace jejak::benchmark
