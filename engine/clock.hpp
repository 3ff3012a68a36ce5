#pragma once

#include "engine/instant.hpp"

namespace jejak {

// Port: the time of day, UTC. Implementations are thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

}  // namespace jejak
