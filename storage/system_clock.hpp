#pragma once

#include "engine/clock.hpp"

namespace jejak::storage {

// The time of day of this machine, UTC. It may step backwards when the machine is set right: the
// writer, not the clock, sees to it that recorded moments never decrease.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
};

}  // namespace jejak::storage
