#include <algorithm>

#include "adapters/json/appraisal_view.hpp"
#include "adapters/timers/due_dates.hpp"
#include "tools/backend/routes.hpp"
#include "tools/case_file.hpp"
#include "tools/comparison.hpp"
#include "tools/explanation.hpp"
#include "tools/shown_record.hpp"
#include "workflows/appraisal/allowed_actions.hpp"

// What may be read of one appraisal: each of these goes through appraisal::disclosed.
namespace jejak::tools::backend {
namespace {

// What a handler works with, once it is known that the caller may read something.
struct Read {
    ReaderFlags reader;
    Until until;
    Reading reading;
};

const std::string& token_of(const Exchange& exchange) {
    return exchange.parts.front();
}

// None: it was answered why not.
std::optional<Read> reading_of(const ExchangePointer& exchange, std::string_view what) {
    const auto until = exchange->until();
    if (!until) return exchange->fail(until.error()), std::nullopt;
    auto reader = exchange->reader();
    if (!reader) return std::nullopt;
    auto reading = Reading::of(exchange->workspace(), *reader, token_of(*exchange));
    if (!reading) return exchange->fail_or_hide(reading.error()), std::nullopt;
    // What others read is noted before it is shown; if it cannot be, it is not.
    if (reader->pseudonym != reading->now().subject) {
        auto noted = exchange->context.reads.note(exchange->caller.id, reader->office,
                                                  token_of(*exchange), what);
        if (!noted) return exchange->fail(noted.error()), std::nullopt;
    }
    return Read{std::move(*reader), *until, std::move(*reading)};
}

boost::json::object links_of(const std::string& token) {
    const auto self = "/v1/appraisals/" + token;
    return {{"self", self},
            {"history", self + "/history"},
            {"explanation", self + "/explanation"},
            {"actions", self + "/actions"},
            {"what_if", self + "/what-if"},
            {"dispute", self + "/dispute"},
            {"events", "/v1/events?appraisal=" + token}};
}

// The clock that a command has to keep, "" for none.
std::string_view clock_of(std::string_view command) {
    constexpr std::pair<std::string_view, std::string_view> clocks[] = {
        {"submit_self_assessment", "self_assessment"},
        {"submit_review", "review"},
        {"give_feedback", "feedback"},
        {"close_feedback", "feedback"},
        {"confirm_review", "gate"},
        {"revise_review", "gate"},
        {"acknowledge_result", "acknowledgement"},
        {"file_objection", "objection"},
        {"answer_objection", "reply"},
        {"decide_objection", "decision"},
    };
    for (const auto& [name, clock] : clocks)
        if (name == command) return clock;
    return "";
}

// {"command", "role", "href", "until"} or with "code" and "reason" instead of "until".
boost::json::object action_view(const appraisal::AllowedAction& action, const std::string& token,
                                const std::vector<timers::Due>& clocks) {
    std::string verb(action.command);
    std::replace(verb.begin(), verb.end(), '_', '-');
    boost::json::object view{{"command", action.command},
                             {"role", action.role},
                             {"href", "/v1/appraisals/" + token + "/" + verb}};
    if (!action.reason.empty()) {
        view["code"] = action.rule;
        view["reason"] = action.reason;
        return view;
    }
    view["until"] = nullptr;
    for (const auto& due : clocks)
        if (due.deadline == clock_of(action.command)) view["until"] = to_text(due.at);
    return view;
}

}  // namespace

namespace handle {

void appraisal(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "view");
    if (!read) return;
    const auto state = read->reading.state(exchange->workspace(), read->until);
    if (!state) return exchange->fail_or_hide(state.error());
    const auto tag = tag_of(state->version);
    if (exchange->header("If-None-Match") == tag) {
        return exchange->answer({304, "application/json", "", {{"ETag", tag}}});
    }
    auto view =
        json::view_appraisal(token_of(*exchange), *state, exchange->workspace().identifiers());
    if (!view) return exchange->fail(view.error());
    (*view)["links"] = links_of(token_of(*exchange));
    auto response = json_response(200, *view);
    response.headers.emplace_back("ETag", tag);
    exchange->answer(std::move(response));
}

void history(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "history");
    if (!read) return;
    boost::json::array records;
    std::uint64_t withheld = 0;
    const auto visit = [&](const ShownRecord& record) {
        record.view ? records.push_back(*record.view) : void(++withheld);
        return true;
    };
    const auto& token = token_of(*exchange);
    const auto done =
        for_each_shown(exchange->workspace(), token, read->until, read->reading, visit);
    if (!done) return exchange->fail(done.error());
    exchange->json(boost::json::object{
        {"appraisal", token}, {"records", std::move(records)}, {"withheld", withheld}});
}

