#pragma once

// Reads RocksDB's write-ahead log without RocksDB, to tell a torn tail from damage.
//
// file  = block*                             ; 32,768 bytes each, the last one may be shorter
// block = chunk* zeros                       ; zeros when fewer than 7 bytes are left
// chunk = crc:u32 size:u16 type:u8 bytes     ; little-endian; crc over type and bytes, masked
// type  = 1 whole batch | 2 first | 3 middle | 4 last part of one
//
// Batches in it are appended and synced one after the other (read models stay out of it), so a
// batch was acknowledged before the next one was begun. A bad chunk with a good beginning of a
// batch behind it is therefore damage; one with nothing behind it may be a torn tail.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/result.hpp"
#include "storage/database.hpp"
#include "storage/inspect.hpp"

namespace jejak::storage {

struct WalScan {
    std::uint64_t files = 0;
    std::optional<Finding> damage;  // the first bad place
    bool appended_behind = false;   // a batch begins behind it: it is not a torn tail
};

// Every file that a recovery would read; those that RocksDB has done with, and only not yet
// removed, are left out. Holds one file in memory. Errors: environment, when one cannot be read.
[[nodiscard]] Result<WalScan> scan_write_ahead_log(const Database& database);

// One file, for the tests: `behind` as in WalScan.
struct WalFileScan {
    std::optional<std::size_t> damage_offset;
    bool appended_behind = false;
};
[[nodiscard]] WalFileScan scan_wal_file(std::string_view bytes);

}  // namespace jejak::storage
