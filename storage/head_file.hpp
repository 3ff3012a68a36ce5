#pragma once

// The file `head`: how far the log reaches, kept outside of the database that could forget.
//
// file = slot slot slot                      ; at 0, 4096 and 8192, so that no two share a sector
// slot = magic[8] position:u64 root[32] crc:u32 zeros   ; 512 bytes, padded to 4,096
// magic = "jejakhd" 0x01 ; crc = CRC-32C of the 48 bytes before it ; integers big-endian
//
// The head is the valid slot with the highest position. Of the three, one is durable, one may be in
// the middle of a sync, one is being written; a torn write can spoil one of them only.

#include <rocksdb/file_system.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/result.hpp"

namespace jejak::storage {

// Writes the head. Contract:
//  - when write() has returned, the head MUST survive the end of the process (kill -9), and every
//    reader of the file sees it or a later one;
//  - it MUST survive a power cut once sync() has returned, and without it within sync_interval_ms
//    and the time of one sync: a thread of its own syncs at once when it has been idle, else when
//    the interval has passed since the last one;
//  - whoever writes it has synced the log up to there before.
// So a power cut loses nothing that was acknowledged; what it may take back is the *knowledge* that
// the log reached the last few milliseconds' records, and with it only this: damage done to exactly
// those records at the same time would look like a tail that was never acknowledged (and even then
// storage/wal_scan.hpp recognises it, unless it hits the last batch).
// A sync that failed is final: every later write() and sync() returns its error.
// Thread-safe.
class HeadFile {
  public:
    // A new file with head 0, synced. The caller syncs the directory.
    [[nodiscard]] static Result<void> create(rocksdb::FileSystem& file_system,
                                             const std::string& path);
    // Errors: not_found; corruption when no slot is valid.
    [[nodiscard]] static Result<Head> read(rocksdb::FileSystem& file_system,
                                           const std::string& path);
    // Where slots begin that a torn write or damage has spoilt, in bytes. Errors as read().
    [[nodiscard]] static Result<std::vector<std::uint64_t>> spoilt_slots(
        rocksdb::FileSystem& file_system, const std::string& path);
    // For writing; makes spoilt slots whole. One writer a file.
    [[nodiscard]] static Result<std::unique_ptr<HeadFile>> open(rocksdb::FileSystem& file_system,
                                                                const std::string& path,
                                                                unsigned sync_interval_ms);
    // Syncs, as far as that is possible, and stops the thread.
    ~HeadFile();
    HeadFile(const HeadFile&) = delete;
    HeadFile& operator=(const HeadFile&) = delete;

    [[nodiscard]] Result<void> write(const Head& head);
    [[nodiscard]] Result<void> sync();

  private:
    HeadFile() = default;
    void run();
    [[nodiscard]] Result<void> sync_locked(std::unique_lock<std::mutex>& lock);

    std::string path_;
    std::unique_ptr<rocksdb::FSRandomRWFile> file_;
    unsigned sync_interval_ms_ = 10;

    std::mutex mutex_;
    std::condition_variable changed_;
    unsigned slot_ = 0;   // the one that is written
    bool dirty_ = false;  // written since the last sync began
    bool syncing_ = false;
    bool idle_ = false;  // the thread waits for a write
    bool stopping_ = false;
    std::optional<Error> failed_;
    std::thread thread_;
};

}  // namespace jejak::storage
