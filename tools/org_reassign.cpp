#include <iostream>

#include "tools/bulk.hpp"
#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/roles.hpp"

// Open appraisals whose supervisor on record is not the one that the organisation's records name.
namespace jejak::tools {
namespace {

using appraisal::Phase;
using organisation::AsOf;

struct ReassignFlags {
    std::string period, actor;
    bool dry_run = false;
};

// What an appraisal is given; a nil superior: the records name none, and a person must decide.
struct Reassignment {
    appraisal::BoardLine line;
    PersonId supervisor, superior;
    std::string post;
};

// Who rates someone's work of a day now: whoever holds the post of her superior of that day; where
// nobody holds it any more, that superior.
std::optional<organisation::Holder> rater_of(const organisation::Directory& directory,
                                             PersonId subject, const AsOf& as_of, const AsOf& now) {
    auto superior = directory.superior_of(subject, as_of);
    if (!superior) return std::nullopt;
    auto holder = directory.holder_of(superior->post, now);
    return holder && holder->person != subject ? holder : superior;
}

Result<std::vector<Reassignment>> find_reassignments(Workspace& workspace,
                                                     const organisation::Directory& directory,
                                                     const std::string& period) {
    std::vector<Reassignment> found;
    appraisal::BoardFilter filter;
    filter.period = period;
    const AsOf as_of{day_within(period, workspace.clock())}, now{today(workspace.clock())};
    const auto visit = [&](const appraisal::BoardLine& line) {
        const bool over = line.phase == Phase::cancelled || line.phase == Phase::finalised ||
                          line.phase == Phase::disputed;
        if (over || directory.post_of(line.subject, as_of).empty()) return true;
        const auto supervisor = rater_of(directory, line.subject, as_of, now);
        if (!supervisor || supervisor->person == line.supervisor) return true;
        const auto superior = directory.superior_of(*supervisor, now);
        found.push_back(
            {line, supervisor->person, superior ? superior->person : PersonId{}, supervisor->post});
        return true;
    };
    if (auto listed = appraisal::list_lines(workspace.reads(), filter, visit); !listed) {
        return listed.error();
    }
    return found;
}

runtime::CommandRequest request_of(const Reassignment& each, PersonId actor) {
    appraisal::ReassignSupervisor command;
    command.supervisor = each.supervisor;
    command.superior = each.superior;
    command.supervisor_post = each.post;
    command.reason =
        Personal::of(each.line.subject, "Sesuai catatan organisasi: pemangku jabatan " + each.post);
    auto request = terminal_request(*StreamId::make("appraisal", each.line.token),
                                    appraisal::Command(std::move(command)), "reassign-", actor,
                                    roles::administrator);
    request.expected_version = Version{each.line.version};  // nobody decided in between
    return request;
}

Result<void> print_reassignments(Session& session, Workspace& workspace,
                                 const std::vector<Reassignment>& all) {
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "SUBJECT", "ON RECORD", "BY THE RECORDS", "POST", ""}};
    for (const auto& each : all) {
        const auto subject = workspace.identifiers().identifier_of(each.line.subject);
        const auto now = workspace.identifiers().identifier_of(each.line.supervisor);
        const auto next = workspace.identifiers().identifier_of(each.supervisor);
        for (const auto* text : {&subject, &now, &next}) {
            if (!*text) return text->error();
        }
        const bool can = !each.superior.is_nil();
        if (session.json) {
            print_json(boost::json::object{{"appraisal", each.line.token},
                                           {"subject", *subject},
                                           {"supervisor", *now},
                                           {"next", *next},
                                           {"post", each.post},
                                           {"has_superior", can}});
        }
        table.push_back({each.line.token, *subject, *now, *next, each.post,
                         can ? "" : "no superior above: reassign by hand"});
    }
    if (!session.json) print_table(table);
    return {};
}

void run_reassign(Session& session, const ReassignFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace || !session.check(workspace->catch_up())) return;
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    const auto all = find_reassignments(*workspace, *directory, flags.period);
    if (!all) return session.fail(all.error());
    if (all->empty()) {
        if (!session.json) std::cout << "every open appraisal has the supervisor of the records\n";
        return;
    }
    if (!session.check(print_reassignments(session, *workspace, *all))) return;
    if (flags.dry_run) return;
    const auto actor = workspace->people().identify(flags.actor, "cli");
    if (!actor) return session.fail(actor.error());
    Bulk bulk(workspace->writer());
    for (const auto& each : *all) {
        if (each.superior.is_nil()) continue;
        if (!bulk.submit(request_of(each, *actor))) break;
    }
    const Tally tally = bulk.wait();
    if (tally.fatal) return session.fail(*tally.fatal);
    if (!session.check(workspace->finish())) return;
    if (tally.accepted != all->size()) session.exit_code = exit_refused;
    if (session.json) return;
    std::cout << tally.accepted << " reassigned, " << tally.refused_count() << " refused\n";
    for (const auto& [rule, count] : tally.refused)
        std::cout << "  " << rule << ": " << count << '\n';
}

}  // namespace

void add_org_reassign(CLI::App& org, Session& session) {
    auto flags = std::make_shared<ReassignFlags>();
    auto* command =
        org.add_subcommand("reassign", "Give open appraisals the supervisor whom the records name");
    command->footer(
        "Example: jejak org reassign --period 2026 --dry-run --as nip:198811112012122005");
    command->add_option("--period", flags->period, "2026, 2026-Q1")->required();
    command->add_option("--as", flags->actor, "The administrator who reassigns")->required();
    command->add_flag("--dry-run", flags->dry_run, "List them, change nothing");
    command->callback([flags, &session] { run_reassign(session, *flags); });
}

}  // namespace jejak::tools
