#include "storage/sync_timer.hpp"

#include <rocksdb/iostats_context.h>
#include <rocksdb/perf_level.h>

namespace jejak::storage {

SyncTimer::SyncTimer()
    : level_before_(rocksdb::GetPerfLevel()),
      nanos_before_(rocksdb::get_iostats_context()->fsync_nanos) {
    // The lowest level at which times are taken.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kEnableTimeExceptForMutex);
}

SyncTimer::~SyncTimer() {
    rocksdb::SetPerfLevel(static_cast<rocksdb::PerfLevel>(level_before_));
}

std::chrono::nanoseconds SyncTimer::took() const {
    return std::chrono::nanoseconds(rocksdb::get_iostats_context()->fsync_nanos - nanos_before_);
}

}  // namespace jejak::storage
