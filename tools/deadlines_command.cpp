#include <iostream>

#include "tools/agency.hpp"
#include "tools/commands.hpp"
#include "tools/running_clocks.hpp"

// Which clocks run, until when, and which letter moved them.
namespace jejak::tools {
namespace {

struct DeadlineFlags {
    appraisal::BoardFilter filter;
    std::string as_of, agency;
    bool overdue = false;
};

void run_deadlines(Session& session, const DeadlineFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    std::optional<Instant> moment;
    if (!flags.as_of.empty()) {
        const auto parsed = parse_instant(flags.as_of);
        if (!parsed) return session.fail(parsed.error());
        moment = *parsed;
    }
    const auto reach = Reach::of(*workspace, flags.agency);
    if (!reach) return session.fail(reach.error());
    const auto found = running_clocks(*workspace, flags.filter, moment,
                                      [&](const auto& line) { return reach->holds(line.unit); });
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
            print_json(running_json(each, now));
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
