#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/connection.hpp"

namespace jejak::http {

// One piece of a streamed answer that a source owes to a connection, which it does not keep alive.
// Given at most once, from any thread; owed until its destruction, the answer is broken off.
class PendingChunk {
  public:
    PendingChunk(std::weak_ptr<Connection> connection, std::uint64_t number)
        : connection_(std::move(connection)), number_(number) {}
    PendingChunk(const PendingChunk&) = delete;
    PendingChunk& operator=(const PendingChunk&) = delete;
    ~PendingChunk();

    // A second one is logged and dropped.
    void give(std::optional<std::string> chunk);

  private:
    std::weak_ptr<Connection> connection_;
    std::uint64_t number_;
    std::atomic<bool> given_ = false;
};

}  // namespace jejak::http
