#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/record/envelope.hpp"
#include "storage/rocks_event_store.hpp"

namespace jejak::storage {

// Something that is not as it was written.
struct Finding {
    std::string what;    // "the record's bytes are not those in the tree"
    std::string where;   // "position 17", "db/000012.sst"
    std::string remedy;  // what a person does about it
};

struct Inspection {
    std::vector<Finding> findings;  // at most InspectOptions::findings_max of them
    std::uint64_t findings_count = 0;
    Head head;
    std::uint64_t records = 0;
    std::uint64_t record_bytes = 0;
    std::uint64_t commits = 0;
    std::uint64_t events = 0;  // the others are rejections
    std::uint64_t streams = 0;
    std::uint64_t keys = 0;
    std::uint64_t tiles = 0;
    std::uint64_t wal_files = 0;
    std::uint64_t table_files = 0;
};

struct InspectOptions {
    // Called for every record that decodes, in order, so that replay needs no second pass. Views
    // are valid during the call.
    std::function<void(const record::DecodedRecord& decoded, std::string_view bytes)> visit;
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // every 65,536 records
    std::size_t findings_max = 100;
};

// Reads every byte that the log and its indexes consist of, once, in bounded memory, up to the head
// of this moment, and holds them against each other: density, envelopes, clocks, commits, tree,
// tiles, stream index, receipts, file checksums, write-ahead log. `log_id` is the one that the
// directory names. Errors: only when it cannot go on; damage is a finding.
[[nodiscard]] Result<Inspection> inspect(const RocksEventStore& store, LogId log_id,
                                         const InspectOptions& options = {});

}  // namespace jejak::storage
