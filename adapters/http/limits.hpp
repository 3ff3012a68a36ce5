#pragma once

#include <chrono>
#include <cstddef>

namespace jejak::http {

// What one client may use. "At most": exactly the limit is served, one more is refused.
struct Limits {
    std::size_t header_bytes_max = 16 * 1024;  // request line to empty line, at most
                                               // header_bytes_bound; 431
    std::size_t target_bytes_max = 8 * 1024;   // 414
    std::size_t body_bytes_max = 256 * 1024;   // 413; not of a body that is streamed
    std::size_t connections_max = 1'024;       // 503; see Server

    using Duration = std::chrono::milliseconds;
    // From accept(), or the first byte of a later request, to the end of its header; 408. As long
    // again for the handshake of TLS before it; then the connection is closed.
    Duration header_timeout = std::chrono::seconds(10);
    // End of header to end of body; 408. For each piece of a body that is streamed.
    Duration body_timeout = std::chrono::seconds(30);
    // Between requests of one connection; then it is closed.
    Duration idle_timeout = std::chrono::seconds(60);
    // For the handler to answer; then 503, and the answer is dropped when it comes. It does not run
    // while the handler waits for a piece of a streamed body, nor while the source of an answer
    // takes its time.
    Duration answer_timeout = std::chrono::seconds(60);
    // For each 64 KiB of an answer; then the connection is closed, which is logged.
    Duration write_timeout = std::chrono::seconds(30);
    // For the client to close after the last answer (RFC 9112, section 9.6).
    Duration linger_timeout = std::chrono::seconds(2);
};

// Beast counts the bytes of a field with 16 bits.
inline constexpr std::size_t header_bytes_bound = 60 * 1024;

}  // namespace jejak::http
