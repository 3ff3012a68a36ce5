#include "tools/service.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/json/answer.hpp"
#include "adapters/json/appraisal_view.hpp"
#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/command_line.hpp"
#include "adapters/json/document.hpp"
#include "engine/record/randomness.hpp"
#include "tools/explanation.hpp"
#include "tools/point.hpp"
#include "tools/reader.hpp"
#include "tools/shown_record.hpp"
#include "workflows/appraisal/allowed_actions.hpp"
#include "workflows/appraisal/permission.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
namespace {

using http::Request;
using http::Response;

// ---- answers

Response json_response(unsigned status, const boost::json::value& body) {
    return {status, "application/json", boost::json::serialize(body) + "\n", {}};
}

struct Problem {
    unsigned status = 500;
    std::string code, detail;
};

// `more` are members beside those of RFC 9457.
Response problem_response(const Problem& problem, const boost::json::object& more = {}) {
    Response response = http::problem(problem.status, problem.code, problem.detail);
    if (!more.empty()) {
        auto body = boost::json::parse(response.body).as_object();
        for (const auto& [name, value] : more)
            body.emplace(name, value);
        response.body = boost::json::serialize(body);
    }
    if (problem.status == 503) response.headers.emplace_back("Retry-After", "1");
    if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

Problem problem_of(const Error& error) {
    const std::string code(name_of(error.code));
    switch (error.code) {
        case ErrorCode::invalid_input:
            return {400, code, error.message};
        case ErrorCode::not_found:
            return {404, code, error.message};
        case ErrorCode::version_conflict:
            return {412, code, error.message};
        case ErrorCode::duplicate_command:
            return {422, code, error.message};
        case ErrorCode::overloaded:
        case ErrorCode::outcome_unknown:
        case ErrorCode::stopped:
            return {503, code, error.message};
        case ErrorCode::environment:
        case ErrorCode::corruption:
        case ErrorCode::unsupported:
        case ErrorCode::defect:
            break;  // what is wrong here is for the operator's log
    }
    return {500, code, "the service cannot answer this now; its operator finds why in the log"};
}

// Who may not is 403, what is too late or too early 409, what was asked wrongly 422.
unsigned status_of(const Rejection& no) {
    constexpr std::string_view forbidden[] = {
        "not_permitted",       "not_the_employee",  "not_the_supervisor",
        "not_the_superior",    "own_appraisal",     "own_record",
        "no_mandate",          "outside_scope",     "not_the_decider",
        "not_a_member",        "declared_relation", "on_behalf_needs_an_office",
        "needs_another_person"};
    if (std::find(std::begin(forbidden), std::end(forbidden), no.rule) != std::end(forbidden)) {
        return 403;
    }
    const bool is_state = no.rule == "not_in_this_phase" || no.rule.starts_with("already_") ||
                          no.rule == "objection_is_final" || no.rule == "objection_late";
    return is_state ? 409 : 422;
}

std::string tag_of(std::uint64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

Response receipt_response(const CommandId& id, const Result<runtime::Receipt>& receipt) {
    if (!receipt) return problem_response(problem_of(receipt.error()));
    auto view = json::answer(id, receipt);
    if (receipt->rejection) {
        const auto& no = *receipt->rejection;
        return problem_response({status_of(no), no.rule, no.message}, view);
    }
    Response response = json_response(200, view);
    response.headers.emplace_back("ETag", tag_of(receipt->version.value));
    return response;
}

// ---- what was asked

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(path.starts_with('/') ? 1 : 0);
        const auto slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash);
    }
    return segments;
}

std::string header_text(const Request& request, std::string_view name) {
    const auto value = request.header(name);
    return value ? std::string(*value) : "";
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() && number != 0;
}

// ?as_of=, ?at_position=, ?at_version=. Errors: invalid_input, naming the parameter.
Result<Until> until_of_query(const Request& request) {
    Until until;
    for (const auto& [name, value] : request.query) {
        if (name == "as_of") {
            const auto moment = parse_instant(value);
            if (!moment) return moment.error();
            until.moment = *moment;
            continue;
        }
        std::uint64_t number = 0;
        if (!read_number(value, number)) {
            return error(
                ErrorCode::invalid_input,
                "?" + name + "=" + value +
                    ": known are as_of (a moment such as "
                    "2026-03-01T08:00:00+07:00), at_position and at_version (numbers from 1)");
        }
        if (name == "at_position") {
            until.position = Position{number};
        } else if (name == "at_version" && number <= 0xFFFFFFFFU) {
            until.version = static_cast<std::uint32_t>(number);
        } else {
            return error(ErrorCode::invalid_input,
                         "?" + name + ": known are as_of, at_position and at_version");
        }
    }
    return until;
}

