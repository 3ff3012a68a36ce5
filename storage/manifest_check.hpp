#pragma once

#include <rocksdb/file_system.h>

#include <string>

#include "engine/result.hpp"

namespace jejak::storage {

// Is the file whole in which RocksDB keeps the list of its tables? Asked before a database is
// opened beside its writer: RocksDB 7.8 reads a bad record of it there for ever
// (FragmentBufferedReader returns kBadRecordChecksum without going on). A record that is cut off at
// the end of the file is no damage: the writer may be at it just now. Where the file cannot be
// found or read, RocksDB says so itself. Errors: corruption, with the place.
[[nodiscard]] Result<void> check_manifest(rocksdb::FileSystem& files, const std::string& path);

}  // namespace jejak::storage
