#include <iostream>

#include "tools/climb.hpp"
#include "tools/commands.hpp"
#include "tools/tick.hpp"
#include "workflows/scoring/roles.hpp"

// To be run by a timer of the system, as often as one likes; `jejak serve` does it by itself.
namespace jejak::tools {
namespace {

// In whose name: an administrator's, or the program's own clock.
Result<Actor> in_the_name_of(Workspace& workspace, const std::string& identifier) {
    if (identifier.empty()) return the_clock();
    const auto person = workspace.people().identify(identifier, "cli");
    if (!person) return person.error();
    Actor who;
    who.kind = Actor::Kind::person;
    who.person = *person;
    who.role = roles::administrator;
    who.channel = "cli";
    return who;
}

void print_passed(const Session& session, const timers::Overdue& each, Position position) {
    if (session.json) {
        return print_json(boost::json::object{{"appraisal", each.token},
                                              {"deadline", each.due.deadline},
                                              {"due_at", to_text(each.due.at)},
                                              {"position", position.value}});
    }
    std::cout << to_text(each.due.at) << "  " << each.token << "  " << each.due.deadline
              << ": recorded at position " << position.value << '\n';
}

Result<void> print_climbed(const Session& session, Workspace& workspace, const Climbed& each) {
    const auto name = workspace.identifiers().identifier_of(each.decider);
    if (!name) return name.error();
    if (session.json) {
        print_json(boost::json::object{{"appraisal", each.token},
                                       {"decider", *name},
                                       {"post", each.post},
                                       {"position", each.position.value}});
    } else {
        std::cout << each.token << "  decided by the next in the chain, " << *name << " ("
                  << each.post << "): recorded at position " << each.position.value << '\n';
    }
    return {};
}

void run_tick(Session& session, const std::string& identifier) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto actor = in_the_name_of(*workspace, identifier);
    if (!actor) return session.fail(actor.error());
    std::uint64_t recorded = 0;
    const auto done = tick(*workspace, *actor, [&](const auto& each, Position position) {
        ++recorded;
        print_passed(session, each, position);
    });
    if (!done) {
        session.fail(done.error());
        session.exit_code =
            done.error().code == ErrorCode::invalid_input ? exit_refused : session.exit_code;
        return;
    }
    std::vector<Climbed> named;
    if (!session.check(climb(*workspace, [&](const Climbed& each) { named.push_back(each); })) ||
        !session.check(workspace->catch_up("people_index"))) {
        return;
    }
    for (const auto& each : named) {
        if (!session.check(print_climbed(session, *workspace, each))) return;
    }
    if (!session.check(workspace->finish())) return;
    if (!session.json && recorded + named.size() == 0) {
        std::cout << "no clock of an objection has run out, and each has somebody to decide it\n";
    }
}

}  // namespace

void add_tick(CLI::App& app, Session& session) {
    auto actor = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("tick",
                           "Record the clocks of objections that have run out, each once, and who "
                           "decides where nobody does");
    command->footer(
        "Example: jejak tick   (from cron, every hour; jejak serve does it by itself)\n"
        "An objection without a decider goes to the next in the chain above; where "
        "the chain ends, an administrator names an officer (assign_decider).");
    command->add_option("--as", *actor,
                        "The administrator in whose name clocks are recorded; without: the "
                        "program's own clock");
    command->callback([actor, &session] { run_tick(session, *actor); });
}

}  // namespace jejak::tools
