#include <boost/json/serialize.hpp>
#include <iostream>

#include "adapters/json/appraisal_view.hpp"
#include "adapters/json/command_line.hpp"
#include "adapters/json/described.hpp"
#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/publish.hpp"
#include "workflows/appraisal/recorded_result.hpp"

namespace jejak::tools {
namespace {

struct Point {
    std::string token, as_of;
    std::uint32_t version = 0;
};

void add_point(CLI::App& command, Point& point) {
    command.add_option("id", point.token, "The appraisal, as it was opened")->required();
    auto* as_of = command.add_option("--as-of", point.as_of,
                                     "As it stood at that moment: 2026-03-01T08:00:00+07:00");
    command.add_option("--at-version", point.version, "As it stood after that many events")
        ->check(CLI::PositiveNumber)
        ->excludes(as_of);
}

Result<Until> until_of(const Point& point) {
    Until until;
    if (point.version != 0) until.version = point.version;
    if (!point.as_of.empty()) {
        const auto moment = parse_instant(point.as_of);
        if (!moment) return moment.error();
        until.moment = *moment;
    }
    return until;
}

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

void run_show(Session& session, const Point& point) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto state = read_appraisal(*workspace, point.token, *until);
    if (!state) return session.fail(state.error());
    const auto view = json::view_appraisal(point.token, *state, workspace->identifiers());
    if (!view) return session.fail(view.error());
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

void run_history(Session& session, const Point& point) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    const auto stream = json::appraisal_stream(point.token);
    if (!stream) return session.fail(stream.error());
    std::uint64_t shown = 0;
    Result<void> outcome;
    const auto show = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        if (until->moment && decoded->envelope.recorded_at > *until->moment) return false;
        if (until->version && decoded->envelope.version.value > *until->version) return false;
        const auto view =
            json::view_record(bytes, workspace->opener(), workspace->identifiers(), {});
        if (!view) return (outcome = view.error(), false);
        session.json ? print_json(*view) : print_event(*view);
        ++shown;
        return true;
    };
    if (!session.check(workspace->events().read_stream(*stream, Version{1}, show))) return;
    if (!session.check(outcome)) return;
    if (shown == 0) {
        session.fail(error(ErrorCode::not_found, "there is no appraisal \"" + point.token +
                                                     "\"; `jejak list` shows all"));
    }
}

void print_explanation(const appraisal::Explanation& explanation, const scoring::Policy& policy,
                       scoring::Language language) {
    const bool indonesian = language == scoring::Language::id;
    if (const auto* missing = std::get_if<scoring::Missing>(&explanation.answer)) {
        std::cout << (indonesian ? "Belum dapat dinilai; masih kurang:" : "No score yet; missing:")
                  << '\n';
        for (const auto& part : missing->parts) {
            std::cout << "  " << part.what << ": " << part.why << '\n';
        }
        return;
    }
    if (!explanation.recorded) {
        std::cout << (indonesian ? "Belum ditetapkan; dengan masukan sampai kini:"
                                 : "Not finalised; with the inputs so far:")
                  << '\n';
    }
    const auto& outcome = std::get<scoring::Outcome>(explanation.answer);
    for (const auto& line : scoring::to_lines(outcome.derivation, policy, language)) {
        std::cout << std::string(std::size_t{line.depth} * 2, ' ') << line.text << '\n';
    }
}

boost::json::object explanation_json(const std::string& token,
                                     const appraisal::Explanation& explanation) {
    boost::json::object view{{"appraisal", token}, {"recorded", explanation.recorded}};
    if (const auto* missing = std::get_if<scoring::Missing>(&explanation.answer)) {
        boost::json::array parts;
        for (const auto& part : missing->parts) {
            parts.push_back(boost::json::object{{"what", part.what}, {"why", part.why}});
        }
        view["missing"] = std::move(parts);
        return view;
    }
    const auto& outcome = std::get<scoring::Outcome>(explanation.answer);
    view["score"] = outcome.score_text;
    view["predicate"] = outcome.predicate;
    view["derivation"] = json::to_json(outcome.derivation, json::Names{});
    return view;
}

void run_explain(Session& session, const Point& point, const std::string& language) {
    const auto until = until_of(point);
    if (!until) return session.fail(until.error());
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto state = read_appraisal(*workspace, point.token, *until);
    if (!state) return session.fail(state.error());
    const auto policy = published_policy(*workspace, state->policy);
    if (!policy) return session.fail(policy.error());
    if (!*policy) {
        return session.fail(
            error(ErrorCode::corruption,
                  "policy \"" + state->policy + "\" cannot be read; run jejak verify"));
    }
    const auto explanation = appraisal::explain(*state, **policy);
    if (session.json) return print_json(explanation_json(point.token, explanation));
    print_explanation(explanation, **policy,
                      language == "id" ? scoring::Language::id : scoring::Language::en);
}

}  // namespace

void add_show(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand("show", "One appraisal, now or as it stood");
    command->footer("Example: jejak show sofifi-2025-001 --as-of 2025-12-01T08:00:00+07:00");
    add_point(*command, *point);
    command->callback([point, &session] { run_show(session, *point); });
}

void add_history(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto* command = app.add_subcommand("history", "Every event of one appraisal, with its words");
    command->footer("Example: jejak history sofifi-2025-001 --json");
    add_point(*command, *point);
    command->callback([point, &session] { run_history(session, *point); });
}

void add_explain(CLI::App& app, Session& session) {
    auto point = std::make_shared<Point>();
    auto language = std::make_shared<std::string>("id");
    auto* command = app.add_subcommand("explain", "How the score came about, step by step");
    command->footer("Example: jejak explain sofifi-2025-001 --lang en");
    add_point(*command, *point);
    command->add_option("--lang", *language, "id (default) or en")
        ->check(CLI::IsMember({"id", "en"}));
    command->callback([point, language, &session] { run_explain(session, *point, *language); });
}

}  // namespace jejak::tools
