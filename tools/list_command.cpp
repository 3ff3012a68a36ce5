#include <algorithm>
#include <iostream>

#include "adapters/json/appraisal_view.hpp"
#include "adapters/json/views.hpp"
#include "tools/agency.hpp"
#include "tools/board.hpp"
#include "tools/commands.hpp"
#include "tools/past.hpp"
#include "tools/point.hpp"
#include "workflows/appraisal/audit_trail.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {
namespace {

struct ListFlags {
    appraisal::BoardFilter filter;
    std::string phase, agency;
    Point point;
};

void run_list(Session& session, ListFlags flags) {
    if (!flags.phase.empty()) {
        flags.filter.phase = appraisal::phase_named(flags.phase);
        if (!flags.filter.phase) {
            return session.fail(
                error(ErrorCode::invalid_input,
                      "there is no phase \"" + flags.phase + "\"; `jejak diagram` shows all"));
        }
    }
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index")) ||
        !session.check(workspace->catch_up(appraisal::scoreboard_model))) {
        return;
    }
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "SUBJECT", "UNIT", "PERIOD", "PHASE", "SCORE", "PREDICATE"}};
    const auto reach = Reach::of(*workspace, flags.agency);
    if (!reach) return session.fail(reach.error());
    Result<void> outcome;
    const auto visit = [&](const appraisal::BoardLine& line) {
        if (!reach->holds(line.unit)) return true;
        const auto view = json::view_line(line, workspace->identifiers());
        if (!view) return (outcome = view.error(), false);
        if (session.json) {
            print_json(*view);
            return true;
        }
        table.push_back({line.token, std::string(view->at("subject").as_string()), line.unit,
                         line.period, std::string(appraisal::name_of(line.phase)),
                         line.result && !line.result->score.empty() ? line.result->score : "-",
                         line.result ? line.result->predicate : "-"});
        return true;
    };
    const auto until = until_of(flags.point);
    if (!until) return session.fail(until.error());
    if (auto known = position_of(*workspace, *until); !known) return session.fail(known.error());
    const auto listed = until->is_the_end()
                            ? appraisal::list_lines(workspace->reads(), flags.filter, visit)
                            : list_lines_as_of(*workspace, flags.filter, *until, visit);
    if (!session.check(listed)) return;
    if (!session.check(outcome) || session.json) return;
    if (table.size() == 1) {
        std::cout << "no appraisals; `jejak import` takes some in\n";
    } else {
        print_table(table);
    }
}

struct BoardFlags {
    std::string period, unit, agency;
    Point point;
};

