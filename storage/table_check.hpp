#pragma once

#include "storage/database.hpp"
#include "storage/findings.hpp"

namespace jejak::storage {

// Reads every table file, byte by byte, and holds it against the checksum that was taken when it
// was made. RocksDB's VerifyFileChecksums does the same for a writer, but looks at no file beside
// one (7.8: it skips families that it does not call initialised, in a secondary all of them).
void check_tables(const Database& database, Inspection& inspection, Findings& findings);

}  // namespace jejak::storage
