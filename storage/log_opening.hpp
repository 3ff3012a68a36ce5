#pragma once

#include <memory>
#include <string>

#include "storage/head_file.hpp"
#include "storage/log_reader.hpp"
#include "storage/rocks_event_store.hpp"

namespace jejak::storage {

[[nodiscard]] std::string head_path_in(const std::string& directory);
[[nodiscard]] std::string database_path_in(const std::string& directory);

// What is answered where a making was cut off before the first record could be written.
[[nodiscard]] Error unfinished_log(const std::string& directory);

struct OpenedLog {
    std::shared_ptr<Database> database;
    std::unique_ptr<HeadFile> head_file;  // destroyed first
    CheckedLog log;
};

// Reads log and head as they lie on the disk, holds them against each other and against the
// write-ahead log, and only when all agree opens them for writing: RocksDB's recovery rewrites
// files, and damage must stay as it is for whoever examines it. When this returns, everything in
// the log is durable and the head file names its end.
[[nodiscard]] Result<OpenedLog> open_log_for_writing(const std::string& directory, bool create,
                                                     const StoreOptions& options);

[[nodiscard]] Result<std::shared_ptr<Database>> open_log_for_reading(const std::string& directory,
                                                                     const StoreOptions& options);

// What a reader may show: as far as the head file, or the newest batch, says that the log was
// durable. Catches up with the writer. Errors: corruption when the log is shorter than that.
[[nodiscard]] Result<Head> durable_head_beside_writer(Database& database,
                                                      const std::string& head_path);

}  // namespace jejak::storage
