#include <algorithm>
#include <iostream>
#include <unordered_map>

#include "adapters/timers/due_dates.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/period.hpp"

// Of everybody in a unit: who has been appraised for a period, whom the others wait for, and who is
// exempt.
namespace jejak::tools {
namespace {

using appraisal::Phase;
using organisation::AsOf;
using organisation::Directory;

struct CompletenessFlags {
    std::string period, kind = "annual", unit, on;
    bool people = false;
};

// One employee; `state` is a word of `states`.
struct Standing {
    PersonId person;
    std::string unit, state, token, waits_for, why;
    bool overdue = false;
};
constexpr const char* states[] = {"finalised", "disputed", "open", "exempt", "not_opened"};

std::string waits_for(Phase phase) {
    switch (phase) {
        case Phase::draft:
            return "employee";
        case Phase::self_assessed:
        case Phase::feedback:
            return "supervisor";
        case Phase::supervisor_reviewed:
            return "raters";
        case Phase::disputed:
            return "superior";
        default:
            return "";
    }
}

class Completeness {
  public:
    Completeness(Workspace& workspace, const Directory& directory, const CompletenessFlags& flags,
                 const AsOf& as_of)
        : workspace_(workspace),
          directory_(directory),
          flags_(flags),
          as_of_(as_of),
          dates_(workspace.events(), workspace.workflows(), workspace.clock()) {}

    // Everybody who holds a post in one of the units, in their order.
    [[nodiscard]] Result<std::vector<Standing>> of(const std::vector<std::string>& units) {
        if (auto read = read_lines(); !read) return read.error();
        std::vector<Standing> all;
        for (const auto& unit : units) {
            for (const auto& post : directory_.posts_in(unit, as_of_)) {
                for (const auto& holder : directory_.holders_in(post, as_of_)) {
                    if (holder.kind != "definitive") continue;
                    auto standing = standing_of(holder.person, unit);
                    if (!standing) return standing.error();
                    all.push_back(std::move(*standing));
                }
            }
        }
        return all;
    }

  private:
    [[nodiscard]] Result<void> read_lines() {
        appraisal::BoardFilter filter;
        filter.period = flags_.period;
        return appraisal::list_lines(
            workspace_.reads(), filter, [&](const appraisal::BoardLine& line) {
                if (line.kind == flags_.kind && line.phase != Phase::cancelled) {
                    lines_.insert_or_assign(to_hex(line.subject), line);
                }
                return true;
            });
    }

    // Whoever is away is exempt, whether or not an appraisal was opened before; what is final stays
    // final.
    [[nodiscard]] Result<Standing> standing_of(PersonId person, const std::string& unit) {
        Standing standing{person, unit, "not_opened", "", "", "", false};
        const auto found = lines_.find(to_hex(person));
        const auto away = directory_.away(person, as_of_);
        const bool is_final = found != lines_.end() && (found->second.phase == Phase::finalised ||
                                                        found->second.phase == Phase::disputed);
        if (found != lines_.end()) standing.token = found->second.token;
        if (!away.empty() && !is_final) {
            standing.state = "exempt";
            standing.why = away == "study" ? "tugas belajar" : "cuti";
            return standing;
        }
        if (found == lines_.end()) return standing;
        const auto& line = found->second;
        standing.waits_for = waits_for(line.phase);
        if (line.phase == Phase::finalised) {
            standing.state = "finalised";
            return standing;
        }
        standing.state = line.phase == Phase::disputed ? "disputed" : "open";
        const auto state = read_appraisal(workspace_, line.token, {});
        if (!state) return state.error();
        const auto due = dates_.running(*state);
        if (!due) return due.error();
        standing.overdue = *due && (*due)->at < workspace_.clock().now();
        return standing;
    }

