#include <algorithm>
#include <iostream>
#include <map>

#include "engine/runtime/state_cache.hpp"
#include "tools/commands.hpp"
#include "tools/dossiers.hpp"
#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/publish.hpp"
#include "tools/terminal_request.hpp"
#include "workflows/appraisal/recorded_result.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/scoring/distribution.hpp"
#include "workflows/scoring/reader.hpp"
#include "workflows/scoring/recommend.hpp"
#include "workflows/scoring/roles.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

// What concerns a unit as a whole: its own predicate, the distribution of those of its employees,
// and what many of them lack.
namespace jejak::tools {
namespace {

struct UnitFlags {
    std::string unit, period, policy, predicate, document, actor, programme;
};

Result<unit_result::UnitResult> read_unit(const Workspace& workspace, const UnitFlags& flags) {
    const auto* workflow = runtime::find_workflow(workspace.workflows(), "unit_result");
    const auto state = runtime::read_state(workspace.events(), *workflow,
                                           unit_result::stream_of(flags.unit, flags.period));
    if (!state) return state.error();
    return *static_cast<const unit_result::UnitResult*>((*state)->value());
}

// The post by which someone leads the unit above; "" where she does not, or it is not on record.
Result<std::string> post_above(Workspace& workspace, const std::string& unit, PersonId person) {
    const auto directory = read_organisation(workspace);
    if (!directory) return directory.error();
    const organisation::AsOf now{today(workspace.clock())};
    const auto chain = directory->chain_of(unit, now);
    if (chain.size() < 2) return std::string();
    const auto head = directory->head_of(chain[1], now);
    return head && head->person == person ? head->post : std::string();
}

void run_predicate(Session& session, const UnitFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto person = workspace->people().identify(flags.actor, "cli");
    if (!person) return session.fail(person.error());
    const auto post = post_above(*workspace, flags.unit, *person);
    if (!post) return session.fail(post.error());
    auto request = terminal_request(
        unit_result::stream_of(flags.unit, flags.period),
        unit_result::UnitResultDecider::Command(unit_result::SetUnitPredicate{
            flags.unit, flags.period, flags.policy, flags.predicate, flags.document, *post}),
        "unit-", *person, flags.document.empty() ? roles::superior : roles::administrator);
    const auto receipt = workspace->writer().execute(std::move(request));
    if (session.accepted(receipt) == nullptr || !session.check(workspace->finish())) return;
    if (session.json) {
        return print_json(boost::json::object{
            {"unit", flags.unit}, {"period", flags.period}, {"position", receipt->first.value}});
    }
    std::cout << flags.unit << ", " << flags.period << ": recorded at position "
              << receipt->first.value << '\n';
}

void print_distribution(Session& session, const UnitFlags& flags, const scoring::Policy& policy,
                        const scoring::DistributionResult& result) {
    if (session.json) {
        boost::json::array limits;
        for (const auto& limit : result.limits) {
            limits.push_back(boost::json::object{{"limit", scoring::limit_name(*limit.limit)},
                                                 {"employees", limit.employees},
                                                 {"kept", limit.kept}});
        }
        return print_json(boost::json::object{{"unit", flags.unit},
                                              {"period", flags.period},
                                              {"policy", policy.id},
                                              {"organisation", result.rule->organisation},
                                              {"employees", result.employees},
                                              {"kept", result.kept()},
                                              {"attainable", result.attainable},
                                              {"limits", std::move(limits)}});
    }
    std::cout << flags.unit << ", " << flags.period << ": " << result.employees
              << " employees finalised under " << policy.id << "; the unit is "
              << result.rule->title.id << '\n';
    std::vector<std::vector<std::string>> table = {{"LIMIT", "EMPLOYEES", "PERCENT", ""}};
    for (const auto& limit : result.limits) {
        const auto percent =
            result.employees == 0
                ? std::string("-")
                : (scoring::Rational(limit.employees) * 100 / result.employees).decimal(1);
        table.push_back({scoring::limit_name(*limit.limit), std::to_string(limit.employees),
                         percent, limit.kept ? "kept" : "NOT KEPT"});
    }
    print_table(table);
    if (!result.attainable) {
        std::cout << "so few employees cannot keep all of these limits; nobody needs to be forced "
                     "into them\n";
    }
    if (policy.distribution->source) {
        std::cout << "rule: " << policy.distribution->source->text
                  << "; it is for the leader to weigh, no predicate is changed\n";
    }
}

void run_distribution(Session& session, const UnitFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(appraisal::scoreboard_model))) return;
    const auto unit = read_unit(*workspace, flags);
    if (!unit) return session.fail(unit.error());
    if (unit->predicate.empty()) {
        return session.fail(error(
            ErrorCode::not_found,
            "the predicate of unit \"" + flags.unit + "\" for " + flags.period +
                " is not recorded; set it with `jejak unit predicate`, as the leader above it"));
    }
    const auto policy = published_policy(*workspace, unit->policy);
    if (!policy) return session.fail(policy.error());
    const auto rule = scoring::find_rule(**policy, unit->predicate);
    if (!rule) return session.fail(rule.error());
    const auto board = appraisal::unit_board(workspace->reads(), flags.period, flags.unit);
    if (!board) return session.fail(board.error());
    std::vector<scoring::PredicateCount> counts;
    for (const auto& results :
         *board ? (*board)->results : std::vector<appraisal::PolicyResults>{}) {
        if (results.policy != unit->policy) continue;
        for (const auto& [code, count] : results.by_predicate)
            counts.push_back({code, count});
    }
    const auto result = scoring::check_distribution(**rule, counts);
    print_distribution(session, flags, **policy, result);
    if (!result.kept()) session.exit_code = exit_refused;
}

