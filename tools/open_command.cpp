#include <iostream>

#include "tools/bulk.hpp"
#include "tools/commands.hpp"
#include "tools/progress.hpp"
#include "tools/publish.hpp"
#include "tools/roster.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/roles.hpp"

// Opening many appraisals at once, from a roster.
namespace jejak::tools {
namespace {

struct OpenFlags {
    RosterFlags roster;
    std::string on, actor, team;
    bool dry_run = false, valid_rows = false;
};

// The day as of which superiors are asked: the one given, or else today within the period.
Result<organisation::Day> day_of(const OpenFlags& flags, const Clock& clock) {
    if (!flags.on.empty()) {
        const auto day = organisation::parse_day(flags.on);
        if (day) return *day;
        return error(ErrorCode::invalid_input,
                     "--on: \"" + flags.on + "\" is no day; write it as 2025-01-31");
    }
    return day_within(flags.roster.period, clock);
}

void tell(Session& session, const OpenFlags& flags, std::size_t rows, const csv::Faults& faults,
          const Tally& tally) {
    if (session.json) {
        boost::json::object view{
            {"rows", rows + faults.count()},    {"faults", faults.count()},
            {"opened", tally.accepted},         {"opened_before", tally.repeated},
            {"refused", tally.refused_count()}, {"dry_run", flags.dry_run}};
        return print_json(view);
    }
    if (flags.dry_run) {
        std::cout << rows << " appraisals can be opened; nothing was changed\n";
        return;
    }
    std::cout << tally.accepted << " appraisals opened, " << tally.repeated << " were open before, "
              << tally.refused_count() << " refused\n";
    for (const auto& [rule, count] : tally.refused)
        std::cout << "  " << rule << ": " << count << '\n';
}

void run_open(Session& session, OpenFlags& flags) {
    if (flags.roster.path.empty() == flags.team.empty()) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "name a roster (--roster FILE.csv) or a team (--team)"));
    }
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace || !session.check(workspace->catch_up())) return;
    const auto policy = published_policy(*workspace, flags.roster.policy);
    if (!policy) return session.fail(policy.error());
    if (!*policy) {
        return session.fail(
            error(ErrorCode::not_found, "no policy \"" + flags.roster.policy +
                                            "\" is published here; publish it with `jejak policy "
                                            "publish`, or see `jejak policy list`"));
    }
    if (flags.roster.by_segments && !scoring::parse_period(flags.roster.period)) {
        return session.fail(error(ErrorCode::invalid_input,
                                  "--segments needs a period that says a time: 2026, 2026-Q1"));
    }
    const auto day = day_of(flags, workspace->clock());
    if (!day) return session.fail(day.error());
    flags.roster.on = *day;
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    csv::Faults faults;
    const auto openings = flags.team.empty()
                              ? read_roster(*workspace, *directory, flags.roster, faults)
                              : read_team(*workspace, *directory, flags.team, flags.roster, faults);
    if (!openings) return session.fail(openings.error());
    if (!faults.empty()) {
        std::cerr << faults.text() << '\n';
        session.exit_code = exit_usage;
        if (!flags.valid_rows) {
            std::cerr << "jejak: " << faults.count()
                      << " faults, so nothing was opened; mend them, or open the other "
                      << openings->size() << " rows with --valid-rows\n";
            return;
        }
    }
    if (flags.dry_run) return tell(session, flags, openings->size(), faults, {});
    const auto actor = workspace->people().identify(flags.actor, "cli");
    if (!actor) return session.fail(actor.error());
    Progress progress("opening");
    Bulk bulk(workspace->writer());
    for (const auto& opening : *openings) {
        const auto id = id_after_refusals(workspace->events(), opening.command_id.text());
        if (!id) return session.fail(id.error());
        auto request = terminal_request(*StreamId::make("appraisal", opening.token),
                                        appraisal::Command(opening.command), *id, *actor,
                                        roles::administrator);
        if (!bulk.submit(std::move(request))) break;
        progress.show(bulk.answered(), openings->size());
    }
    const Tally tally = bulk.wait();
    if (tally.fatal) return session.fail(*tally.fatal);
    if (!session.check(workspace->finish())) return;
    if (tally.refused_count() != 0 && session.exit_code == exit_ok) {
        session.exit_code = exit_refused;
    }
    tell(session, flags, openings->size(), faults, tally);
}

}  // namespace

void add_open(CLI::App& app, Session& session) {
    auto flags = std::make_shared<OpenFlags>();
    auto* command = app.add_subcommand(
        "open", "Open an appraisal for everybody on a roster, by the organisation's records");
    command->footer(
        "Example: jejak open --roster pegawai.csv --period 2026 --policy permen6-2022 "
        "--as nip:198811112012122005\n"
        "The roster needs a column \"NIP\"; \"NIP Atasan\" and \"NIP Atasan Pejabat Penilai\" are "
        "held against the records. The same roster again adds nothing.");
    command->add_option("--roster", flags->roster.path, "CSV file, plain or gzip");
    command->add_option("--team", flags->team, "Instead: the members of a team, rated by its lead")
        ->excludes("--roster");
    command->add_option("--period", flags->roster.period, "2026, 2026-Q1")->required();
    command->add_option("--policy", flags->roster.policy, "A published policy")->required();
    command->add_option("--kind", flags->roster.kind, "annual (default), quarterly, part, …");
    command->add_option("--on", flags->on,
                        "Whose superior on this day (default: today, within the period)");
    command->add_option("--as", flags->actor, "The administrator who opens them")->required();
    command->add_flag("--segments", flags->roster.by_segments,
                      "One for each stretch under one post and one superior");
    command->add_option("--minimum-months", flags->roster.minimum_months,
                        "Leave shorter stretches out (default 1)");
    command->add_flag("--dry-run", flags->dry_run, "Say what is wrong, open nothing");
    command->add_flag("--valid-rows", flags->valid_rows, "Open the rows without faults");
    command->callback([flags, &session] { run_open(session, *flags); });
}

}  // namespace jejak::tools
