#include <algorithm>
#include <boost/json/parse.hpp>
#include <map>

#include "adapters/json/appraisal_view.hpp"
#include "adapters/json/document.hpp"
#include "tools/agency.hpp"
#include "tools/backend/office_reach.hpp"
#include "tools/backend/routes.hpp"
#include "tools/board.hpp"
#include "tools/past.hpp"
#include "tools/publish.hpp"
#include "tools/running_clocks.hpp"
#include "tools/waiting.hpp"
#include "workflows/policy/policy_list.hpp"

// Lists: what a caller may see of many, a page at a time.
namespace jejak::tools::backend {
namespace {

using ::jejak::appraisal::BoardFilter;
using ::jejak::appraisal::BoardLine;

// A line as its reader may see it; none: nothing of it is for her.
Result<std::optional<boost::json::object>> line_for(Workspace& workspace, const ReaderFlags& reader,
                                                    const BoardLine& line) {
    const auto reading = Reading::of(workspace, reader, line.token);
    if (!reading && reading.error().code == ErrorCode::not_found) {
        return std::optional<boost::json::object>();
    }
    if (!reading) return reading.error();
    auto view = json::view_line(line, workspace.identifiers());
    if (!view) return view.error();
    if (!reading->to().result) (*view)["final"] = nullptr;
    (*view)["href"] = "/v1/appraisals/" + line.token;
    return std::optional(std::move(*view));
}

struct Page {
    boost::json::array items;
    std::string last;
    bool is_full = false;
};

// `next`: the same request for the page behind, or null.
boost::json::object page_view(const char* name, Page page) {
    boost::json::object view{{name, std::move(page.items)}, {"next_cursor", nullptr}};
    if (page.is_full) view["next_cursor"] = cursor_of(page.last);
    return view;
}

// What the caller may see of the lines of a filter. `of`: only this person's, nil for all. Someone
// without an office sees those of which she is the subject or the supervisor.
Result<Page> page_of_lines(const Exchange& exchange, const ReaderFlags& reader,
                           const BoardFilter& filter, PersonId of, std::size_t limit) {
    auto& workspace = exchange.workspace();
    const auto reach = Reach::of(workspace, exchange.parameter("agency"));
    if (!reach) return reach.error();
    const PersonId own = reader.pseudonym.value_or(PersonId{});
    Page page;
    Result<void> outcome;
    const auto listed =
        ::jejak::appraisal::list_lines(workspace.reads(), filter, [&](const BoardLine& line) {
            const bool is_own = line.subject == own || line.supervisor == own;
            if (!reach->holds(line.unit) || (reader.office.empty() && !is_own)) return true;
            if (!of.is_nil() && line.subject != of) return true;
            auto view = line_for(workspace, reader, line);
            if (!view) return (outcome = view.error(), false);
            if (!*view) return true;
            if (page.items.size() == limit) return (page.is_full = true, false);
            page.items.push_back(std::move(**view));
            page.last = line.token;
            return true;
        });
    if (!listed) return listed.error();
    if (!outcome) return outcome.error();
    return page;
}

// unit, period, phase. Errors: invalid_input for a phase that does not exist.
Result<BoardFilter> filter_of(const Exchange& exchange) {
    BoardFilter filter;
    filter.unit = exchange.parameter("unit");
    filter.period = exchange.parameter("period");
    if (const auto name = exchange.parameter("phase"); !name.empty()) {
        filter.phase = ::jejak::appraisal::phase_named(name);
        if (!filter.phase) {
            return error(ErrorCode::invalid_input, "?phase=" + name + ": there is no such phase");
        }
    }
    return filter;
}

void list_lines_for(const ExchangePointer& exchange, const ReaderFlags& reader, PersonId of) {
    auto filter = filter_of(*exchange);
    if (!filter) return exchange->fail(filter.error());
    const auto limit = exchange->limit();
    if (!limit) return exchange->fail(limit.error());
    auto after = exchange->after();
    if (!after) return exchange->fail(after.error());
    filter->after = std::move(*after);
    auto page = page_of_lines(*exchange, reader, *filter, of, *limit);
    if (!page) return exchange->fail(page.error());
    exchange->json(page_view("appraisals", std::move(*page)));
}

// {"person": "nip:…"} of the body: people are looked up there, since a path stands in logs. None:
// it was answered why not; nil: nobody is known by that name.
std::optional<PersonId> person_of_body(const ExchangePointer& exchange) {
    std::vector<json::Problem> problems;
    const auto body = json::parse_document(exchange->request.body, problems);
    if (!problems.empty()) return exchange->unreadable(problems), std::nullopt;
    const auto* object = body.if_object();
    const auto* name = object == nullptr ? nullptr : object->if_contains("person");
    if (name == nullptr || !name->is_string() || object->size() != 1) {
        exchange->unreadable({{"/person", "say whom, and nothing else: {\"person\": \"nip:…\"}"}});
        return std::nullopt;
    }
    const auto person = exchange->workspace().people().find(std::string(name->as_string()));
    if (!person) return exchange->fail(person.error()), std::nullopt;
    return person->value_or(PersonId{});
}

void tell_tasks(const ExchangePointer& exchange, PersonId person) {
    auto& workspace = exchange->workspace();
    const auto until = exchange->until();
    if (!until) return exchange->fail(until.error());
    const auto reach = Reach::of(workspace, exchange->parameter("agency"));
    if (!reach) return exchange->fail(reach.error());
    boost::json::array tasks;
    if (!person.is_nil()) {
        const auto waiting = waiting_for(workspace, person, *until, *reach);
        if (!waiting) return exchange->fail(waiting.error());
        for (const auto& each : *waiting) {
            auto view = waiting_json(each);
            view["href"] = "/v1/appraisals/" + each.task.token;
            tasks.push_back(std::move(view));
        }
    }
    exchange->json(boost::json::object{{"tasks", std::move(tasks)}});
}

}  // namespace

namespace handle {

void appraisals(const ExchangePointer& exchange) {
    if (const auto reader = exchange->reader()) list_lines_for(exchange, *reader, {});
}

void find_appraisals(const ExchangePointer& exchange) {
    const auto reader = exchange->reader();
    if (!reader) return;
    const auto person = person_of_body(exchange);
    if (!person) return;
    if (person->is_nil()) return exchange->json(page_view("appraisals", {}));
    list_lines_for(exchange, *reader, *person);
}

void scoreboard(const ExchangePointer& exchange) {
    const auto reader = exchange->officer();
    if (!reader) return;
    auto& workspace = exchange->workspace();
    const auto period = exchange->parameter("period"), unit = exchange->parameter("unit");
    if (period.empty()) {
        return exchange->problem({400, "parameter_not_valid", "say which: ?period=2026"});
    }
    const auto until = exchange->until();
    if (!until) return exchange->fail(until.error());
    if (const auto known = position_of(workspace, *until); !known) {
        return exchange->fail(known.error());
    }
    const auto reach = Reach::of(workspace, exchange->parameter("agency"));
    if (!reach) return exchange->fail(reach.error());
    const auto limit = exchange->limit();
    if (!limit) return exchange->fail(limit.error());
    const auto after = exchange->after();
    if (!after) return exchange->fail(after.error());
    OfficeReach office(workspace, *reader);
    Page page;
    Result<void> outcome;
    const auto visit = [&](const ::jejak::appraisal::UnitBoard& board) {
        if (board.unit <= *after && !after->empty()) return true;
        if ((!unit.empty() && board.unit != unit) || !reach->holds(board.unit)) return true;
        const auto holds = office.holds(board.unit);
        if (!holds) return (outcome = holds.error(), false);
        if (!*holds) return true;
        if (page.items.size() == *limit) return (page.is_full = true, false);
        page.items.push_back(board_json(board));
        page.last = board.unit;
        return true;
    };
    const auto listed = until->is_the_end()
                            ? ::jejak::appraisal::list_unit_boards(workspace.reads(), period, visit)
                            : list_unit_boards_as_of(workspace, period, *until, visit);
    if (!listed) return exchange->fail(listed.error());
    if (!outcome) return exchange->fail(outcome.error());
    exchange->json(page_view("units", std::move(page)));
}

void tasks(const ExchangePointer& exchange) {
    if (auto known = exchange->workspace().catch_up(); !known) return exchange->fail(known.error());
    const auto person = exchange->workspace().people().find(exchange->caller.id);
    if (!person) return exchange->fail(person.error());
    tell_tasks(exchange, person->value_or(PersonId{}));
}

void find_tasks(const ExchangePointer& exchange) {
    const auto reader = exchange->officer();
    if (!reader) return;
    if (reader->office == "registrar") {
        return exchange->problem(
            {403, "not_permitted", "what waits for a person is for administrators and auditors"});
    }
    if (const auto person = person_of_body(exchange)) tell_tasks(exchange, *person);
}

void deadlines(const ExchangePointer& exchange) {
    const auto reader = exchange->officer();
    if (!reader) return;
    auto& workspace = exchange->workspace();
    const auto until = exchange->until();
    if (!until) return exchange->fail(until.error());
    const auto filter = filter_of(*exchange);
    if (!filter) return exchange->fail(filter.error());
    const auto limit = exchange->limit();
    if (!limit) return exchange->fail(limit.error());
    const auto reach = Reach::of(workspace, exchange->parameter("agency"));
    if (!reach) return exchange->fail(reach.error());
    OfficeReach office(workspace, *reader);
    Result<void> outcome;
    const auto found =
        running_clocks(workspace, *filter, until->moment, [&](const BoardLine& line) {
            if (!reach->holds(line.unit)) return false;
            const auto holds = office.holds(line.unit);
            if (!holds) outcome = holds.error();
            return holds && *holds;
        });
    if (!found) return exchange->fail(found.error());
    if (!outcome) return exchange->fail(outcome.error());
    const Instant now = until->moment.value_or(workspace.clock().now());
    boost::json::array clocks;
    for (const auto& each : *found) {
        if (exchange->flag("overdue") && each.due.at >= now) continue;
        if (clocks.size() == *limit) break;
        clocks.push_back(running_json(each, now));
    }
    exchange->json(boost::json::object{{"deadlines", std::move(clocks)}});
}

void policies(const ExchangePointer& exchange) {
    auto& workspace = exchange->workspace();
    if (auto known = workspace.catch_up(::jejak::policy::policy_list_model); !known) {
        return exchange->fail(known.error());
    }
    const auto all = ::jejak::policy::published_policies(workspace.reads());
    if (!all) return exchange->fail(all.error());
    boost::json::array views;
    for (const auto& each : *all) {
        views.push_back(boost::json::object{
            {"policy", each.policy},
            {"sha256", each.sha256},
            {"title", boost::json::object{{"id", each.title_id}, {"en", each.title_en}}},
            {"position", each.position.value},
            {"href", "/v1/policies/" + each.policy}});
    }
    exchange->json(boost::json::object{{"policies", std::move(views)}});
}

void policy(const ExchangePointer& exchange) {
    const auto& id = exchange->parts.front();
    const auto found = published_policy(exchange->workspace(), id);
    if (!found) return exchange->fail(found.error());
    if (!*found) {
        return exchange->problem({404, "not_found",
                                  "no policy \"" + id +
                                      "\" is published; GET /v1/policies lists "
                                      "all"});
    }
    // It never changes, so whoever has it may keep it.
    const auto tag = "\"" + to_hex((*found)->hash) + "\"";
    http::Response response{200,
                            "application/json",
                            (*found)->canonical + "\n",
                            {{"ETag", tag}, {"Cache-Control", "private, max-age=86400"}}};
    if (exchange->header("If-None-Match") == tag) {
        response.status = 304;
        response.body.clear();
    }
    exchange->answer(std::move(response));
}

}  // namespace handle

}  // namespace jejak::tools::backend