// One request, from one caller, to its answer.
class Exchange : public std::enable_shared_from_this<Exchange> {
  public:
    Exchange(Workspace& workspace, const Callers& callers, Request request, http::Answer answer)
        : workspace_(workspace),
          callers_(callers),
          request_(std::move(request)),
          answer_(std::move(answer)),
          path_(segments_of(request_.path)) {}

    void run() {
        if (path_ == std::vector<std::string>{"healthz"}) return only_get([&] { health(); });
        if (path_ == std::vector<std::string>{"readyz"}) return only_get([&] { readiness(); });
        if (path_.empty() || path_.front() != "v1") return no_such_resource();
        auto caller = callers_.identify(
            header_text(request_, "Authorization"), header_text(request_, "X-Jejak-Person"),
            header_text(request_, "X-Jejak-Offices"), workspace_.clock().now());
        if (!caller) return problem({401, "not_authenticated", caller.error().message});
        caller_ = std::move(*caller);
        route();
    }

  private:
    void problem(const Problem& problem) { answer_(problem_response(problem)); }
    void fail(const Error& error) { problem(problem_of(error)); }
    void no_such_resource() {
        problem({404, "no_such_resource", "there is nothing at " + request_.path});
    }
    void wrong_method(const char* allowed) {
        Response response = problem_response(
            {405, "method_not_allowed", request_.path + " takes " + std::string(allowed)});
        response.headers.emplace_back("Allow", allowed);
        answer_(std::move(response));
    }
    template <class Then>
    void only_get(const Then& then) {
        request_.method == "GET" || request_.method == "HEAD" ? then() : wrong_method("GET, HEAD");
    }

    void health() { answer_(json_response(200, boost::json::object{{"status", "ok"}})); }
    void readiness() {
        const auto head = workspace_.events().head();
        if (!head) return fail(head.error());
        answer_(json_response(
            200, boost::json::object{{"status", "ready"}, {"position", head->position.value}}));
    }

    void route() {
        const auto size = path_.size();
        if (size == 2 && path_[1] == "commands") {
            if (request_.method == "POST") return post_commands();
            return only_get([&] { show_commands(); });
        }
        if (size < 3 || path_[1] != "appraisals") return no_such_resource();
        token_ = path_[2];
        if (size == 3) return only_get([&] { read(&Exchange::show); });
        if (size != 4) return no_such_resource();
        const auto& what = path_[3];
        if (what == "history") return only_get([&] { read(&Exchange::history); });
        if (what == "explanation") return only_get([&] { read(&Exchange::explain); });
        if (what == "actions") return only_get([&] { read(&Exchange::actions); });
        if (request_.method != "POST") return wrong_method("POST");
        post_verb(what);
    }

    // ---- commands

    [[nodiscard]] bool holds(const std::string& role) const {
        const bool is_office = role == roles::administrator || role == roles::registrar;
        return role != system_role && (!is_office || caller_.offices.contains(role));
    }
    [[nodiscard]] json::Intake intake(const std::string& role,
                                      const std::string& on_behalf_of) const {
        return {workspace_.people(), workspace_.clock(), "http",
                json::OutsideActor{caller_.id, role, on_behalf_of}};
    }

    // POST /v1/appraisals/{id}/submit-review: the body is the command's data.
    void post_verb(std::string verb) {
        std::replace(verb.begin(), verb.end(), '-', '_');
        const auto* entry = json::find_command(verb);
        if (entry == nullptr || entry->workflow != "appraisal") return no_such_resource();
        std::vector<json::Problem> problems;
        auto data = request_.body.empty() ? boost::json::value(boost::json::object())
                                          : json::parse_document(request_.body, problems);
        if (!problems.empty()) return unreadable(problems);
        boost::json::object command{{"command", verb}, {"appraisal", token_}};
        command["data"] = std::move(data);
        if (const auto id = header_text(request_, "Idempotency-Key"); !id.empty()) {
            command["command_id"] = id;
        }
        if (auto tag = header_text(request_, "If-Match"); !tag.empty()) {
            std::uint32_t version = 0;
            const bool is_quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
            if (!is_quoted ||
                !read_number(std::string_view(tag).substr(1, tag.size() - 2), version)) {
                return problem({400, "invalid_input",
                                "If-Match is the ETag of the version that was read: \"7\""});
            }
            command["expected_version"] = version;
        }
        const std::string role = acting_role(verb);
        if (role.empty() || !holds(role)) {
            return problem({403, "not_permitted",
                            role.empty() ? "this command is not for the caller; GET "
                                           "/v1/appraisals/{id}/actions says what is"
                                         : "the caller holds no office of " + role});
        }
        submit(boost::json::serialize(command), role);
    }

