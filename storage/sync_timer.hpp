#pragma once

#include <chrono>
#include <cstdint>

namespace jejak::storage {

// How long the calling thread waits for files to be synced, as RocksDB measures it around the
// system call (IOStatsContext::fsync_nanos): its statistics would tell too, and cost every read and
// write of the database some atomic additions. Begins when it is made; one thread, not nested.
// RocksDB takes a few times more on this thread until it ends.
class SyncTimer {
  public:
    SyncTimer();
    ~SyncTimer();
    SyncTimer(const SyncTimer&) = delete;
    SyncTimer& operator=(const SyncTimer&) = delete;

    [[nodiscard]] std::chrono::nanoseconds took() const;

  private:
    unsigned char level_before_;
    std::uint64_t nanos_before_;
};

}  // namespace jejak::storage
