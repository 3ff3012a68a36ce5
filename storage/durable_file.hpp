#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::storage {

// The whole of a file, at most `size_max` bytes. Errors: not_found; environment when it cannot be
// read, is not a regular file or is longer.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::size_t size_max);

enum class Existing { refuse, replace };

// The file holds exactly `bytes`, readable and writable by its owner only, and survives a power cut
// once this returns: written to `path`.new, synced, renamed, directory synced. After a crash the
// file holds either all of the old bytes or all of the new ones; a left-over `path`.new is
// overwritten by the next write. One writer of a path at a time.
// Errors: environment, and the file is as before; outcome_unknown when the rename happened but the
// directory could not be synced: old or new, as the machine goes on or goes down.
[[nodiscard]] Result<void> write_file_durably(const std::filesystem::path& path,
                                              std::string_view bytes, Existing existing);

}  // namespace jejak::storage
