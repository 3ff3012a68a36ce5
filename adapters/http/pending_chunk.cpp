#include "adapters/http/pending_chunk.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace jejak::http {

PendingChunk::~PendingChunk() {
    if (given_) return;
    if (const auto connection = connection_.lock()) connection->break_off(number_);
}

void PendingChunk::give(std::optional<std::string> chunk) {
    if (given_.exchange(true)) {
        spdlog::error("http: a source gave a piece of an answer twice; the second was dropped");
        return;
    }
    if (const auto connection = connection_.lock()) {
        connection->give_chunk(number_, std::move(chunk));
    }
}

}  // namespace jejak::http
