#pragma once

#include <atomic>
#include <chrono>

#include "engine/clock.hpp"

namespace jejak::storage {

// A clock that stands still until somebody moves it: for simulations, for replaying a year in a
// second, and for tests. Thread-safe; concurrent advances add up.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Instant start) : micros_since_epoch_(start.micros_since_epoch) {}

    [[nodiscard]] Instant now() const override;

    // May also go back, as a real clock may.
    void set(Instant moment);
    // Returns the moment that it has reached; stops at instant_min and instant_max.
    Instant advance(std::chrono::microseconds step);

  private:
    std::atomic<std::int64_t> micros_since_epoch_;
};

}  // namespace jejak::storage
