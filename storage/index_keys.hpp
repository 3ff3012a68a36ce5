#pragma once

// The keys and values of every column family. Integers are big-endian, so that byte order is
// numeric order.
//
// log         = position:u64                 -> record            (engine/record/envelope.cpp)
// keys        = owner[16]                    -> wrapped[40]       (RFC 3394)
// streams     = stream 0x00 version:u32      -> position:u64      ; no row for a rejection
// receipts    = command_id                   -> position:u64      ; of the commit's first record
// tiles       = level:u8 index:u64           -> hashes[8192]      ; full tiles only
// read        = model 0x00 row_key           -> row
//             | 0x00 model                   -> position:u64      ; the model's checkpoint
// checkpoints = "head_before"                -> position:u64 root[32]  ; the head that the newest
//                                                                      ; batch was appended to
//             | "writer_epoch"               -> epoch:u64
//
// Stream and command ids hold neither 0x00 nor each other's end, so no key begins another's range;
// time-ordered ids stay in their order.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/event_store.hpp"

namespace jejak::storage {

inline constexpr std::string_view head_before_key = "head_before";
inline constexpr std::string_view writer_epoch_key = "writer_epoch";

[[nodiscard]] std::string position_key(Position position);
[[nodiscard]] std::string owner_key(PersonId owner);
[[nodiscard]] std::string stream_key(std::string_view stream, Version version);
[[nodiscard]] std::string tile_key(std::uint8_t level, std::uint64_t index);
[[nodiscard]] std::string row_key(std::string_view model, std::string_view key);
[[nodiscard]] std::string checkpoint_key(std::string_view model);
// The first key behind all rows of the model, or all that begin with `prefix`: "" if there is none.
[[nodiscard]] std::string end_of_model(std::string_view model);
[[nodiscard]] std::string end_of_prefix(std::string prefix);

struct StreamKey {
    std::string_view stream;
    Version version;
};
// Nothing when the bytes are not such a key or value.
[[nodiscard]] std::optional<StreamKey> parse_stream_key(std::string_view key);
[[nodiscard]] std::optional<std::uint64_t> parse_u64(std::string_view bytes);
[[nodiscard]] std::string u64_bytes(std::uint64_t value);
[[nodiscard]] std::string head_bytes(const Head& head);
[[nodiscard]] std::optional<Head> parse_head(std::string_view bytes);

}  // namespace jejak::storage
