#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/http/limits.hpp"
#include "adapters/http/refusal.hpp"

namespace jejak::http {

// Decodes the chunked transfer coding (RFC 9112, section 7.1) as it comes in, stricter than Beast:
// every line ends with CR LF, no blanks around a chunk's size, no control characters in an
// extension. Extensions are dropped, and so are trailers, which nobody may take for headers.
// Not thread-safe.
class ChunkedBody {
  public:
    explicit ChunkedBody(const Limits& limits)
        : body_bytes_max_(limits.body_bytes_max), trailer_bytes_left_(limits.header_bytes_max) {}

    // Takes what it can from the front of `input`, appends the data to `body`, and says whether the
    // body is complete; what follows it stays in `input`. Refused: 400 `malformed_chunk`; 413
    // `body_too_large`, as soon as a size says so; 431 `header_too_large` for trailers.
    [[nodiscard]] Accepted<bool> take(std::string& input, std::string& body);

  private:
    enum class Part { size, data, data_end, trailer, done };

    // Each takes from the front of `input`; false: more has to come.
    [[nodiscard]] Accepted<bool> take_part(std::string_view& input, std::string& body);
    [[nodiscard]] Accepted<bool> take_size(std::string_view& input, std::size_t body_size);
    [[nodiscard]] Accepted<bool> take_trailer(std::string_view& input);

    std::size_t body_bytes_max_;
    std::size_t trailer_bytes_left_;
    Part part_ = Part::size;
    std::uint64_t data_left_ = 0;
};

}  // namespace jejak::http
