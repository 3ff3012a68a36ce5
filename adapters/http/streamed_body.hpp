#pragma once

#include <cstdint>
#include <memory>

#include "adapters/http/connection.hpp"
#include "adapters/http/message.hpp"

namespace jejak::http {

// The body of request number `turn` of a connection, which it does not keep alive.
class StreamedBody : public BodyReader {
  public:
    StreamedBody(std::weak_ptr<Connection> connection, std::uint64_t turn)
        : connection_(std::move(connection)), turn_(turn) {}

    void read(Take take) override;

  private:
    std::weak_ptr<Connection> connection_;
    std::uint64_t turn_;
};

}  // namespace jejak::http
