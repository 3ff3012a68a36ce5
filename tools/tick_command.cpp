#include <iostream>

#include "tools/commands.hpp"
#include "tools/tick.hpp"
#include "workflows/scoring/roles.hpp"

// To be run by a timer of the system, as often as one likes; `jejak serve` does it by itself.
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
    const auto told = [&](const timers::Overdue& each, Position position) {
        ++passed;
        if (session.json) {
            print_json(boost::json::object{{"appraisal", each.token},
                                           {"deadline", each.due.deadline},
                                           {"due_at", to_text(each.due.at)},
                                           {"position", position.value}});
        } else {
            std::cout << to_text(each.due.at) << "  " << each.token << "  " << each.due.deadline
                      << ": recorded at position " << position.value << '\n';
        }
    };
    const auto done = tick(*workspace, who, told);
    if (!done) {
        session.fail(done.error());
        session.exit_code =
            done.error().code == ErrorCode::invalid_input ? exit_refused : session.exit_code;
        return;
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
