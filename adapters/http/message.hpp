#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jejak::http {

// Names and values in the order in which they came. A value of the same name stands as often as it
// was sent.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// One request whose framing, target and Host were found right (head.hpp, target.hpp).
struct Request {
    std::string method;  // a token, letters as sent: "GET"; HEAD is not turned into GET
    std::string target;  // as sent: "/a%20b?c=d"
    std::string path;    // decoded: "/a b"; UTF-8 without control characters or dot segments;
                         // "*" for OPTIONS *
    Pairs query;         // decoded, "+" is a blank; UTF-8 without control characters
    Pairs headers;       // values without blanks around them; bytes above 0x7F are not checked
    std::string body;    // of a chunked body the data; its trailers are dropped
    std::string remote;  // address of the peer without port: "127.0.0.1", "::1"

    // The first field of this name, letters in either case; none: it was not sent. Host,
    // Content-Length, Content-Type, Authorization and Expect never stand twice.
    // The view lives as long as this request.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

struct Response {
    unsigned status = 200;     // 200..599; anything else is sent as 500
    std::string content_type;  // left out of the answer if empty
    std::string body;
    Pairs headers;  // beside those that the transport owns (reply.hpp)
};

// Answers one request. May be called from any thread, also after the connection or the server is
// gone; the first call counts, a further one is logged and dropped. When the last copy goes away
// uncalled, the answer is 500.
using Answer = std::function<void(Response)>;

// Called on a thread of the executor, by many connections at the same time: it must be safe for
// that, and must not block for long. An exception out of it is logged and answered with 500.
using Handler = std::function<void(Request, Answer)>;

// A refusal as RFC 9457 has it: type "about:blank", title the phrase of the status (section 4.2.1),
// `detail` for a person, and `code`, a stable word for programs. `detail` must be UTF-8.
[[nodiscard]] Response problem(unsigned status, std::string_view code, std::string_view detail);

}  // namespace jejak::http
