#include "adapters/http/pending_answer.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace jejak::http {

PendingAnswer::~PendingAnswer() {
    if (given_) return;
    spdlog::error("http: a handler dropped a request without an answer; sent as 500");
    fail();
}

void PendingAnswer::give(Response response) {
    if (given_.exchange(true)) {
        spdlog::error("http: a handler answered a request twice; the second answer was dropped");
        return;
    }
    deliver(std::move(response));
}

void PendingAnswer::fail() {
    if (!given_.exchange(true)) deliver(problem(500, "internal", "the server failed"));
}

void PendingAnswer::deliver(Response response) {
    if (const auto connection = connection_.lock()) connection->answer(turn_, std::move(response));
}

}  // namespace jejak::http