void explanation(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "explanation");
    if (!read) return;
    const auto& token = token_of(*exchange);
    const auto explained =
        read_explanation(exchange->workspace(), token, read->until, read->reader);
    if (!explained) return exchange->fail_or_hide(explained.error());
    exchange->json(explanation_json(token, *explained));
}

void actions(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "actions");
    if (!read) return;
    auto& workspace = exchange->workspace();
    const auto& token = token_of(*exchange);
    const auto person = read->reader.pseudonym;
    timers::DueDates dates(workspace.events(), workspace.workflows(), workspace.clock());
    const auto clocks = dates.all(read->reading.now());
    if (!clocks) return exchange->fail(clocks.error());
    const std::vector<std::string> offices(exchange->caller.offices.begin(),
                                           exchange->caller.offices.end());
    boost::json::array allowed, others;
    for (const auto& action : ::jejak::appraisal::allowed_actions(
             read->reading.now(), person.value_or(PersonId{}), offices)) {
        auto& list = action.reason.empty() ? allowed : others;
        list.push_back(action_view(action, token, *clocks));
    }
    exchange->json(boost::json::object{
        {"appraisal", token}, {"allowed", std::move(allowed)}, {"not_allowed", std::move(others)}});
}

void what_if(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "what_if");
    if (!read) return;
    const auto& workspace = exchange->workspace();
    const auto& token = token_of(*exchange);
    const auto state = read->reading.derived(workspace, read->until);
    if (!state) return exchange->fail_or_hide(state.error());
    const auto rules = rules_of(workspace, *state, exchange->parameter("policy"), false);
    if (!rules) return exchange->fail(rules.error());
    if (exchange->flag("leave_one_out")) {
        if (!read->reading.to().single_raters) {
            return exchange->problem(
                {403, "not_permitted",
                 "the score without each rater is for whoever decides an open objection and for "
                 "auditors; the difference tells what a rater gave (UU 27/2022 Pasal 33)"});
        }
        return exchange->json(boost::json::object{
            {"appraisal", token}, {"without_each", left_out_json(*state, *rules->other)}});
    }
    const auto changes =
        changes_of({exchange->parameters("without"), exchange->parameters("set")}, *rules->pinned);
    if (!changes) return exchange->fail(changes.error());
    const auto compared =
        ::jejak::appraisal::compare(*state, *rules->pinned, *rules->other, *changes);
    // What a parameter names and is not there is a wrong parameter, not a missing resource.
    if (!compared && compared.error().code == ErrorCode::not_found) {
        return exchange->problem({400, "parameter_not_valid", compared.error().message});
    }
    if (!compared) return exchange->fail(compared.error());
    exchange->json(comparison_json(token, *compared));
}

void dispute(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "dispute");
    if (!read) return;
    const auto& token = token_of(*exchange);
    const auto file = case_file(exchange->workspace(), token, read->until, read->reader);
    if (!file) return exchange->fail_or_hide(file.error());
    exchange->json(case_json(token, *file));
}

// Reads by others, as noted; for whom they are about, and whoever watches over them.
void reads(const ExchangePointer& exchange) {
    const auto read = reading_of(exchange, "reads");
    if (!read) return;
    using ::jejak::appraisal::Relation;
    const auto relation = read->reading.to().relation;
    if (relation != Relation::subject && relation != Relation::auditor &&
        relation != Relation::administration) {
        return exchange->problem({403, "not_permitted",
                                  "who read an appraisal is for the employee, auditors and "
                                  "administrators"});
    }
    const auto& token = token_of(*exchange);
    const auto noted = exchange->context.reads.of(token);
    if (!noted) return exchange->fail(noted.error());
    boost::json::array views;
    for (const auto& each : *noted) {
        boost::json::object counts;
        for (const auto& [what, count] : each.counts)
            counts[what] = count;
        views.push_back(boost::json::object{{"hour", to_text(each.hour)},
                                            {"reader", each.reader},
                                            {"office", each.office},
                                            {"counts", std::move(counts)}});
    }
    exchange->json(boost::json::object{{"appraisal", token}, {"reads", std::move(views)}});
}

}  // namespace handle

}  // namespace jejak::tools::backend
