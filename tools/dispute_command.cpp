#include <algorithm>
#include <iostream>

#include "adapters/json/command_line.hpp"
#include "adapters/json/views.hpp"
#include "adapters/timers/due_dates.hpp"
#include "engine/record/envelope.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/objection_form.hpp"
#include "tools/organisation.hpp"
#include "tools/past.hpp"
#include "tools/point.hpp"
#include "tools/reader.hpp"
#include "tools/shown_record.hpp"
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

// Without the score where how it came about is not for the reader.
Contested effect_of(const Appraisal& state, const scoring::Policy& policy,
                    const std::string& criterion, bool may_compute) {
    Contested found{criterion, value_in(state.review, criterion),
                    value_in(state.self_assessment, criterion), "-", "-"};
    if (!may_compute || found.self == "-" || found.supervisor == "-" ||
        found.self == found.supervisor) {
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
        "appraisal.panel_assigned",      "appraisal.vote_cast",
        "appraisal.member_recused",      "appraisal.evidence_attached",
        "appraisal.result_changed",      "appraisal.correction_proposed",
        "appraisal.result_corrected",    "command.rejected"};
    return std::find(std::begin(names), std::end(names), event) != std::end(names);
}

// Each act of the procedure, in its order, with its words: the official form's three boxes
// (keberatan, tanggapan, keputusan), each dated.
Result<std::vector<boost::json::object>> statements(Workspace& workspace, const std::string& token,
                                                    const Until& until, const Reading& reading) {
    std::vector<boost::json::object> found;
    const auto visit = [&](const ShownRecord& record) {
        if (!record.view || !is_a_statement(record.view->at("event").as_string())) return true;
        auto view = *record.view;
        if (auto* data = view.if_contains("data"); data != nullptr && data->is_object()) {
            data->get_object().erase("derivation");
        }
        found.push_back(std::move(view));
        return true;
    };
    const auto read = for_each_shown(workspace, token, until, reading, visit);
    if (!read) return read.error();
    return found;
}

// Who may act next, and how.
struct Next {
    PersonId person;
    std::string role, may;
    std::string suggested{};  // whom the act could name: the next in the chain
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
    for (const PersonId member : state.panel) {
        if (heard && !state.votes.contains(member)) {
            next.push_back({member, "superior", "decide_objection"});
        }
    }
    if (state.is_for_a_panel && state.panel.empty()) {
        next.push_back({{}, "administrator", "assign_panel"});
    } else if (!state.is_for_a_panel && state.decider.is_nil()) {
        next.push_back({{}, "administrator", "assign_decider"});
    }
    next.push_back({state.subject, "employee", "withdraw_objection"});
    return next;
}

// Who could be named to decide: the next in the chain above the superior who is no party.
Result<PersonId> next_in_the_chain(Workspace& workspace, const Appraisal& state, Position known) {
    const auto directory = read_organisation(workspace);
    if (!directory) return directory.error();
    const organisation::AsOf then{organisation::day_in_wib(workspace.clock().now()), known};
    std::vector<PersonId> parties = state.reviewers;
    parties.insert(parties.end(), {state.subject, state.supervisor, state.superior});
    PersonId at = state.superior.is_nil() ? state.supervisor : state.superior;
    for (int climbed = 0; climbed < 64; ++climbed) {
        const auto above = directory->superior_of(at, then);
        if (!above || above->person == at) break;
        at = above->person;
        if (std::find(parties.begin(), parties.end(), at) == parties.end()) return at;
    }
    return PersonId{};
}

struct CaseFile {
    std::string phase, score, predicate;
    std::vector<Contested> contested;
    std::vector<boost::json::object> statements;
    std::vector<timers::Due> clocks;
    organisation::Zone zone = organisation::Zone::wib;
    std::vector<std::pair<Next, std::string>> next;  // with the person's name
};

