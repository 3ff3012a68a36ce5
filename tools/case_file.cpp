#include "tools/case_file.hpp"

#include <algorithm>

#include "adapters/json/views.hpp"
#include "tools/climb.hpp"
#include "tools/past.hpp"
#include "tools/shown_record.hpp"
#include "workflows/appraisal/what_if.hpp"

namespace jejak::tools {
namespace {

using appraisal::Appraisal;
using appraisal::Phase;

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

std::vector<NextAct> next_acts(const Appraisal& state) {
    std::vector<NextAct> next;
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

// Fills in who that is, and whom the act could name.
Result<void> name_it(Workspace& workspace, const std::string& token, const Appraisal& state,
                     Position known, NextAct& next) {
    if (next.may == "assign_decider") {
        const auto above = next_in_the_chain(workspace, token, state, known);
        if (!above) return above.error();
        if (*above) {
            auto text = workspace.identifiers().identifier_of((*above)->person);
            if (!text) return text.error();
            next.suggested = *text;
        }
    }
    if (next.person.is_nil()) return {};
    auto text = workspace.identifiers().identifier_of(next.person);
    if (!text) return text.error();
    next.name = *text;
    return {};
}

}  // namespace

Result<CaseFile> case_file(Workspace& workspace, const std::string& token, const Until& until,
                           const ReaderFlags& reader) {
    const auto reading = Reading::of(workspace, reader, token);
    if (!reading) return reading.error();
    const auto state = reading->state(workspace, until);
    if (!state) return state.error();
    if (!state->result) {
        return error(ErrorCode::invalid_input,
                     "appraisal " + token + " has no result that could be contested");
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
    auto said = statements(workspace, token, until, *reading);
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
    file.next = next_acts(*state);
    for (auto& next : file.next) {
        if (auto named = name_it(workspace, token, *state, *known, next); !named) {
            return named.error();
        }
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
    for (const auto& act : file.next) {
        next.push_back(boost::json::object{{"person", act.name},
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

}  // namespace jejak::tools
