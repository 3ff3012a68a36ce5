#include "tools/climb.hpp"

#include <spdlog/spdlog.h>

#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/tick.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {
namespace {

Result<std::vector<std::string>> disputed_appraisals(Workspace& workspace) {
    appraisal::BoardFilter filter;
    filter.phase = appraisal::Phase::disputed;
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace.reads(), filter, [&](const auto& line) {
        tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    return tokens;
}

Result<std::optional<organisation::Holder>> next_by(const organisation::Directory& directory,
                                                    Workspace& workspace, const std::string& token,
                                                    const appraisal::Appraisal& state,
                                                    Position known) {
    const timers::Chain chain{directory,
                              {day_within(state.period, workspace.clock()), known},
                              {today(workspace.clock()), known},
                              workspace.events(),
                              workspace.people().keyring().log_secret()};
    return timers::next_in_the_chain(chain, token, state);
}

}  // namespace

Result<std::optional<organisation::Holder>> next_in_the_chain(Workspace& workspace,
                                                              const std::string& token,
                                                              const appraisal::Appraisal& state,
                                                              Position known) {
    const auto directory = read_organisation(workspace);
    if (!directory) return directory.error();
    return next_by(*directory, workspace, token, state, known);
}

Result<void> climb(Workspace& workspace, const std::function<void(const Climbed&)>& told) {
    if (auto ready = workspace.catch_up(appraisal::scoreboard_model); !ready) return ready;
    const auto tokens = disputed_appraisals(workspace);
    if (!tokens) return tokens.error();
    std::optional<organisation::Directory> directory;  // read once somebody waits
    for (const auto& token : *tokens) {
        const auto state = read_appraisal(workspace, token, {});
        if (!state) return state.error();
        if (!timers::waits_for_a_decider(*state)) continue;
        if (!directory) {
            auto read = read_organisation(workspace);
            if (!read) return read.error();
            directory = std::move(*read);
        }
        const auto head = workspace.events().head();
        if (!head) return head.error();
        const auto next = next_by(*directory, workspace, token, *state, head->position);
        if (!next) return next.error();
        if (!*next) continue;
        const auto receipt = workspace.writer().execute(timers::naming_of(
            token, *state, **next, workspace.people().keyring().log_secret(), the_clock()));
        if (!receipt) return receipt.error();
        if (receipt->rejection) {
            spdlog::warn("{}: the next in the chain may not decide: {}", token,
                         receipt->rejection->message);
            continue;
        }
        told({token, (*next)->post, (*next)->person, receipt->first});
    }
    return {};
}

}  // namespace jejak::tools