Result<CaseFile> case_file(Workspace& workspace, const Point& point, const Until& until,
                           const ReaderFlags& reader) {
    const auto reading = Reading::of(workspace, reader, point.token);
    if (!reading) return reading.error();
    const auto state = reading->state(workspace, until);
    if (!state) return state.error();
    if (!state->result) {
        return error(ErrorCode::invalid_input,
                     "appraisal " + point.token + " has no result that could be contested");
    }
    const auto rules = pinned_rules(workspace, *state);
    if (!rules) return rules.error();
    const bool may_compute = appraisal::check_derivation(reading->to()).has_value();
    CaseFile file{std::string(appraisal::name_of(state->phase)),
                  state->result->score,
                  state->result->predicate,
                  {},
                  {},
                  {},
                  organisation::Zone::wib,
                  {}};
    for (const auto& criterion : contested_criteria(*state)) {
        file.contested.push_back(effect_of(*state, **rules, criterion, may_compute));
    }
    auto said = statements(workspace, point.token, until, *reading);
    if (!said) return said.error();
    file.statements = std::move(*said);
    const auto known = position_of(workspace, until);
    if (!known) return known.error();
    timers::DueDates dates(workspace.events(), workspace.workflows(), workspace.clock(), *known);
    const auto zone = dates.zone_of(*state);
    if (!zone) return zone.error();
    file.zone = *zone;
    auto clocks = dates.all(*state);
    if (!clocks) return clocks.error();
    for (auto& due : *clocks) {
        if (due.deadline == "objection" || due.deadline == "reply" || due.deadline == "decision") {
            file.clocks.push_back(std::move(due));
        }
    }
    for (auto& next : next_acts(*state)) {
        if (next.may == "assign_decider") {
            const auto above = next_in_the_chain(workspace, *state, *known);
            if (!above) return above.error();
            if (!above->is_nil()) {
                auto text = workspace.identifiers().identifier_of(*above);
                if (!text) return text.error();
                next.suggested = *text;
            }
        }
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
        next.push_back(boost::json::object{{"person", name},
                                           {"role", act.role},
                                           {"command", act.may},
                                           {"suggested", act.suggested}});
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
        std::cout << "next: " << act.may << ", by " << act.role << " " << name
                  << (act.suggested.empty() ? "" : "; next in the chain is " + act.suggested)
                  << '\n';
    if (file.next.empty()) std::cout << "the decision is final (PP 30/2019 Pasal 59(4))\n";
}

// The boxes of the official form, for a letter or a file of personnel.
void print_form(const Session& session, const CaseFile& file) {
    const auto boxes = objection_form(file.statements, file.zone);
    if (boxes.empty()) std::cout << (session.json ? "" : "there was no objection\n");
    for (const auto& box : boxes) {
        if (session.json) {
            print_json(boost::json::object{{"box", box.box},
                                           {"heading", box.heading},
                                           {"day", box.day},
                                           {"by", box.by},
                                           {"text", box.text}});
            continue;
        }
        std::cout << box.heading << "\n   Tanggal: " << (box.day.empty() ? "-" : box.day)
                  << (box.by.empty() ? "" : "   Oleh: " + box.by) << "\n   "
                  << (box.text.empty() ? "-" : box.text) << "\n\n";
    }
}

void run_dispute(Session& session, const Point& point, const ReaderFlags& reader, bool form) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto file = case_file(*workspace, point, *until, reader);
    if (!file) return session.fail(file.error());
    if (form) return print_form(session, *file);
    session.json ? print_json(case_json(point.token, *file)) : print_case(point.token, *file);
}

}  // namespace

void add_dispute(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand(
        "dispute", "The case file of an objection: what is contested, said, due, and next");
    command->footer("Example: jejak dispute sofifi-2025-001");
    auto reader = std::make_shared<ReaderFlags>();
    add_point(*command, *point);
    add_reader(*command, *reader);
    auto form = std::make_shared<bool>(false);
    command->add_flag("--form", *form,
                      "The boxes of the official form: keberatan, tanggapan, keputusan");
    command->callback(
        [point, reader, form, &session] { run_dispute(session, *point, *reader, *form); });
}

}  // namespace jejak::tools
