#include "storage/system_clock.hpp"

#include <time.h>

#include "engine/ensure.hpp"

namespace jejak::storage {

Instant SystemClock::now() const {
    timespec moment{};
    ENSURE(clock_gettime(CLOCK_REALTIME, &moment) == 0);
    return {static_cast<std::int64_t>(moment.tv_sec) * 1'000'000 + moment.tv_nsec / 1'000};
}

}  // namespace jejak::storage