    // The role that the request names, or the one that the records give the caller.
    [[nodiscard]] std::string acting_role(const std::string& verb) const {
        if (auto role = header_text(request_, "X-Acting-Role"); !role.empty()) return role;
        const auto person = workspace_.people().find(caller_.id);
        const bool is_known = person && *person;
        appraisal::Appraisal state;
        if (auto now = read_appraisal(workspace_, token_, {})) state = std::move(*now);
        const std::vector<std::string> offices(caller_.offices.begin(), caller_.offices.end());
        for (const auto& action :
             appraisal::allowed_actions(state, is_known ? **person : PersonId{}, offices)) {
            if (action.command == verb) return std::string(action.role);
        }
        return "";
    }

    void submit(const std::string& text, const std::string& role) {
        std::vector<json::Problem> problems;
        auto request = json::parse_command(
            text, intake(role, header_text(request_, "X-On-Behalf-Of")), &problems);
        if (!request) {
            return problems.empty() ? fail(request.error()) : unreadable(problems);
        }
        const CommandId id = request->command_id;
        workspace_.writer().submit(
            std::move(*request), [self = shared_from_this(), id](Result<runtime::Receipt> receipt) {
                self->answer_(receipt_response(id, receipt));
            });
    }

    void unreadable(const std::vector<json::Problem>& problems) {
        boost::json::array list;
        for (const auto& each : problems) {
            list.push_back(
                boost::json::object{{"pointer", each.pointer}, {"message", each.message}});
        }
        answer_(problem_response(
            {400, "invalid_input", "the command is not as it should be; see errors"},
            {{"errors", std::move(list)}}));
    }

    // POST /v1/commands: one command as the command line takes them, of any workflow.
    void post_commands() {
        std::vector<json::Problem> problems;
        const auto value = json::parse_document(request_.body, problems);
        if (!problems.empty()) return unreadable(problems);
        const auto* command = value.if_object();
        const auto* actor = command == nullptr ? nullptr : command->if_contains("actor");
        const auto* role = actor != nullptr && actor->is_object()
                               ? actor->get_object().if_contains("role")
                               : nullptr;
        const std::string acting =
            role != nullptr && role->is_string() ? std::string(role->as_string()) : "";
        if (acting.empty()) {
            return problem({400, "invalid_input", "say in which role: \"actor\": {\"role\": …}"});
        }
        if (!holds(acting)) {
            return problem({403, "not_permitted", "the caller holds no office of " + acting});
        }
        boost::json::object whole = *command;
        auto& members = whole["actor"].as_object();
        const auto* given = members.if_contains("id");
        if (given != nullptr && *given != boost::json::string(caller_.id)) {
            return problem(
                {403, "not_permitted", "\"actor\" names another person than the caller"});
        }
        std::string behalf;
        if (const auto* other = members.if_contains("on_behalf_of"); other && other->is_string()) {
            behalf = other->as_string();
        }
        whole.erase("actor");
        std::vector<json::Problem> faults;
        auto request =
            json::parse_command(boost::json::serialize(whole), intake(acting, behalf), &faults);
        if (!request) return faults.empty() ? fail(request.error()) : unreadable(faults);
        const CommandId id = request->command_id;
        workspace_.writer().submit(
            std::move(*request), [self = shared_from_this(), id](Result<runtime::Receipt> receipt) {
                self->answer_(receipt_response(id, receipt));
            });
    }

    void show_commands() {
        boost::json::array all;
        for (const auto& entry : json::command_catalogue()) {
            all.push_back(boost::json::object{
                {"command", entry.name},
                {"workflow", entry.workflow},
                {"summary",
                 boost::json::object{{"id", entry.summary_id}, {"en", entry.summary_en}}},
                {"example", boost::json::parse(entry.example)},
                {"request", json::request_schema(entry)}});
        }
        answer_(json_response(200, all));
    }

