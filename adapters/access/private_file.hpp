#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "engine/result.hpp"

// Files that hold secrets or personal data: nobody but their owner may read them.
namespace jejak::access {

// The whole of a file, at most `size_max` bytes. Errors: not_found; environment, with the remedy,
// when it cannot be read, is not a regular file, is longer, or when group or others may read,
// write or execute it. What is looked at is the file that is read, also behind a link.
[[nodiscard]] Result<std::string> read_private_file(const std::filesystem::path& path,
                                                    std::size_t size_max);

// The directory is there and is its owner's only (0700); one that is missing is made, its parents
// are not. Errors: environment, with the remedy, also when group or others may enter it.
[[nodiscard]] Result<void> make_private_directory(const std::filesystem::path& path);

// Appends `lines`, which end with a line feed, and returns when they will survive a power cut. The
// file is made (0600) if it is missing. A last line without its line feed, which a crash left, is
// cut off first. One writer of a path at a time.
// Errors: environment, with the remedy; the file is then cut back to what it was, if the disk lets
// it; if not, some of the lines may stand there.
[[nodiscard]] Result<void> append_privately(const std::filesystem::path& path,
                                            std::string_view lines);

// Calls `visit` with each line that has its line feed, and its number from 1; a last line without
// one is not complete and left out. Stops at the first error of `visit` and returns it.
// Errors: not_found, environment.
[[nodiscard]] Result<void> for_each_line(
    const std::filesystem::path& path,
    const std::function<Result<void>(std::string_view line, std::uint64_t number)>& visit);

}  // namespace jejak::access
