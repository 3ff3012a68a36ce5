#include "adapters/http/framed_body.hpp"

#include <algorithm>
#include <limits>

namespace jejak::http {

FramedBody::FramedBody(const Framing& framing, Limits limits, bool is_limited)
    : complete_(!framing.has_body()), bytes_left_(framing.content_length) {
    if (!is_limited) limits.body_bytes_max = std::numeric_limits<std::size_t>::max();
    if (framing.chunked) chunked_.emplace(limits);
}

Accepted<bool> FramedBody::take(std::string& input, std::string& body) {
    if (complete_) return true;
    if (chunked_) {
        const auto complete = chunked_->take(input, body);
        complete_ = complete && *complete;
        return complete;
    }
    const std::size_t size = std::min<std::uint64_t>(bytes_left_, input.size());
    if (body.empty() && size == input.size()) {
        body.swap(input);
    } else {
        body.append(input, 0, size);
        input.erase(0, size);
    }
    bytes_left_ -= size;
    complete_ = bytes_left_ == 0;
    return complete_;
}

}  // namespace jejak::http
