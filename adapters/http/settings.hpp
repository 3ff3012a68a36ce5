#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/http/refusal.hpp"
#include "adapters/http/tls_context.hpp"

namespace jejak::http {

// What a server does beside serving plain HTTP to programs; each may be left out.
struct ServerSettings {
    // Whether the body of this request, which has neither body nor body_source yet, is handed over
    // as it comes in (Request::body_source), whatever its length; the handler is called at once
    // then. Called as the handler is. Empty: no body is.
    std::function<bool(const Request& head)> streams_body;

    // Origins ("https://penilaian.example") whose pages may call this server (CORS). There is no
    // wildcard, and none needs credentials: who asks, a bearer token says.
    std::vector<std::string> allowed_origins;

    // Puts a refusal of the transport into words. `accept_language` is that header as sent, ""
    // where it was not understood. Called as the handler is. Empty: problem(), in English.
    std::function<Response(const Refusal& refusal, std::string_view accept_language)> words_of;

    // HTTPS instead of HTTP; null: HTTP.
    std::shared_ptr<const TlsContext> tls;
};

}  // namespace jejak::http
