#include <algorithm>
#include <iostream>

#include "adapters/timers/due_dates.hpp"
#include "tools/agency.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/progress.hpp"
#include "workflows/appraisal/scoreboard.hpp"

// Which clocks run, until when, and which letter moved them.
namespace jejak::tools {
namespace {

struct DeadlineFlags {
    appraisal::BoardFilter filter;
    std::string as_of, agency;
    bool overdue = false;
};

struct Running {
    std::string token;
    appraisal::Phase phase;
    timers::Due due;
};

// The clocks of the appraisals that were open at `moment`, by what was known then.
Result<std::vector<Running>> running_clocks(Workspace& workspace, const DeadlineFlags& flags,
                                            std::optional<Instant> moment, Position known) {
    std::vector<std::string> tokens;
    const auto reach = Reach::of(workspace, flags.agency);
    if (!reach) return reach.error();
    const auto listed =
        appraisal::list_lines(workspace.reads(), flags.filter, [&](const auto& line) {
            if (reach->holds(line.unit)) tokens.push_back(line.token);
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

void run_deadlines(Session& session, const DeadlineFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    std::optional<Instant> moment;
    Position known;
    if (!flags.as_of.empty()) {
        const auto parsed = parse_instant(flags.as_of);
        if (!parsed) return session.fail(parsed.error());
        const auto position = position_at(*workspace, *parsed);
        if (!position) return session.fail(position.error());
        moment = *parsed;
        known = *position;
        if (known.value == 0) {
            return session.fail(
                error(ErrorCode::not_found, "the log did not exist yet at " + flags.as_of));
        }
    }
    const auto found = running_clocks(*workspace, flags, moment, known);
    if (!found) return session.fail(found.error());
    const Instant now = moment.value_or(workspace->clock().now());
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "PHASE", "DEADLINE", "UNTIL", "BEFORE", "BY LETTER", ""}};
    for (const auto& each : *found) {
        const bool overdue = each.due.at < now;
        if (flags.overdue && !overdue) continue;
        const bool moved = each.due.at != each.due.recorded;
        const std::string phase(appraisal::name_of(each.phase));
        if (session.json) {
            print_json(boost::json::object{{"appraisal", each.token},
                                           {"phase", phase},
                                           {"deadline", each.due.deadline},
                                           {"due_at", to_text(each.due.at)},
                                           {"recorded_due_at", to_text(each.due.recorded)},
                                           {"letter", each.due.letter},
                                           {"overdue", overdue}});
            continue;
        }
        table.push_back({each.token, phase, each.due.deadline, to_text(each.due.at),
                         moved ? to_text(each.due.recorded) : "-", moved ? each.due.letter : "-",
                         overdue ? "overdue" : ""});
    }
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << (flags.overdue ? "nothing is overdue\n" : "no clock runs\n");
    } else {
        print_table(table);
    }
}

}  // namespace

void add_deadlines(CLI::App& app, Session& session) {
    auto flags = std::make_shared<DeadlineFlags>();
    auto* command =
        app.add_subcommand("deadlines", "Which clocks run, until when, and what moved them");
    command->footer("Example: jejak deadlines --period 2026 --overdue");
    command->add_option("--period", flags->filter.period, "Only this period");
    command->add_option("--unit", flags->filter.unit, "Only this unit");
    add_agency(*command, flags->agency);
    command->add_option("--as-of", flags->as_of,
                        "As it stood at that moment: 2026-03-01T08:00:00+07:00");
    command->add_flag("--overdue", flags->overdue, "Only those whose time is over");
    command->callback([flags, &session] { run_deadlines(session, *flags); });
}

}  // namespace jejak::tools
