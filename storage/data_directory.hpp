#pragma once

#include <memory>
#include <string>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/read_store.hpp"
#include "storage/rocks_event_store.hpp"

namespace jejak::storage {

class FileKeyring;

// One directory, one log, one key ring:
//   jejak.format  plain text: format number and log id; written first
//   keyring       the second truth (storage/file_keyring.hpp); back it up apart
//   head          how far the log reaches (storage/head_file.hpp)
//   db/           RocksDB
//   writer.lock   held by the process that writes; writer.pid: which one it is
class DataDirectory {
  public:
    enum class Mode {
        create,  // for writing; made if it is missing or empty
        write,   // for writing; one process at a time
        read,    // any number of processes, beside a writer or without; changes nothing
    };

    // Errors name the path and the remedy. not_found: nothing there; environment: not ours, a file,
    // no permission, locked, disk full; unsupported: a newer format; corruption: damaged, or parts
    // of two logs.
    [[nodiscard]] static Result<std::unique_ptr<DataDirectory>> open(
        const std::string& path, Mode mode, const StoreOptions& options = {});
    // Writers: read models and head are on the disk when this returns, as far as that is possible.
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] LogId log_id() const { return log_id_; }
    [[nodiscard]] RocksEventStore& events() const { return *events_; }
    [[nodiscard]] ReadStore& reads() const { return *reads_; }
    [[nodiscard]] FileKeyring& keyring() const { return *keyring_; }

  private:
    class WriterLock;
    DataDirectory();
    [[nodiscard]] Result<void> open_stores(Mode mode, const StoreOptions& options);

    std::string path_;
    LogId log_id_;
    std::unique_ptr<WriterLock> lock_;  // null for a reader; released last
    std::unique_ptr<FileKeyring> keyring_;
    std::unique_ptr<RocksEventStore> events_;
    std::unique_ptr<ReadStore> reads_;
};

}  // namespace jejak::storage
