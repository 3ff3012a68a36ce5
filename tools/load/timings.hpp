#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace jejak::load {

using Steady = std::chrono::steady_clock;

// How long each of many things took.
class Timings {
  public:
    void add(Steady::duration took) {
        const auto us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        us_.push_back(static_cast<std::uint32_t>(us));
    }
    [[nodiscard]] std::size_t count() const { return us_.size(); }
    // Milliseconds that `share` (0..1) of them did not exceed; 0 for none.
    [[nodiscard]] double quantile_ms(double share) const;

  private:
    std::vector<std::uint32_t> us_;
};

}  // namespace jejak::load
