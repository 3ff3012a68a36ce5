#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/http/chunked_body.hpp"
#include "adapters/http/head.hpp"
#include "adapters/http/limits.hpp"

namespace jejak::http {

// The body of one request, decoded as it comes in, however it is framed. Not thread-safe.
class FramedBody {
  public:
    // No body: complete from the start.
    FramedBody() = default;
    // A body of any length, where `is_limited` is false.
    FramedBody(const Framing& framing, Limits limits, bool is_limited);

    // Takes what it can from the front of `input` and appends the data to `body`, as
    // ChunkedBody::take() does. Says whether the body is complete.
    [[nodiscard]] Accepted<bool> take(std::string& input, std::string& body);
    [[nodiscard]] bool is_complete() const { return complete_; }

  private:
    bool complete_ = true;
    std::uint64_t bytes_left_ = 0;
    std::optional<ChunkedBody> chunked_;
};

}  // namespace jejak::http
