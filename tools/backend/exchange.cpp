#include "tools/backend/exchange.hpp"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/access/trace_context.hpp"
#include "adapters/auth/base64url.hpp"
#include "adapters/csv/utf8.hpp"
#include "adapters/json/answer.hpp"
#include "tools/backend/sight.hpp"
#include "tools/json_log.hpp"

namespace jejak::tools::backend {
namespace {

constexpr std::size_t page_default = 100, page_max = 500;

template <class Number>
bool read_count(std::string_view text, Number& number) {
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() && number != 0;
}

// Methods that nobody serves are one, so that a client cannot invent metrics.
std::string method_label(const std::string& method) {
    return method == "GET" || method == "HEAD" || method == "POST" ? method : "other";
}

Error not_valid(std::string_view name, const std::string& value, const char* remedy) {
    return error(ErrorCode::invalid_input,
                 "?" + std::string(name) + "=" + value + ": " + std::string(remedy));
}

}  // namespace

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
            break;
    }
    return {500, code, "the service cannot answer this now; its operator finds why in the log"};
}

Problem problem_of(const Rejection& rejection) {
    constexpr std::string_view forbidden[] = {
        "not_permitted",       "not_the_employee",  "not_the_supervisor",
        "not_the_superior",    "own_appraisal",     "own_record",
        "no_mandate",          "outside_scope",     "not_the_decider",
        "not_a_member",        "declared_relation", "on_behalf_needs_an_office",
        "needs_another_person"};
    const auto& rule = rejection.rule;
    unsigned status = 422;
    if (std::find(std::begin(forbidden), std::end(forbidden), rule) != std::end(forbidden)) {
        status = 403;
    } else if (rule == "not_in_this_phase" || rule.starts_with("already_") ||
               rule == "objection_is_final" || rule == "objection_late") {
        status = 409;
    }
    return {status, rule, rejection.message};
}

std::string outcome_of(const Result<runtime::Receipt>& receipt) {
    if (!receipt) return std::string(name_of(receipt.error().code));
    return receipt->repeated ? "repeated" : receipt->rejection ? "refused" : "accepted";
}

std::string tag_of(std::uint64_t version) {
    return "\"" + std::to_string(version) + "\"";
}

http::Response json_response(unsigned status, const boost::json::value& body) {
    return {status, "application/json", boost::json::serialize(body) + "\n", {}};
}

