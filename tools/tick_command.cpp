#include <iostream>

#include "adapters/timers/overdue.hpp"
#include "tools/commands.hpp"
#include "tools/workspace.hpp"
#include "workflows/scoring/roles.hpp"

// Records the clocks of objections that have run out: each once, in the order in which they were
// due, however long nobody looked. To be run by a timer of the system, as often as one likes.
namespace jejak::tools {
namespace {

void run_tick(Session& session, const std::string& identifier) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto actor = workspace->people().identify(identifier, "cli");
    if (!actor) return session.fail(actor.error());
    Actor who;
    who.kind = Actor::Kind::person;
    who.person = *actor;
    who.role = roles::administrator;
    who.channel = "cli";
    std::uint64_t passed = 0;
    // A reply that did not come begins the clock of the decision, which may have run out as well.
    for (;;) {
        if (!session.check(workspace->catch_up())) return;
        const auto found = timers::overdue_clocks(workspace->events(), workspace->reads(),
                                                  workspace->workflows(), workspace->clock());
        if (!found) return session.fail(found.error());
        if (found->empty()) break;
        for (const auto& each : *found) {
            auto request =
                timers::passing_of(each, workspace->people().keyring().log_secret(), who);
            const auto receipt = workspace->writer().execute(std::move(request));
            if (session.accepted(receipt) == nullptr) return;
            ++passed;
            if (session.json) {
                print_json(boost::json::object{{"appraisal", each.token},
                                               {"deadline", each.due.deadline},
                                               {"due_at", to_text(each.due.at)},
                                               {"position", receipt->first.value}});
            } else {
                std::cout << to_text(each.due.at) << "  " << each.token << "  " << each.due.deadline
                          << ": recorded at position " << receipt->first.value << '\n';
            }
        }
    }
    if (!session.check(workspace->finish())) return;
    if (!session.json && passed == 0) std::cout << "no clock of an objection has run out\n";
}

}  // namespace

void add_tick(CLI::App& app, Session& session) {
    auto actor = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("tick", "Record the clocks of objections that have run out, each once");
    command->footer("Example: jejak tick --as nip:198811112012122005   (from cron, every hour)");
    command->add_option("--as", *actor, "The administrator in whose name it runs")->required();
    command->callback([actor, &session] { run_tick(session, *actor); });
}

}  // namespace jejak::tools