    Workspace& workspace_;
    const Directory& directory_;
    const CompletenessFlags& flags_;
    const AsOf as_of_;
    timers::DueDates dates_;
    std::unordered_map<std::string, appraisal::BoardLine> lines_;
};

struct Counts {
    std::map<std::string, std::uint64_t> by_state, by_waiting;
    std::uint64_t people = 0, overdue = 0;
    void add(const Standing& standing) {
        ++people;
        ++by_state[standing.state];
        if (standing.state == "open" || standing.state == "disputed") {
            ++by_waiting[standing.waits_for];
        }
        overdue += standing.overdue ? 1 : 0;
    }
};

void print_counts(Session& session, const std::map<std::string, Counts>& by_unit) {
    std::vector<std::vector<std::string>> table = {{"UNIT", "PEOPLE", "FINALISED", "DISPUTED",
                                                    "OPEN", "OVERDUE", "EXEMPT", "NOT OPENED",
                                                    "WAITING FOR"}};
    for (const auto& [unit, counts] : by_unit) {
        if (session.json) {
            boost::json::object view{{"unit", unit}, {"people", counts.people}};
            for (const char* state : states) {
                const auto found = counts.by_state.find(state);
                view[state] = found == counts.by_state.end() ? 0 : found->second;
            }
            view["overdue"] = counts.overdue;
            boost::json::object waiting;
            for (const auto& [who, count] : counts.by_waiting)
                waiting[who] = count;
            view["waiting_for"] = std::move(waiting);
            print_json(view);
            continue;
        }
        std::vector<std::string> row{unit, std::to_string(counts.people)};
        for (const char* state : {"finalised", "disputed", "open"}) {
            const auto found = counts.by_state.find(state);
            row.push_back(std::to_string(found == counts.by_state.end() ? 0 : found->second));
        }
        row.push_back(std::to_string(counts.overdue));
        for (const char* state : {"exempt", "not_opened"}) {
            const auto found = counts.by_state.find(state);
            row.push_back(std::to_string(found == counts.by_state.end() ? 0 : found->second));
        }
        std::string waiting;
        for (const auto& [who, count] : counts.by_waiting)
            waiting += (waiting.empty() ? "" : ", ") + who + " " + std::to_string(count);
        row.push_back(waiting.empty() ? "-" : waiting);
        table.push_back(std::move(row));
    }
    if (!session.json) print_table(table);
}

// Whoever is not finalised, one a line.
Result<void> print_people(Session& session, Workspace& workspace,
                          const std::vector<Standing>& all) {
    std::vector<std::vector<std::string>> table = {
        {"PERSON", "UNIT", "STATE", "WAITING FOR", "OVERDUE", "APPRAISAL", "WHY"}};
    const auto dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    for (const auto& each : all) {
        if (each.state == "finalised") continue;
        const auto person = workspace.identifiers().identifier_of(each.person);
        if (!person) return person.error();
        if (session.json) {
            print_json(boost::json::object{{"person", *person},
                                           {"unit", each.unit},
                                           {"state", each.state},
                                           {"waiting_for", each.waits_for},
                                           {"overdue", each.overdue},
                                           {"appraisal", each.token},
                                           {"why", each.why}});
            continue;
        }
        table.push_back({*person, each.unit, each.state, dash(each.waits_for),
                         each.overdue ? "yes" : "no", dash(each.token), dash(each.why)});
    }
    if (!session.json) print_table(table);
    return {};
}

// The unit and all below it; every unit where none is named.
std::vector<std::string> units_of(const Directory& directory, const std::string& top,
                                  const AsOf& as_of) {
    std::vector<std::string> units;
    for (const auto& unit : directory.units()) {
        const auto chain = directory.chain_of(unit, as_of);
        if (top.empty() || std::find(chain.begin(), chain.end(), top) != chain.end()) {
            units.push_back(unit);
        }
    }
    return units;
}

void run_completeness(Session& session, const CompletenessFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up())) return;
    AsOf as_of{day_within(flags.period, workspace->clock())};
    if (!flags.on.empty()) {
        const auto day = organisation::parse_day(flags.on);
        if (!day) {
            return session.fail(
                error(ErrorCode::invalid_input,
                      "--on: \"" + flags.on + "\" is no day; write it as 2025-01-31"));
        }
        as_of.on = *day;
    }
    const auto directory = read_organisation(*workspace);
    if (!directory) return session.fail(directory.error());
    Completeness completeness(*workspace, *directory, flags, as_of);
    const auto all = completeness.of(units_of(*directory, flags.unit, as_of));
    if (!all) return session.fail(all.error());
    if (all->empty()) {
        return session.fail(error(ErrorCode::not_found, "nobody holds a post there on " +
                                                            to_text(as_of.on) +
                                                            "; `jejak org tree` shows the units"));
    }
    if (flags.people) return void(session.check(print_people(session, *workspace, *all)));
    std::map<std::string, Counts> by_unit;
    for (const auto& standing : *all)
        by_unit[standing.unit].add(standing);
    print_counts(session, by_unit);
}

}  // namespace

void add_org_completeness(CLI::App& org, Session& session) {
    auto flags = std::make_shared<CompletenessFlags>();
    auto* command = org.add_subcommand(
        "completeness", "Who has been appraised, whom the others wait for, who is exempt");
    command->footer(
        "Example: jejak org completeness --period 2026 --unit dinkes --people\n"
        "Counts everybody who holds a post there on the last day of the period that has come.");
    command->add_option("--period", flags->period, "2026, 2026-Q1")->required();
    command->add_option("--kind", flags->kind, "annual (default), quarterly, …");
    command->add_option("--unit", flags->unit, "Only this unit and what is below it");
    command->add_option("--on", flags->on, "Who holds a post on this day");
    command->add_flag("--people", flags->people, "Everybody who is not finalised, by name");
    command->callback([flags, &session] { run_completeness(session, *flags); });
}

}  // namespace jejak::tools
