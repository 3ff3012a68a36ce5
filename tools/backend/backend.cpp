#include "tools/backend/backend.hpp"

#include <boost/beast/core/string.hpp>

#include "tools/backend/bulk_stream.hpp"
#include "tools/backend/routes.hpp"

namespace jejak::tools::backend {
namespace {

bool has_body(const http::Request& request) {
    return !request.body.empty() || request.body_source != nullptr;
}

// A body is JSON, and says so: what a page of another origin may send without asking is not
// (RFC 9110, section 15.5.16).
std::optional<Problem> check_body(const Route& route, const Exchange& exchange) {
    if (!has_body(exchange.request)) return std::nullopt;
    if (route.method != "POST") {
        return Problem{400, "invalid_input", "a " + std::string(route.method) + " has no body"};
    }
    auto type = exchange.header("Content-Type");
    if (const auto coding = exchange.header("Content-Encoding");
        !coding.empty() && !boost::beast::iequals(coding, "identity")) {
        return Problem{415, "unsupported_media_type", "send it as it is, without Content-Encoding"};
    }
    const bool is_many = exchange.request.body_source != nullptr;
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' '))
        type.pop_back();
    if (is_many || boost::beast::iequals(type, "application/json")) return std::nullopt;
    return Problem{
        415, "unsupported_media_type",
        "send Content-Type: application/json" +
            std::string(route.path == "/v1/commands" ? ", or application/x-ndjson for many" : "")};
}

// False: nobody was let in, and was told why.
bool identify(const Route& route, const ExchangePointer& exchange) {
    auto& gate = exchange->context.gate;
    if (const auto ticket = exchange->parameter("ticket"); route.by_ticket && !ticket.empty()) {
        auto caller = gate.tickets().redeem(ticket);
        if (caller) return exchange->caller = std::move(*caller), true;
        return exchange->problem({401, "ticket_not_valid", caller.error().message}), false;
    }
    const auto turned = gate.admit(exchange->request, exchange->caller);
    if (!turned) return true;
    auto response = problem_response({turned->status, turned->code, turned->detail},
                                     preferred_language(exchange->header("Accept-Language")));
    if (turned->retry_after) {
        response.headers.emplace_back("Retry-After", std::to_string(turned->retry_after->count()));
    }
    exchange->answer(std::move(response));
    return false;
}

void run(const ExchangePointer& exchange) {
    const auto& request = exchange->request;
    auto routed = route_of(request.method, request.path);
    if (routed.allowed.empty()) {
        return exchange->problem({404, "no_such_resource", "there is nothing at " + request.path});
    }
    if (routed.route == nullptr) {
        auto response =
            problem_response({405, "method_not_allowed", request.path + " takes " + routed.allowed},
                             preferred_language(exchange->header("Accept-Language")));
        response.headers.emplace_back("Allow", routed.allowed);
        return exchange->answer(std::move(response));
    }
    const Route& route = *routed.route;
    exchange->parts = std::move(routed.parts);
    exchange->route = route.path;
    if (!route.for_anybody && !exchange->is_known && !identify(route, exchange)) return;
    if (const auto wrong = check_query(route, request.query)) return exchange->problem(*wrong);
    if (const auto wrong = check_body(route, *exchange)) return exchange->problem(*wrong);
    route.handle(exchange);
}

}  // namespace

void Backend::handle(http::Request request, http::Answer answer) {
    run(std::make_shared<Exchange>(context_, std::move(request), std::move(answer)));
}

void Backend::handle_as(Caller caller, http::Request request, http::Answer answer) {
    auto exchange = std::make_shared<Exchange>(context_, std::move(request), std::move(answer));
    exchange->caller = std::move(caller);
    exchange->is_known = true;
    run(exchange);
}

bool Backend::streams_body(const http::Request& head) {
    return head.method == "POST" && head.path == "/v1/commands" &&
           is_json_lines(head.header("Content-Type").value_or(""));
}

http::Response Backend::words_of(const http::Refusal& refusal, std::string_view accept_language) {
    return problem_response({refusal.status, refusal.code, refusal.detail},
                            preferred_language(accept_language));
}

}  // namespace jejak::tools::backend
