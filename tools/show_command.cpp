#include <boost/json/serialize.hpp>
#include <iostream>

#include "adapters/json/appraisal_view.hpp"
#include "adapters/json/command_line.hpp"
#include "adapters/json/views.hpp"
#include "adapters/timers/due_dates.hpp"
#include "engine/record/envelope.hpp"
#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "tools/point.hpp"
#include "tools/reader.hpp"
#include "tools/shown_record.hpp"

namespace jejak::tools {
namespace {

std::string text_of(const boost::json::value& value) {
    if (value.is_null()) return "-";
    return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
}

void print_view(const boost::json::object& view) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& [name, value] : view) {
        if (value.is_object() && name != "final") {
            for (const auto& [inner, part] : value.as_object()) {
                rows.push_back({std::string(name) + "." + std::string(inner), text_of(part)});
            }
        } else if (name == "final" && value.is_object()) {
            rows.push_back({"score", text_of(value.at("score"))});
            rows.push_back({"predicate", text_of(value.at("predicate"))});
        } else {
            rows.push_back({std::string(name), text_of(value)});
        }
    }
    print_table(rows);
}

// Due dates as extensions have moved them, by what was known at that moment; what they were before
// stands beside.
Result<void> show_extensions(const Workspace& workspace, const appraisal::Appraisal& state,
                             const Until& until, boost::json::object& view) {
    Position known = until.position.value_or(Position{});
    if (until.moment) {
        const auto position = position_at(workspace, *until.moment);
        if (!position) return position.error();
        known = *position;
    }
    const auto dues =
        timers::DueDates(workspace.events(), workspace.workflows(), workspace.clock(), known)
            .all(state);
    if (!dues) return dues.error();
    boost::json::object extended;
    for (const auto& due : *dues) {
        if (due.at == due.recorded) continue;
        view["due"].as_object()[due.deadline] = to_text(due.at);
        extended[due.deadline] =
            boost::json::object{{"before", to_text(due.recorded)}, {"letter", due.letter}};
    }
    if (!extended.empty()) view["extended"] = std::move(extended);
    return {};
}

void run_show(Session& session, const Point& point, const ReaderFlags& reader) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto reading = Reading::of(*workspace, reader, point.token);
    if (!reading) return session.fail(reading.error());
    const auto state = reading->state(*workspace, *until);
    if (!state) return session.fail(state.error());
    auto view = json::view_appraisal(point.token, *state, workspace->identifiers());
    if (!view) return session.fail(view.error());
    if (!session.check(show_extensions(*workspace, *state, *until, *view))) return;
    session.json ? print_json(*view) : print_view(*view);
}

void print_event(const boost::json::object& event) {
    const auto field = [&](const char* name) {
        const auto* value = event.if_contains(name);
        return value == nullptr ? std::string("-") : text_of(*value);
    };
    const auto& actor = event.at("actor").as_object();
    std::string who = text_of(actor.at("role"));
    if (const auto* id = actor.if_contains("id")) who += " " + text_of(*id);
    if (const auto* rater = actor.if_contains("rater")) who += " " + text_of(*rater).substr(0, 8);
    std::cout << field("position") << "  v" << field("version") << "  " << field("recorded_at")
              << "  " << field("event") << "  by " << who << '\n';
    const std::string data = field("data");
    if (data != "{}") std::cout << "    " << data << '\n';
}

void run_history(Session& session, const Point& point, const ReaderFlags& reader) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto reading = Reading::of(*workspace, reader, point.token);
    if (!reading) return session.fail(reading.error());
    std::uint64_t withheld = 0;
    const auto visit = [&](const ShownRecord& record) {
        if (!record.view) {
            ++withheld;
        } else {
            session.json ? print_json(*record.view) : print_event(*record.view);
        }
        return true;
    };
    if (!session.check(for_each_shown(*workspace, point.token, *until, *reading, visit))) return;
    if (withheld == 0) return;
    if (session.json) return print_json(boost::json::object{{"withheld", withheld}});
    std::cout << withheld << " records are withheld: what single raters said, or what is not for "
              << "this reader\n";
}

}  // namespace

void add_show(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand("show", "One appraisal, now or as it stood");
    command->footer("Example: jejak show sofifi-2025-001 --as-of 2025-12-01T08:00:00+07:00");
    auto reader = std::make_shared<ReaderFlags>();
    add_point(*command, *point);
    add_reader(*command, *reader);
    command->callback([point, reader, &session] { run_show(session, *point, *reader); });
}

void add_history(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand("history", "Every event of one appraisal, with its words");
    command->footer("Example: jejak history sofifi-2025-001 --json");
    auto reader = std::make_shared<ReaderFlags>();
    add_point(*command, *point);
    add_reader(*command, *reader);
    add_name_raters(*command, *reader);
    command->callback([point, reader, &session] { run_history(session, *point, *reader); });
}

}  // namespace jejak::tools
