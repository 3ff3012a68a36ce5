#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"

namespace jejak::http {

// How an answer goes onto the wire.
struct Delivery {
    bool head_only = false;   // the request was HEAD: the header of the answer, not its body
    bool close = false;       // "Connection: close"
    bool keep_alive = false;  // "Connection: keep-alive": asked for by HTTP/1.0
};

// The bytes of an answer.
struct Reply {
    std::string head;  // status line to empty line
    std::string body;  // empty where none is sent
};

// Beside the handler's headers every answer has Date, Content-Length (but 204 and 304: RFC 9110,
// section 8.6), X-Content-Type-Options: nosniff, a Content-Security-Policy that lets nothing load,
// and Cache-Control: no-store unless the handler says otherwise. There is no Server.
// The transport owns Connection, Content-Length, Content-Type (Response::content_type),
// Content-Security-Policy, Date, Keep-Alive, Server, Trailer, Transfer-Encoding, Upgrade and
// X-Content-Type-Options: a handler's field of that name, one whose name is no token and one whose
// value has a control character is dropped and logged by name, since it would let whoever wrote it
// forge answers. A status outside 200..599 is logged and sent as 500 without detail.
[[nodiscard]] Reply reply_of(Response response, const Delivery& delivery,
                             std::chrono::system_clock::time_point now);

// IMF-fixdate (RFC 9110, section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", in any locale.
[[nodiscard]] std::string http_date(std::chrono::system_clock::time_point time);

}  // namespace jejak::http
