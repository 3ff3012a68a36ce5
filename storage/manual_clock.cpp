#include "storage/manual_clock.hpp"

#include <algorithm>

namespace jejak::storage {
namespace {

// The range of an Instant is a fraction of 64 bits, so only the step can overflow the sum: it is
// cut to what can still be walked.
std::int64_t moved(std::int64_t from, std::int64_t step) {
    const std::int64_t start =
        std::clamp(from, instant_min.micros_since_epoch, instant_max.micros_since_epoch);
    return start + std::clamp(step, instant_min.micros_since_epoch - start,
                              instant_max.micros_since_epoch - start);
}

}  // namespace

Instant ManualClock::now() const {
    return {micros_since_epoch_.load()};
}

void ManualClock::set(Instant moment) {
    micros_since_epoch_.store(moment.micros_since_epoch);
}

Instant ManualClock::advance(std::chrono::microseconds step) {
    std::int64_t before = micros_since_epoch_.load();
    std::int64_t after = moved(before, step.count());
    while (!micros_since_epoch_.compare_exchange_weak(before, after)) {
        after = moved(before, step.count());
    }
    return {after};
}

}  // namespace jejak::storage
