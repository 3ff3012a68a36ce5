#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

// A ZIP archive with a seal: its comment ends in the SHA-256 of all bytes before, so that not one
// of them changes unnoticed. Whoever seals anew is found out by what the archive holds
// (verification.hpp).
namespace jejak::evidence {

struct ArchiveFile {
    std::string name;
    std::string bytes;
    friend bool operator==(const ArchiveFile&, const ArchiveFile&) = default;
};

// Files of an archive that is read may not be larger together: a bundle is a few megabytes.
inline constexpr std::size_t unpacked_bytes_max = std::size_t{256} << 20U;

// The archive's bytes; the same files give the same bytes. Errors: environment (no memory).
[[nodiscard]] Result<std::string> pack(const std::vector<ArchiveFile>& files);

// Its files in their order. Errors: corruption, saying what is wrong: no archive, a broken seal, a
// name that stands twice; invalid_input where it is larger than the limit.
[[nodiscard]] Result<std::vector<ArchiveFile>> unpack(std::string_view archive);

}  // namespace jejak::evidence