// How many employees lie below what is expected, by criterion.
struct Need {
    std::string title;
    std::uint32_t below = 0, rated = 0;
};

Result<void> add_needs(const Workspace& workspace, const std::string& token,
                       std::map<std::string, Need>& needs) {
    const auto state = read_appraisal(workspace, token, {});
    if (!state) return state.error();
    const auto policy = published_policy(workspace, state->policy);
    if (!policy) return policy.error();
    if (!*policy) return {};
    const auto explanation = appraisal::explain(*state, **policy);
    const auto* outcome = std::get_if<scoring::Outcome>(&explanation.answer);
    if (outcome == nullptr) return {};
    for (const auto& group : outcome->derivation.groups) {
        for (const auto& node : group.criteria) {
            if (!node.gap) continue;
            auto& need = needs[node.criterion];
            const auto found = scoring::index_of((*policy)->criteria, node.criterion);
            if (found) need.title = (*policy)->criteria[*found].title.id;
            ++need.rated;
            if (node.gap->starts_with('-')) ++need.below;
        }
    }
    return {};
}

// The unit's appraisals in the period; of all units where none is named.
Result<std::vector<appraisal::BoardLine>> lines_of(Workspace& workspace, const UnitFlags& flags) {
    if (auto caught_up = workspace.catch_up(appraisal::scoreboard_model); !caught_up) {
        return caught_up.error();
    }
    appraisal::BoardFilter filter;
    filter.unit = flags.unit;
    filter.period = flags.period;
    std::vector<appraisal::BoardLine> lines;
    const auto visit = [&](const appraisal::BoardLine& line) {
        lines.push_back(line);
        return true;
    };
    if (auto listed = appraisal::list_lines(workspace.reads(), filter, visit); !listed) {
        return listed.error();
    }
    return lines;
}

void run_training(Session& session, const UnitFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto lines = lines_of(*workspace, flags);
    if (!lines) return session.fail(lines.error());
    std::map<std::string, Need> needs;
    for (const auto& line : *lines) {
        if (line.result && !session.check(add_needs(*workspace, line.token, needs))) return;
    }
    std::vector<std::pair<std::string, Need>> sorted(needs.begin(), needs.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second.below > b.second.below; });
    std::vector<std::vector<std::string>> table = {{"CRITERION", "BELOW", "RATED", "TITLE"}};
    for (const auto& [criterion, need] : sorted) {
        if (session.json) {
            print_json(boost::json::object{{"criterion", criterion},
                                           {"below", need.below},
                                           {"rated", need.rated},
                                           {"title", need.title}});
        }
        table.push_back(
            {criterion, std::to_string(need.below), std::to_string(need.rated), need.title});
    }
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << "no finalised appraisal of this unit and period has an expected level\n";
    } else {
        print_table(table);
    }
}

// The recommendations of recognition that hold for a final result; none where there are none.
Result<std::vector<std::string>> recognitions_of(const Workspace& workspace,
                                                 const appraisal::BoardLine& line,
                                                 const dossier::Dossier& dossier) {
    const auto state = read_appraisal(workspace, line.token, {});
    if (!state) return state.error();
    const auto policy = published_policy(workspace, state->policy);
    if (!policy) return policy.error();
    std::vector<std::string> rules;
    if (!*policy) return rules;
    const auto explanation = appraisal::explain(*state, **policy);
    const auto* outcome = std::get_if<scoring::Outcome>(&explanation.answer);
    if (outcome == nullptr) return rules;
    for (const auto& each :
         scoring::recommend(**policy, outcome->derivation, services_in(dossier, state->period))) {
        if (each.rule->kind == scoring::RecommendationKind::recognition) {
            rules.push_back(each.rule->id);
        }
    }
    return rules;
}

