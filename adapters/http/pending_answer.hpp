#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "adapters/http/connection.hpp"
#include "adapters/http/message.hpp"

namespace jejak::http {

// One answer that is owed to a connection, which it does not keep alive. Given at most once, from
// any thread; owed until its destruction, it is given as 500.
class PendingAnswer {
  public:
    PendingAnswer(std::weak_ptr<Connection> connection, std::uint64_t turn)
        : connection_(std::move(connection)), turn_(turn) {}
    PendingAnswer(const PendingAnswer&) = delete;
    PendingAnswer& operator=(const PendingAnswer&) = delete;
    ~PendingAnswer();

    // A second answer is logged and dropped.
    void give(Response response);
    // 500 without detail, unless it has been given.
    void fail();

  private:
    void deliver(Response response);

    std::weak_ptr<Connection> connection_;
    std::uint64_t turn_;
    std::atomic<bool> given_ = false;
};

}  // namespace jejak::http