http::Response problem_response(const Problem& problem, Language language,
                                const boost::json::object& more) {
    auto response = http::problem(problem.status, problem.code, problem.detail);
    auto body = boost::json::parse(response.body).as_object();
    if (const auto* wording = wording_of(problem.code)) {
        body["title"] = language == Language::id ? wording->id : wording->en;
        response.headers.emplace_back("Content-Language", language == Language::id ? "id" : "en");
    }
    for (const auto& [name, value] : more)
        body.emplace(name, value);
    response.body = boost::json::serialize(body);
    if (problem.status == 503) response.headers.emplace_back("Retry-After", "1");
    if (problem.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

std::string cursor_of(std::string_view last) {
    return auth::to_base64url(last);
}

std::string Exchange::header(std::string_view name) const {
    const auto value = request.header(name);
    return value ? std::string(*value) : "";
}

std::string Exchange::parameter(std::string_view name) const {
    for (const auto& [known, value] : request.query)
        if (known == name) return value;
    return "";
}

std::vector<std::string> Exchange::parameters(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [known, value] : request.query)
        if (known == name) values.push_back(value);
    return values;
}

bool Exchange::flag(std::string_view name) const {
    return parameter(name) == "true";
}

Result<Until> Exchange::until() const {
    Until until;
    if (const auto text = parameter("as_of"); !text.empty()) {
        const auto moment = parse_instant(text);
        if (!moment) return moment.error();
        until.moment = *moment;
    }
    std::uint64_t number = 0;
    if (const auto text = parameter("at_position"); !text.empty()) {
        if (!read_count(text, number)) return not_valid("at_position", text, "a number from 1 on");
        until.position = Position{number};
    }
    if (const auto text = parameter("at_version"); !text.empty()) {
        if (!read_count(text, number) || number > 0xFFFFFFFFU) {
            return not_valid("at_version", text, "a number from 1 on");
        }
        until.version = static_cast<std::uint32_t>(number);
    }
    return until;
}

Result<std::size_t> Exchange::limit() const {
    const auto text = parameter("limit");
    std::size_t limit = page_default;
    if (!text.empty() && (!read_count(text, limit) || limit > page_max)) {
        return not_valid("limit", text, "a number from 1 to 500");
    }
    return limit;
}

Result<std::string> Exchange::after() const {
    const auto text = parameter("cursor");
    if (text.empty()) return std::string();
    auto last = auth::from_base64url(text);
    if (last) return *last;
    return not_valid("cursor", text, "take the one that came with the page before, as it is");
}

std::optional<ReaderFlags> Exchange::reader() {
    const auto fail_with = [&](const Error& error) {
        fail(error);
        return std::nullopt;
    };
    if (const auto text = parameter("min_position"); !text.empty()) {
        std::uint64_t wanted = 0;
        const auto head = workspace().events().head();
        if (!head) return fail_with(head.error());
        if (!read_count(text, wanted)) {
            return fail_with(not_valid("min_position", text, "a number from 1 on"));
        }
        if (wanted > head->position.value) {
            problem({409, "position_not_reached",
                     "?min_position=" + text + ": the log reaches position " +
                         std::to_string(head->position.value)});
            return std::nullopt;
        }
    }
    if (auto known = workspace().catch_up("people_index"); !known) return fail_with(known.error());
    auto reader = reader_of(workspace(), caller);
    if (!reader) return fail_with(reader.error());
    if (!reader->person.empty() || !reader->office.empty()) return std::move(*reader);
    hidden();
    return std::nullopt;
}

std::optional<ReaderFlags> Exchange::officer() {
    if (caller.offices.empty()) {
        problem({403, "not_permitted",
                 "this is for an auditor, an administrator or a registrar; the caller holds no "
                 "office"});
        return std::nullopt;
    }
    return reader();
}

// The one way out: what is answered is timed, counted and logged here.
void Exchange::answer(http::Response response) const {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_;
    const auto method = method_label(request.method);
    context.request_seconds.with({method, std::to_string(response.status)}).observe(took.count());
    if (context.logs_requests) {
        std::vector<std::string_view> traces;
        for (const auto& [name, value] : request.headers)
            if (boost::beast::iequals(name, "traceparent")) traces.push_back(value);
        log_request({{"method", method},
                     {"route", route.empty() ? "none" : route},
                     {"status", response.status},
                     {"seconds", took.count()},
                     {"trace", access::trace_id_text(access::continued(traces))}});
    }
    answer_(std::move(response));
}

void Exchange::json(const boost::json::value& body, unsigned status) const {
    answer(json_response(status, body));
}

void Exchange::problem(const Problem& problem, const boost::json::object& more) const {
    answer(problem_response(problem, preferred_language(header("Accept-Language")), more));
}

void Exchange::hidden() const {
    problem({404, "not_found", "there is no such appraisal, or nothing of it is for the caller"});
}

void Exchange::unreadable(const std::vector<json::Problem>& problems) const {
    boost::json::array list;
    for (const auto& each : problems)
        list.push_back(boost::json::object{{"pointer", each.pointer},
                                           {"message", csv::to_utf8(each.message)}});
    problem({400, "invalid_input", "the request is not as it should be; see errors"},
            {{"errors", std::move(list)}});
}

void Exchange::receipt(const CommandId& id, const Result<runtime::Receipt>& receipt,
                       unsigned accepted, const std::string& location) const {
    context.commands.with({outcome_of(receipt)}).add();
    if (!receipt) return fail(receipt.error());
    auto view = json::answer(id, receipt);
    if (receipt->rejection) return problem(problem_of(*receipt->rejection), view);
    auto response = json_response(accepted, view);
    response.headers.emplace_back("ETag", tag_of(receipt->version.value));
    response.headers.emplace_back("Jejak-Position", std::to_string(receipt->last.value));
    if (!location.empty()) response.headers.emplace_back("Location", location);
    answer(std::move(response));
}

}  // namespace jejak::tools::backend