void run_board(Session& session, const BoardFlags& flags) {
    const auto until = until_of(flags.point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    const auto reach = Reach::of(*workspace, flags.agency);
    if (!reach) return session.fail(reach.error());
    std::vector<std::vector<std::string>> table = {{"UNIT", "OPENED", "FINALISED", "PREDICATES"}};
    const auto visit = [&](const appraisal::UnitBoard& board) {
        if (!flags.unit.empty() && board.unit != flags.unit) return true;
        if (!reach->holds(board.unit)) return true;
        std::string predicates;
        std::uint64_t finalised = 0;
        for (const auto& result : board.results) {
            for (const auto& [code, count] : result.by_predicate)
                predicates += (code.empty() ? "-" : code) + ": " + std::to_string(count) + "  ";
            finalised += result.count;
        }
        if (session.json) {
            print_json(board_json(board));
        } else {
            table.push_back(
                {board.unit, std::to_string(board.opened), std::to_string(finalised), predicates});
        }
        return true;
    };
    if (auto known = position_of(*workspace, *until); !known) return session.fail(known.error());
    const auto listed = until->is_the_end()
                            ? appraisal::list_unit_boards(workspace->reads(), flags.period, visit)
                            : list_unit_boards_as_of(*workspace, flags.period, *until, visit);
    if (!session.check(listed)) return;
    if (!session.json) print_table(table);
}

struct AuditFlags {
    std::string actor, unit, agency, from, until;
    std::size_t count_max = 1'000;
    std::uint64_t after = 0;
};

Result<std::vector<Position>> audited(Workspace& workspace, const AuditFlags& flags) {
    appraisal::AuditRange range;
    range.after = Position{flags.after};
    range.count_max = flags.count_max;
    for (const auto& [text, into] :
         {std::pair{&flags.from, &range.from}, std::pair{&flags.until, &range.until}}) {
        if (text->empty()) continue;
        const auto moment = parse_instant(*text);
        if (!moment) return moment.error();
        *into = *moment;
    }
    if (!flags.unit.empty()) return records_by_unit(workspace.reads(), flags.unit, range);
    if (!flags.agency.empty()) {
        const auto reach = Reach::of(workspace, flags.agency);
        if (!reach) return reach.error();
        std::vector<Position> all;
        for (const auto& unit : reach->units()) {
            const auto found = records_by_unit(workspace.reads(), unit, range);
            if (!found) return found.error();
            all.insert(all.end(), found->begin(), found->end());
        }
        std::sort(all.begin(), all.end());
        all.resize(std::min(all.size(), range.count_max));
        return all;
    }
    if (flags.actor.empty()) return records_by_time(workspace.reads(), range);
    const auto person = workspace.people().find(flags.actor);
    if (!person) return person.error();
    if (!*person) {
        return error(ErrorCode::not_found,
                     "nobody is known as \"" + flags.actor + "\" in this log");
    }
    return appraisal::records_by_actor(workspace.reads(), **person, range);
}

void run_audit(Session& session, const AuditFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index")) ||
        !session.check(workspace->catch_up(appraisal::audit_trail_model))) {
        return;
    }
    const auto positions = audited(*workspace, flags);
    if (!positions) return session.fail(positions.error());
    for (const Position position : *positions) {
        const auto bytes = workspace->events().read(position);
        if (!bytes) return session.fail(bytes.error());
        if (!*bytes) continue;
        const auto view =
            json::view_record(**bytes, workspace->opener(), workspace->identifiers(), {});
        if (!view) return session.fail(view.error());
        if (session.json) {
            print_json(*view);
            continue;
        }
        const auto& actor = view->at("actor").as_object();
        const auto* id = actor.if_contains("id");
        std::cout << position.value << "  " << view->at("recorded_at").as_string().c_str() << "  "
                  << view->at("stream").as_string().c_str() << "  "
                  << view->at("event").as_string().c_str() << "  by "
                  << actor.at("role").as_string().c_str() << ' '
                  << (id != nullptr ? id->as_string().c_str() : "") << '\n';
    }
}

}  // namespace

void add_list(CLI::App& app, Session& session) {
    auto flags = std::make_shared<ListFlags>();
    auto* command = app.add_subcommand("list", "All appraisals, by unit and period");
    command->footer("Example: jejak list --unit dinas-kesehatan --period 2025 --phase finalised");
    command->add_option("--unit", flags->filter.unit, "Only this unit");
    add_agency(*command, flags->agency);
    command->add_option("--period", flags->filter.period, "Only this period");
    command->add_option("--phase", flags->phase, "Only this phase");
    command->add_option("--after", flags->filter.after, "Begin behind this appraisal");
    add_moment(*command, flags->point);
    command->callback([flags, &session] { run_list(session, *flags); });
}

void add_board(CLI::App& app, Session& session) {
    auto flags = std::make_shared<BoardFlags>();
    auto* command = app.add_subcommand("board", "The scoreboard of a period, unit by unit");
    command->footer("Example: jejak board --period 2025");
    command->add_option("--period", flags->period, "The period")->required();
    command->add_option("--unit", flags->unit, "Only this unit");
    add_agency(*command, flags->agency);
    add_moment(*command, flags->point);
    command->callback([flags, &session] { run_board(session, *flags); });
}

void add_audit(CLI::App& app, Session& session) {
    auto flags = std::make_shared<AuditFlags>();
    auto* command = app.add_subcommand("audit", "Who did what and when, across the whole log");
    command->footer(
        "Example: jejak audit --actor nip:198501012010011001 --from 2025-12-01T00:00:00+07:00");
    command->add_option("--actor", flags->actor, "What this person did: namespace:identifier");
    command->add_option("--unit", flags->unit, "What happened to appraisals of this unit");
    add_agency(*command, flags->agency);
    command->add_option("--from", flags->from, "From this moment on");
    command->add_option("--until", flags->until, "Before this moment");
    command->add_option("--after", flags->after, "Begin behind this position");
    command->add_option("--limit", flags->count_max, "At most so many (default 1000)");
    command->callback([flags, &session] { run_audit(session, *flags); });
}

}  // namespace jejak::tools
