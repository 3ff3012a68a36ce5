#include <algorithm>
#include <iostream>

#include "engine/record/sealing.hpp"
#include "tools/commands.hpp"
#include "tools/due_dates.hpp"
#include "tools/history.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/roles.hpp"

// Records the clocks of objections that have run out: each once, in the order in which they were
// due, however long nobody looked. To be run by a timer of the system, as often as one likes.
namespace jejak::tools {
namespace {

struct RunOut {
    std::string token;
    Due due;
};

// The clocks of open objections that have run out, the earliest first.
Result<std::vector<RunOut>> run_out(Workspace& workspace) {
    appraisal::BoardFilter filter;
    filter.phase = appraisal::Phase::disputed;
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace.reads(), filter, [&](const auto& line) {
        tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    DueDates dates(workspace);
    std::vector<RunOut> found;
    for (const auto& token : tokens) {
        const auto state = read_appraisal(workspace, token, {});
        if (!state) return state.error();
        auto due = dates.running(*state);
        if (!due) return due.error();
        if (*due && (*due)->at < workspace.clock().now()) {
            found.push_back({token, std::move(**due)});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const RunOut& a, const RunOut& b) { return a.due.at < b.due.at; });
    return found;
}

// The same clock has the same command id for ever: a second attempt, of another process or after a
// crash, gets the first answer again.
std::string id_of_clock(Workspace& workspace, const RunOut& each) {
    const auto digest =
        record::keyed_digest(workspace.people().keyring().log_secret(), "deadline",
                             each.token + '\n' + each.due.deadline + '\n' + to_text(each.due.at));
    return "deadline-" + to_hex(digest.data(), 12);
}

void run_tick(Session& session, const std::string& identifier) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto actor = workspace->people().identify(identifier, "cli");
    if (!actor) return session.fail(actor.error());
    std::uint64_t passed = 0;
    // A reply that did not come begins the clock of the decision, which may have run out as well.
    for (;;) {
        if (!session.check(workspace->catch_up())) return;
        const auto found = run_out(*workspace);
        if (!found) return session.fail(found.error());
        if (found->empty()) break;
        for (const auto& each : *found) {
            auto request =
                terminal_request(*StreamId::make("appraisal", each.token),
                                 appraisal::Command(appraisal::PassDeadline{each.due.deadline}),
                                 id_of_clock(*workspace, each), *actor, roles::administrator);
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
