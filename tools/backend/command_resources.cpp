#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

#include "adapters/intake/fresh_id.hpp"
#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/command_line.hpp"
#include "adapters/json/document.hpp"
#include "engine/record/sealing.hpp"
#include "tools/backend/admission.hpp"
#include "tools/backend/bulk_stream.hpp"
#include "tools/backend/routes.hpp"
#include "tools/backend/sight.hpp"
#include "tools/latest.hpp"
#include "workflows/appraisal/allowed_actions.hpp"

// Verbs are commands: what a request asks for becomes one command of the writer.
namespace jejak::tools::backend {
namespace {

std::string verb_of(std::string_view command) {
    std::string verb(command);
    std::replace(verb.begin(), verb.end(), '_', '-');
    return verb;
}

// The version of If-Match. Problem: it is no ETag of ours.
std::variant<std::optional<std::uint32_t>, Problem> expected_version(const Exchange& exchange) {
    const auto tag = exchange.header("If-Match");
    if (tag.empty()) return std::nullopt;
    std::uint32_t version = 0;
    const auto* end = tag.data() + tag.size() - 1;
    const bool is_quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
    if (is_quoted) {
        const auto [at, fault] = std::from_chars(tag.data() + 1, end, version);
        if (fault == std::errc() && at == end) return version;
    }
    return Problem{400, "invalid_input",
                   "If-Match is the ETag of the version that was read: \"7\""};
}

// The role that the request names, or the one that the records give the caller; "" for none.
std::string acting_role(const Exchange& exchange, const std::string& token,
                        const std::string& command) {
    if (auto role = exchange.header("X-Acting-Role"); !role.empty()) return role;
    const auto person = exchange.workspace().people().find(exchange.caller.id);
    const auto latest = exchange.workspace().latest().of(token);
    static const appraisal::Appraisal unopened;
    const auto& offices = exchange.caller.offices;
    return std::string(appraisal::role_of(latest ? **latest : unopened,
                                          person && *person ? **person : PersonId{},
                                          {offices.begin(), offices.end()}, command));
}

// What is wrong, as pointers into the body and by the names of headers: whoever sends a verb knows
// nothing of the command that is made of it.
std::vector<json::Problem> as_sent(std::vector<json::Problem> problems) {
    constexpr std::string_view data = "/data";
    for (auto& [pointer, message] : problems) {
        if (pointer == "/actor/role") {
            pointer.clear();
            message = "X-Acting-Role: " + message;
        } else if (pointer == data || pointer.starts_with("/data/")) {
            pointer.erase(0, data.size());
        }
    }
    return problems;
}

// The writer's answer, or that there is no such appraisal where even a "no" would say too much.
void answer_command(const ExchangePointer& exchange, const std::string& token, const CommandId& id,
                    const Result<runtime::Receipt>& receipt, unsigned accepted = 200,
                    const std::string& location = {}) {
    const auto too_much = tells_too_much(exchange->workspace(), exchange->caller, token, receipt);
    if (too_much && !*too_much) return exchange->receipt(id, receipt, accepted, location);
    exchange->context.commands.with({outcome_of(receipt)}).add();
    too_much ? exchange->hidden() : exchange->fail(too_much.error());
}

void submit(const ExchangePointer& exchange, runtime::CommandRequest request,
            unsigned accepted = 200, const std::string& location = {}) {
    const CommandId id = request.command_id;
    const auto token = appraisal_of(request);
    exchange->workspace().writer().submit(
        std::move(request),
        [exchange, id, token, accepted, location](Result<runtime::Receipt> receipt) {
            answer_command(exchange, token, id, receipt, accepted, location);
        });
}

void send(const ExchangePointer& exchange, const boost::json::value& whole, const std::string& role,
          unsigned accepted, const std::string& location) {
    std::vector<json::Problem> problems;
    auto request = json::read_command(
        whole, intake_of(*exchange, role, exchange->header("X-On-Behalf-Of")), &problems);
    if (!request) {
        return problems.empty() ? exchange->fail(request.error())
                                : exchange->unreadable(as_sent(std::move(problems)));
    }
    submit(exchange, std::move(*request), accepted, location);
}

// Idempotency-Key and If-Match into a command, as its id and its expected version. Problem: they
// cannot be read, or the command itself says something else.
std::optional<Problem> put_headers(const Exchange& exchange, boost::json::object& whole) {
    if (const auto id = exchange.header("Idempotency-Key"); !id.empty()) {
        if (const auto known = CommandId::make(id); !known) {
            return Problem{400, "invalid_input", "Idempotency-Key: " + known.error().message};
        }
        const auto& said = whole.emplace("command_id", id).first->value();
        if (said != boost::json::string(id)) {
            return Problem{400, "invalid_input",
                           "Idempotency-Key and \"command_id\" differ; say one of them"};
        }
    }
    const auto version = expected_version(exchange);
    if (const auto* wrong = std::get_if<Problem>(&version)) return *wrong;
    const auto& seen = std::get<0>(version);
    if (!seen) return std::nullopt;
    const auto& said = whole.emplace("expected_version", *seen).first->value();
    if (said == boost::json::value(*seen) || said == boost::json::value(std::int64_t{*seen})) {
        return std::nullopt;
    }
    return Problem{400, "invalid_input",
                   "If-Match and \"expected_version\" differ; say one of them"};
}

// A command about an appraisal, whose body is the command's data.
void send_command(const ExchangePointer& exchange, const std::string& token,
                  const std::string& command, boost::json::value data, unsigned accepted,
                  const std::string& location) {
    if (!data.is_object()) return exchange->unreadable({{"", "is no object; send {…}"}});
    boost::json::object whole{{"command", command}, {"appraisal", token}};
    whole["data"] = std::move(data);
    if (const auto wrong = put_headers(*exchange, whole)) return exchange->problem(*wrong);
    const auto role = acting_role(*exchange, token, command);
    if (role.empty()) {
        const auto seen = sees(exchange->workspace(), exchange->caller, token);
        if (!seen) return exchange->fail(seen.error());
        if (command != "open_appraisal" && !*seen) return exchange->hidden();
        return exchange->problem({403, "not_permitted",
                                  "this command is not for the caller; GET "
                                  "/v1/appraisals/{id}/actions says what is"});
    }
    if (!may_act_as(exchange->caller, role)) {
        return exchange->problem({403, "not_permitted", "the caller holds no office of " + role});
    }
    send(exchange, whole, role, accepted, location);
}

// The body, or nothing after it was answered that it is no JSON.
std::optional<boost::json::value> body_of(const Exchange& exchange) {
    if (exchange.request.body.empty()) return boost::json::value(boost::json::object());
    std::vector<json::Problem> problems;
    auto body = json::parse_document(exchange.request.body, problems);
    if (problems.empty()) return body;
    exchange.unreadable(problems);
    return std::nullopt;
}

}  // namespace

namespace handle {

// The body is the command's data, with the name of the appraisal where the caller chooses it.
void open_appraisal(const ExchangePointer& exchange) {
    auto body = body_of(*exchange);
    if (!body) return;
    std::string token = "a-" + intake::fresh_id(exchange->workspace().clock());
    if (auto* object = body->if_object()) {
        if (const auto* given = object->if_contains("appraisal")) {
            if (!given->is_string()) {
                return exchange->unreadable({{"/appraisal", "its name is a text"}});
            }
            token = given->as_string();
            object->erase("appraisal");
        }
    }
    send_command(exchange, token, "open_appraisal", std::move(*body), 201,
                 "/v1/appraisals/" + token);
}

void verb(const ExchangePointer& exchange) {
    std::string command = exchange->parts.at(1);
    const bool has_line = command.find('_') != std::string::npos;
    std::replace(command.begin(), command.end(), '-', '_');
    const auto* entry = json::find_command(command);
    if (entry == nullptr || entry->workflow != "appraisal" || has_line) {
        return exchange->problem({404, "no_such_resource",
                                  "there is no command \"" + exchange->parts.at(1) +
                                      "\" about an appraisal; GET /v1/commands lists all"});
    }
    if (const auto stream = json::appraisal_stream(exchange->parts.at(0)); !stream) {
        return exchange->fail(stream.error());
    }
    auto body = body_of(*exchange);
    if (!body) return;
    send_command(exchange, exchange->parts.at(0), command, std::move(*body), 200, {});
}

// One command as the command line takes them, of any workflow; or many, a line each.
void command(const ExchangePointer& exchange) {
    if (exchange->request.body_source) return stream_commands(exchange);
    std::vector<json::Problem> problems;
    auto document = json::parse_document(exchange->request.body, problems);
    if (!problems.empty()) return exchange->unreadable(problems);
    if (auto* whole = document.if_object()) {
        if (const auto wrong = put_headers(*exchange, *whole)) return exchange->problem(*wrong);
    }
    auto admitted = admit_document(*exchange, std::move(document));
    if (const auto* no = std::get_if<Refused>(&admitted)) {
        return no->problems.empty() ? exchange->problem(no->problem)
                                    : exchange->unreadable(no->problems);
    }
    submit(exchange, std::move(std::get<runtime::CommandRequest>(admitted)));
}

void commands(const ExchangePointer& exchange) {
    boost::json::array all;
    for (const auto& entry : json::command_catalogue()) {
        boost::json::object view{
            {"command", entry.name},
            {"workflow", entry.workflow},
            {"summary", boost::json::object{{"id", entry.summary_id}, {"en", entry.summary_en}}},
            {"example", boost::json::parse(entry.example)},
            {"request", json::request_schema(entry)}};
        if (entry.workflow == "appraisal") {
            view["href"] = "/v1/appraisals/{id}/" + verb_of(entry.name);
        }
        all.push_back(std::move(view));
    }
    exchange->json(all);
}

}  // namespace handle

}  // namespace jejak::tools::backend
