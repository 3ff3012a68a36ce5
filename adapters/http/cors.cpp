#include "adapters/http/cors.hpp"

#include <algorithm>

namespace jejak::http {
namespace {

constexpr std::string_view methods_of_pages = "GET, HEAD, POST";
constexpr std::string_view headers_of_pages =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
    "Jejak-Position, X-Acting-Role, X-On-Behalf-Of";
constexpr std::string_view seconds_of_preflight = "3600";

}  // namespace

bool is_origin(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        const auto host = text.substr(scheme.size());
        return !host.empty() && std::all_of(host.begin(), host.end(), [](char byte) {
            return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                   std::string_view(".-_:[]").find(byte) != std::string_view::npos;
        });
    }
    return false;
}

std::string_view allowed_origin_of(const Request& request,
                                   const std::vector<std::string>& allowed) {
    if (allowed.empty()) return {};
    const auto origin = request.header("Origin");
    const auto found = origin ? std::find(allowed.begin(), allowed.end(), *origin) : allowed.end();
    return found == allowed.end() ? std::string_view() : *found;
}

bool is_preflight(const Request& request) {
    return request.method == "OPTIONS" && request.header("Origin") &&
           request.header("Access-Control-Request-Method");
}

Response preflight_answer() {
    Response response;
    response.status = 204;
    response.headers = {{"Access-Control-Allow-Methods", std::string(methods_of_pages)},
                        {"Access-Control-Allow-Headers", std::string(headers_of_pages)},
                        {"Access-Control-Max-Age", std::string(seconds_of_preflight)}};
    return response;
}

}  // namespace jejak::http
