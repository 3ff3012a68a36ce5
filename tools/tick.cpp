#include "tools/tick.hpp"

namespace jejak::tools {

Result<void> tick(Workspace& workspace, const Actor& actor,
                  const std::function<void(const timers::Overdue&, Position)>& told) {
    for (;;) {
        if (auto ready = workspace.catch_up(); !ready) return ready;
        const auto found = timers::overdue_clocks(workspace.events(), workspace.reads(),
                                                  workspace.workflows(), workspace.clock());
        if (!found) return found.error();
        if (found->empty()) return {};
        for (const auto& each : *found) {
            const auto& secret = workspace.people().keyring().log_secret();
            const auto receipt =
                workspace.writer().execute(timers::passing_of(each, secret, actor));
            if (!receipt) return receipt.error();
            if (receipt->rejection) {
                return error(ErrorCode::invalid_input,
                             each.token + ": " + receipt->rejection->message);
            }
            told(each, receipt->first);
        }
    }
}

Actor the_clock() {
    Actor clock;
    clock.kind = Actor::Kind::system;
    clock.role = system_role;
    clock.channel = "timer";
    return clock;
}

}  // namespace jejak::tools
