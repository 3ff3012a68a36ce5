#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"

namespace jejak::http {

// How an answer goes onto the wire.
struct Delivery {
    bool head_only = false;         // the request was HEAD: the header of the answer, not its body
    bool close = false;             // "Connection: close"
    bool keep_alive = false;        // "Connection: keep-alive": asked for by HTTP/1.0
    bool http_1_0 = false;          // knows no chunks: what is streamed ends with the connection
    bool secure = false;            // through TLS
    bool varies_by_origin = false;  // there are origins whose pages may read answers
    std::string_view origin;        // the one that asked, if it is one of them
};

// The bytes of an answer.
struct Reply {
    std::string head;  // status line to empty line
    std::string body;  // empty where none is sent
    // Where the body comes from, if it is streamed and to be sent; each piece of it as a chunk
    // (RFC 9112, section 7.1), where `chunked`.
    std::shared_ptr<BodySource> source;
    bool chunked = false;
    bool close = false;  // the head says that the connection ends with this answer
};

// Beside the handler's headers every answer has Date, Content-Length (but 204 and 304: RFC 9110,
// section 8.6; what is streamed is chunked), X-Content-Type-Options: nosniff, Referrer-Policy:
// no-referrer, through TLS Strict-Transport-Security for a year, and, unless the handler says
// otherwise, Cache-Control: no-store and a Content-Security-Policy that lets nothing load and
// nobody frame it. There is no Server. Pages of allowed origins may read it, with ETag, Location,
// Retry-After and Jejak-Position (Access-Control-Allow-Origin, -Expose-Headers; Vary: Origin).
// The transport owns Access-Control-Allow-Credentials, -Allow-Origin and -Expose-Headers,
// Connection, Content-Length, Content-Type (Response::content_type), Date, Keep-Alive,
// Referrer-Policy, Server, Strict-Transport-Security, Trailer, Transfer-Encoding, Upgrade and
// X-Content-Type-Options: a handler's field of that name, one whose name is no token and one whose
// value has a control character is dropped and logged by name, since it would let whoever wrote it
// forge answers. A status outside 200..599 is logged and sent as 500 without detail.
[[nodiscard]] Reply reply_of(Response response, const Delivery& delivery,
                             std::chrono::system_clock::time_point now);

// IMF-fixdate (RFC 9110, section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", in any locale.
[[nodiscard]] std::string http_date(std::chrono::system_clock::time_point time);

}  // namespace jejak::http
