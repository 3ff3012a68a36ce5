#include "adapters/http/streamed_body.hpp"

#include <utility>

namespace jejak::http {

void StreamedBody::read(Take take) {
    const auto connection = connection_.lock();
    if (connection) return connection->read_body(turn_, std::move(take));
    take(error(ErrorCode::invalid_input, "the client is gone; its request has no more body"));
}

}  // namespace jejak::http
