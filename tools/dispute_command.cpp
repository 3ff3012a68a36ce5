#include <algorithm>
#include <iostream>

#include "adapters/json/command_line.hpp"
#include "adapters/json/views.hpp"
#include "adapters/timers/due_dates.hpp"
#include "engine/record/envelope.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/organisation.hpp"
#include "tools/past.hpp"
#include "tools/point.hpp"
#include "tools/publish.hpp"
#include "workflows/appraisal/what_if.hpp"

// The case file of an objection: what is contested and what it did to the score, what each side
// said, which clock runs, and who may act next.
namespace jejak::tools {
namespace {

using appraisal::Appraisal;
using appraisal::Phase;

// A contested criterion: what the supervisor and the employee rated, and the score with hers.
struct Contested {
    std::string criterion, supervisor, self;
    std::string score_with_own, difference;  // "-": the score would not be another
    bool predicate_changes = false;
};

std::string value_in(const std::optional<appraisal::RatingSet>& set, const std::string& criterion) {
    if (!set) return "-";
    for (const auto& rating : set->ratings) {
        if (rating.criterion == criterion) return rating.value;
    }
    return "-";
}

// The criteria that are contested; those that the supervisor rated where the whole result is.
std::vector<std::string> contested_criteria(const Appraisal& state) {
    if (!state.contested.empty() || !state.review) return state.contested;
    std::vector<std::string> all;
    for (const auto& rating : state.review->ratings)
        all.push_back(rating.criterion);
    return all;
}

Contested effect_of(const Appraisal& state, const scoring::Policy& policy,
                    const std::string& criterion) {
    Contested found{criterion, value_in(state.review, criterion),
                    value_in(state.self_assessment, criterion), "-", "-"};
    if (found.self == "-" || found.supervisor == "-" || found.self == found.supervisor) {
        return found;
    }
    appraisal::Change change;
    change.criterion = criterion;
    change.value = found.self;
    const auto compared = appraisal::compare(state, policy, policy, {change});
    if (!compared || !compared->difference) {
        if (compared) found.predicate_changes = compared->predicate_changes();
        return found;
    }
    const auto& outcome = std::get<scoring::Outcome>(compared->after.answer);
    found.score_with_own = outcome.score_text;
    found.difference = compared->difference->compact();
    found.predicate_changes = compared->predicate_changes();
    return found;
}

bool is_a_statement(std::string_view event) {
    constexpr std::string_view names[] = {
        "appraisal.finalised",           "appraisal.result_delivered",
        "appraisal.result_acknowledged", "appraisal.objection_filed",
        "appraisal.objection_answered",  "appraisal.deadline_passed",
        "appraisal.objection_assigned",  "appraisal.objection_withdrawn",
        "appraisal.objection_upheld",    "appraisal.objection_lapsed",
        "appraisal.result_changed",      "command.rejected"};
    return std::find(std::begin(names), std::end(names), event) != std::end(names);
}

// Each act of the procedure, in its order, with its words: the official form's three boxes
// (keberatan, tanggapan, keputusan), each dated.
Result<std::vector<boost::json::object>> statements(Workspace& workspace, const std::string& token,
                                                    const Until& until) {
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
    std::vector<boost::json::object> found;
    Result<void> outcome;
    const auto visit = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        if (until.cuts(decoded->envelope)) return false;
        if (!is_a_statement(decoded->envelope.event_name)) return true;
        auto view = json::view_record(bytes, workspace.opener(), workspace.identifiers(), {});
        if (!view) return (outcome = view.error(), false);
        if (auto* data = view->if_contains("data"); data != nullptr && data->is_object()) {
            data->get_object().erase("derivation");
        }
        found.push_back(std::move(*view));
        return true;
    };
    auto read = workspace.events().read_stream(*stream, Version{1}, visit);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    return found;
}

// Who may act next, and how.
struct Next {
    PersonId person;
    std::string role, may;
};
std::vector<Next> next_acts(const Appraisal& state) {
    std::vector<Next> next;
    if (state.phase == Phase::finalised && !state.objection_was_decided) {
        next.push_back({state.subject, "employee", "file_objection"});
    }
    if (state.phase != Phase::disputed) return next;
    const bool heard = state.objection_was_answered || state.reply_has_elapsed;
    if (!state.objection_was_answered) {
        next.push_back({state.supervisor, "supervisor", "answer_objection"});
    }
    if (heard && !state.decider.is_nil()) {
        next.push_back({state.decider, "superior", "decide_objection"});
    }
    if (state.decider.is_nil()) next.push_back({{}, "administrator", "assign_decider"});
    next.push_back({state.subject, "employee", "withdraw_objection"});
    return next;
}

struct CaseFile {
    std::string phase, score, predicate;
    std::vector<Contested> contested;
    std::vector<boost::json::object> statements;
    std::vector<timers::Due> clocks;
    std::vector<std::pair<Next, std::string>> next;  // with the person's name
};

Result<CaseFile> case_file(Workspace& workspace, const Point& point, const Until& until) {
    const auto state = read_appraisal(workspace, point.token, until);
    if (!state) return state.error();
    if (!state->result) {
        return error(ErrorCode::invalid_input,
                     "appraisal " + point.token + " has no result yet that could be contested");
    }
    const auto policy = published_policy(workspace, state->policy);
    if (!policy) return policy.error();
    CaseFile file{std::string(appraisal::name_of(state->phase)),
                  state->result->score,
                  state->result->predicate,
                  {},
                  {},
                  {},
                  {}};
    for (const auto& criterion : contested_criteria(*state)) {
        file.contested.push_back(effect_of(*state, **policy, criterion));
    }
    auto said = statements(workspace, point.token, until);
    if (!said) return said.error();
    file.statements = std::move(*said);
    const auto known = position_of(workspace, until);
    if (!known) return known.error();
    auto clocks =
        timers::DueDates(workspace.events(), workspace.workflows(), workspace.clock(), *known)
            .all(*state);
    if (!clocks) return clocks.error();
    for (auto& due : *clocks) {
        if (due.deadline == "objection" || due.deadline == "reply" || due.deadline == "decision") {
            file.clocks.push_back(std::move(due));
        }
    }
    for (auto& next : next_acts(*state)) {
        std::string name = "-";
        if (!next.person.is_nil()) {
            auto text = workspace.identifiers().identifier_of(next.person);
            if (!text) return text.error();
            name = *text;
        }
        file.next.emplace_back(std::move(next), std::move(name));
    }
    return file;
}

boost::json::object case_json(const std::string& token, const CaseFile& file) {
    boost::json::array contested, said, clocks, next;
    for (const auto& each : file.contested) {
        contested.push_back(boost::json::object{{"criterion", each.criterion},
                                                {"supervisor", each.supervisor},
                                                {"self", each.self},
                                                {"score_with_own", each.score_with_own},
                                                {"difference", each.difference},
                                                {"predicate_changes", each.predicate_changes}});
    }
    for (const auto& each : file.statements)
        said.push_back(each);
    for (const auto& due : file.clocks) {
        clocks.push_back(boost::json::object{{"deadline", due.deadline},
                                             {"due_at", to_text(due.at)},
                                             {"recorded_due_at", to_text(due.recorded)},
                                             {"letter", due.letter}});
    }
    for (const auto& [act, name] : file.next) {
        next.push_back(
            boost::json::object{{"person", name}, {"role", act.role}, {"command", act.may}});
    }
    return {{"appraisal", token},
            {"phase", file.phase},
            {"score", file.score},
            {"predicate", file.predicate},
            {"contested", std::move(contested)},
            {"statements", std::move(said)},
            {"clocks", std::move(clocks)},
            {"next", std::move(next)}};
}

std::string text_in(const boost::json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return "";
    return value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
}

void print_case(const std::string& token, const CaseFile& file) {
    std::cout << token << ": " << file.phase << ", " << file.score << " " << file.predicate
              << "\n\n";
    std::vector<std::vector<std::string>> table = {
        {"CONTESTED (diperselisihkan)", "SUPERVISOR", "SELF", "SCORE WITH OWN", "DIFFERENCE", ""}};
    for (const auto& each : file.contested) {
        table.push_back({each.criterion, each.supervisor, each.self, each.score_with_own,
                         each.difference, each.predicate_changes ? "predicate changes" : ""});
    }
    print_table(table);
    std::cout << '\n';
    for (const auto& each : file.statements) {
        const auto& actor = each.at("actor").as_object();
        std::cout << text_in(each, "recorded_at") << "  " << text_in(each, "event") << "  by "
                  << text_in(actor, "role") << " " << text_in(actor, "id") << '\n';
        const auto data = text_in(each, "data");
        if (data != "{}" && !data.empty()) std::cout << "    " << data << '\n';
    }
    std::cout << '\n';
    for (const auto& due : file.clocks) {
        std::cout << due.deadline << " until " << to_text(due.at)
                  << (due.letter.empty() ? "" : " (extended by " + due.letter + ")") << '\n';
    }
    for (const auto& [act, name] : file.next)
        std::cout << "next: " << act.may << ", by " << act.role << " " << name << '\n';
    if (file.next.empty()) std::cout << "the decision is final (PP 30/2019 Pasal 59(4))\n";
}

void run_dispute(Session& session, const Point& point) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto file = case_file(*workspace, point, *until);
    if (!file) return session.fail(file.error());
    session.json ? print_json(case_json(point.token, *file)) : print_case(point.token, *file);
}

}  // namespace

void add_dispute(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand(
        "dispute", "The case file of an objection: what is contested, said, due, and next");
    command->footer("Example: jejak dispute sofifi-2025-001");
    add_point(*command, *point);
    command->callback([point, &session] { run_dispute(session, *point); });
}

}  // namespace jejak::tools