void run_outstanding(Session& session, const UnitFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto lines = lines_of(*workspace, flags);
    if (!lines) return session.fail(lines.error());
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "POST", "UNIT", "SCORE", "PREDICATE", "RULE"}};
    for (const auto& line : *lines) {
        if (!line.result) continue;
        const auto dossier = read_dossier(*workspace, line.subject);
        if (!dossier) return session.fail(dossier.error());
        const auto& joined = dossier->programmes;
        if (!flags.programme.empty() &&
            std::find(joined.begin(), joined.end(),
                      dossier::Programme{line.period, flags.programme}) == joined.end()) {
            continue;
        }
        const auto rules = recognitions_of(*workspace, line, *dossier);
        if (!rules) return session.fail(rules.error());
        for (const auto& rule : *rules) {
            if (session.json) {
                print_json(boost::json::object{{"appraisal", line.token},
                                               {"post", line.post},
                                               {"unit", line.unit},
                                               {"score", line.result->score},
                                               {"predicate", line.result->predicate},
                                               {"policy", line.policy},
                                               {"rule", rule}});
            }
            table.push_back({line.token, line.post, line.unit, line.result->score,
                             line.result->predicate, rule});
        }
    }
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << "nobody of these is recommended for recognition by the policy\n";
    } else {
        print_table(table);
    }
}

void run_development(Session& session, const UnitFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto lines = lines_of(*workspace, flags);
    if (!lines) return session.fail(lines.error());
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "DEVELOPMENT", "AGREED IN", "DUE", "STATE", "TITLE"}};
    for (const auto& line : *lines) {
        const auto dossier = read_dossier(*workspace, line.subject);
        if (!dossier) return session.fail(dossier.error());
        for (const auto& action : dossier->actions) {
            if (!action.is_open()) continue;
            if (session.json) {
                print_json(boost::json::object{{"appraisal", line.token},
                                               {"action", action.action},
                                               {"title", action.title},
                                               {"agreed_in", action.period},
                                               {"due_on", action.due_on},
                                               {"state", action.state}});
            }
            table.push_back({line.token, action.action, action.period,
                             action.due_on.empty() ? "-" : action.due_on, action.state,
                             action.title});
        }
    }
    if (session.json) return;
    if (table.size() == 1) {
        std::cout << "no action of development is open for the people appraised here\n";
    } else {
        print_table(table);
    }
}

}  // namespace

void add_unit(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("unit", "A unit as a whole: predicate, distribution, needs");
    command->require_subcommand(1);
    auto flags = std::make_shared<UnitFlags>();
    const auto add = [&](const char* name, const char* words,
                         void (*run)(Session&, const UnitFlags&), bool needs_unit = true) {
        auto* sub = command->add_subcommand(name, words);
        sub->add_option("--unit", flags->unit, "Unit, as appraisals name it")->required(needs_unit);
        sub->add_option("--period", flags->period, "Period: 2025, 2025-Q1")->required();
        sub->callback([flags, run, &session] { run(session, *flags); });
        return sub;
    };
    auto* predicate =
        add("predicate", "Record the unit's own predicate for a period", run_predicate);
    predicate->footer(
        "Example: jejak unit predicate --unit dinkes --period 2025 "
        "--policy permen6-2022 --set baik --as nip:196501011990011001");
    predicate->add_option("--policy", flags->policy, "A policy with a distribution")->required();
    predicate->add_option("--set", flags->predicate, "istimewa, baik, …")->required();
    predicate->add_option("--as", flags->actor, "The leader above the unit")->required();
    predicate->add_option("--document", flags->document,
                          "SHA-256 of the leader's letter, for an administrator who enters it");
    add("distribution", "Do the employees' predicates fit that of the unit? (SE 3/2023)",
        run_distribution)
        ->footer(
            "Example: jejak unit distribution --unit dinkes --period 2025\n"
            "Exit code 1 where a limit is not kept; nothing is changed.");
    add("training", "Which competences many lack, with counts", run_training)
        ->footer("Example: jejak unit training --unit dinkes --period 2025");
    auto* outstanding =
        add("outstanding", "Whom the policy recommends for recognition", run_outstanding, false);
    outstanding->footer(
        "Example: jejak unit outstanding --period 2025 --programme kesehatan_masyarakat\n"
        "Without --unit: of all units. A person decides about all of it.");
    outstanding->add_option("--programme", flags->programme,
                            "Only who worked in it, as `jejak dossier programme` said");
    add("development", "Actions of development that are still open, of whatever period",
        run_development, false)
        ->footer("Example: jejak unit development --unit dinkes --period 2026");
    add_unit_series(*command, session);
}

}  // namespace jejak::tools
