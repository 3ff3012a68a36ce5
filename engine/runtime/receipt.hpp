#pragma once

#include <functional>
#include <string_view>

#include "engine/record/envelope.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::runtime {

// Gives the record at a position; the bytes stay good until the next call.
using ReadRecord = std::function<Result<std::string_view>(Position)>;

// Builds the first answer again from the records of its commit, the first of which is at `first`.
[[nodiscard]] Result<Receipt> read_receipt(Position first, const ReadRecord& read);

}  // namespace jejak::runtime
