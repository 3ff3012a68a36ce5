#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/result.hpp"

namespace jejak::http {

// Names and values in the order in which they came. A value of the same name stands as often as it
// was sent.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// The body of a request as it comes in, for requests that are too large to be held in memory
// (ServerSettings::streams_body). Nothing is taken from the client while nobody reads, so that one
// who sends faster than he is read has to wait. Thread-safe.
class BodyReader {
  public:
    virtual ~BodyReader() = default;

    // `take` is called once, on a thread of the executor or, where the connection is gone, on this
    // one: with the next piece of the decoded body, 1 byte to 64 KiB; with none: the body is
    // complete. Errors: invalid_input if the client broke it off, let the server wait longer than
    // body_timeout for a piece, or framed it wrongly; stopped if the server stops; defect if a read
    // is under way. After an error there is nothing more to read; the request may still be answered
    // and its connection is closed then. Who answers without having read to the end gets no more.
    // A client that waits to be asked for the body (Expect: 100-continue) is asked by the first
    // read, unless the answer has begun.
    using Take = std::function<void(Result<std::optional<std::string>>)>;
    virtual void read(Take take) = 0;
};

// The body of an answer that is made while it is sent: what takes long, what is large, and what
// never ends (Server-Sent Events).
class BodySource {
  public:
    // On a thread of the executor, as soon as the last piece is sent or the connection has gone:
    // the client closed its side (also one that would still read), it took nothing for
    // write_timeout, or the server stopped.
    virtual ~BodySource() = default;

    // Called by the connection each time that it can send more, never twice at a time. `give` is
    // called once, now or at any time later, from any thread: with a chunk (an empty one sends
    // nothing, and more is asked for), or with none: that was all. When the last copy of it goes
    // away uncalled, the answer is broken off, so that the client can not take it for whole.
    using Give = std::function<void(std::optional<std::string>)>;
    virtual void next(Give give) = 0;

    // Whether a stop of the server ends it, whole as far as the client sees. False: it is sent to
    // its end, for each piece of which there is answer_timeout then.
    [[nodiscard]] virtual bool is_endless() const { return true; }
};

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
    // Instead of `body`, which is empty then, where it is streamed; else null.
    std::shared_ptr<BodyReader> body_source;

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
    // If not null, the body comes from here, and `body` is not sent.
    std::shared_ptr<BodySource> source = nullptr;
};

// Answers one request. May be called from any thread, also after the connection or the server is
// gone; the first call counts, a further one is logged and dropped. When the last copy goes away
// uncalled, the answer is 500.
using Answer = std::function<void(Response)>;

// Called on a thread of the executor, by many connections at the same time: it must be safe for
// that, and must not block for long. An exception out of it is logged and answered with 500.
using Handler = std::function<void(Request, Answer)>;

// A refusal as RFC 9457 has it: type "about:blank", title the phrase of the status (section 4.2.1),
// `detail` for a person, and `code`, a stable word for programs. What is no UTF-8 in `detail`,
// which may quote headers, becomes U+FFFD.
[[nodiscard]] Response problem(unsigned status, std::string_view code, std::string_view detail);

}  // namespace jejak::http