    // ---- reads

    // What a caller may not see does not exist for her: who asks cannot tell the two apart.
    void read(void (Exchange::*then)(const ReaderFlags&, const Until&)) {
        const auto until = until_of_query(request_);
        if (!until) return fail(until.error());
        // What was acknowledged before is seen, names included.
        if (auto known = workspace_.catch_up("people_index"); !known) return fail(known.error());
        ReaderFlags reader{caller_.id, "", false};
        for (const char* office : {"auditor", "administrator", "registrar"}) {
            if (reader.office.empty() && caller_.offices.contains(office)) reader.office = office;
        }
        const auto person = workspace_.people().find(caller_.id);
        if (!person) return fail(person.error());
        // An officer whom the log does not know yet reads by the office alone.
        if (!*person) reader.person.clear();
        if (reader.person.empty() && reader.office.empty()) return hidden();
        (this->*then)(reader, *until);
    }
    void hidden() {
        problem(
            {404, "not_found", "there is no such appraisal, or nothing of it is for the caller"});
    }
    void refuse(const Error& error) { error.code == ErrorCode::not_found ? hidden() : fail(error); }

    void show(const ReaderFlags& reader, const Until& until) {
        const auto reading = Reading::of(workspace_, reader, token_);
        if (!reading) return refuse(reading.error());
        const auto state = reading->state(workspace_, until);
        if (!state) return refuse(state.error());
        auto view = json::view_appraisal(token_, *state, workspace_.identifiers());
        if (!view) return fail(view.error());
        const auto tag = tag_of(state->version);
        if (header_text(request_, "If-None-Match") == tag) {
            return answer_({304, "application/json", "", {{"ETag", tag}}});
        }
        Response response = json_response(200, *view);
        response.headers.emplace_back("ETag", tag);
        answer_(std::move(response));
    }

    void history(const ReaderFlags& reader, const Until& until) {
        const auto reading = Reading::of(workspace_, reader, token_);
        if (!reading) return refuse(reading.error());
        boost::json::array records;
        std::uint64_t withheld = 0;
        const auto visit = [&](const ShownRecord& record) {
            record.view ? records.push_back(*record.view) : void(++withheld);
            return true;
        };
        const auto read = for_each_shown(workspace_, token_, until, *reading, visit);
        if (!read) return fail(read.error());
        answer_(json_response(200, boost::json::object{{"appraisal", token_},
                                                       {"records", std::move(records)},
                                                       {"withheld", withheld}}));
    }

    void explain(const ReaderFlags& reader, const Until& until) {
        const auto explained = read_explanation(workspace_, token_, until, reader);
        if (!explained) return refuse(explained.error());
        answer_(json_response(200, explanation_json(token_, *explained)));
    }

    void actions(const ReaderFlags& reader, const Until& until) {
        const auto reading = Reading::of(workspace_, reader, token_);
        if (!reading) return refuse(reading.error());
        if (!until.is_the_end()) {
            return problem(
                {400, "invalid_input", "actions are those of now; leave the moment out"});
        }
        const auto person = workspace_.people().find(caller_.id);
        if (!person) return fail(person.error());
        const std::vector<std::string> offices(caller_.offices.begin(), caller_.offices.end());
        boost::json::array allowed, others;
        for (const auto& action :
             appraisal::allowed_actions(reading->now(), person->value_or(PersonId{}), offices)) {
            std::string verb(action.command);
            std::replace(verb.begin(), verb.end(), '_', '-');
            boost::json::object view{{"command", action.command},
                                     {"role", action.role},
                                     {"href", "/v1/appraisals/" + token_ + "/" + verb}};
            if (action.reason.empty()) {
                allowed.push_back(std::move(view));
                continue;
            }
            view["code"] = action.rule;
            view["reason"] = action.reason;
            others.push_back(std::move(view));
        }
        answer_(json_response(200, boost::json::object{{"appraisal", token_},
                                                       {"allowed", std::move(allowed)},
                                                       {"not_allowed", std::move(others)}}));
    }

    Workspace& workspace_;
    const Callers& callers_;
    const Request request_;
    const http::Answer answer_;
    const std::vector<std::string> path_;
    Caller caller_;
    std::string token_;
};

}  // namespace

void Service::handle(http::Request request, http::Answer answer) {
    std::make_shared<Exchange>(workspace_, callers_, std::move(request), std::move(answer))->run();
}

}  // namespace jejak::tools
