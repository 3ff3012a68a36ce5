#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/http/limits.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/refusal.hpp"

namespace jejak::http {

// How the body of a request is framed (RFC 9112, section 6.3). Never by the end of the connection.
struct Framing {
    bool chunked = false;
    std::uint64_t content_length = 0;  // where it is not chunked
    [[nodiscard]] bool has_body() const { return chunked || content_length > 0; }
    // 413 `body_too_large`, by its Content-Length.
    [[nodiscard]] std::optional<Refusal> fault_of_length(const Limits& limits) const;
};

struct Head {
    Request request;  // all but body, body_source and remote
    Framing framing;
    bool http_1_0 = false;
    bool keep_alive = false;        // the client wants the connection kept
    bool expects_continue = false;  // Expect: 100-continue, with a body to come
};

// How many bytes of `input` are the head of a request, its empty line with it; none: more have to
// come. `scanned` is where to go on looking, 0 at first; the bytes before it have been seen.
// Refused as soon as it is seen: 400 `malformed_request` for a line feed without carriage return
// and for control characters (a head of theirs would never end); 431 `header_too_large` when the
// head is longer than the limit, 414 `target_too_long` if that is because of the target.
[[nodiscard]] Accepted<std::optional<std::size_t>> find_head(std::string_view input,
                                                             std::size_t& scanned,
                                                             const Limits& limits);

// Reads a head that find_head() found. Beast's parser has the grammar; what it lets through and
// RFC 9112 does not, or what two readers might read in two ways (request smuggling), is refused:
//   400 malformed_request     grammar; line folding (section 5.2)
//   400 invalid_framing       Content-Length and Transfer-Encoding together, or one of them twice;
//                             a length that is not digits; Transfer-Encoding in HTTP/1.0
//   400 invalid_host          none in HTTP/1.1, several, or no host (section 3.2)
//   400 duplicate_header      Content-Type, Authorization or Expect twice
//   400 invalid_target        see target.hpp; a target in absolute form whose host is not in Host
//   414 target_too_long
//   417 expectation_failed    Expect with anything but 100-continue
//   501 coding_not_supported  a transfer coding other than chunked
//   501 method_not_supported  CONNECT
//   505 version_not_supported HTTP, but neither 1.0 nor 1.1
[[nodiscard]] Accepted<Head> parse_head(std::string_view head, const Limits& limits);

}  // namespace jejak::http
