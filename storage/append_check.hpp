#pragma once

#include "engine/event_store.hpp"

namespace jejak::storage {

// The writer's promises that can be checked without reading the log: positions follow
// expected_head without gaps, records are not empty and at most record_size_max bytes, commits are
// whole (index 0..count-1 under one command id), versions of one stream follow each other within
// the batch, wrapped keys are 40 bytes. Errors: invalid_input, naming the first that is broken.
[[nodiscard]] Result<void> check_batch(const AppendBatch& batch, Position expected_head);

// The refusals that every store words alike.
[[nodiscard]] Error wrong_head(Position expected, Position actual);
[[nodiscard]] Error wrong_epoch(std::uint64_t epoch, std::uint64_t current);

}  // namespace jejak::storage
