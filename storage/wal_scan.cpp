#include "storage/wal_scan.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "engine/record/digest.hpp"

namespace jejak::storage {
namespace {

constexpr std::size_t block_size = 32'768;
constexpr std::size_t header_size = 7;
constexpr std::uint8_t whole = 1;
constexpr std::uint8_t first_part = 2;
constexpr std::uint8_t middle_part = 3;
constexpr std::uint8_t last_part = 4;

std::uint32_t little_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    }
    return value;
}

// RocksDB keeps CRCs rotated, so that a CRC over data that holds CRCs stays a good one.
std::uint32_t masked(std::uint32_t crc) {
    return (crc >> 15 | crc << 17) + 0xa282ead8U;
}

struct Chunk {
    std::uint8_t type = 0;
    std::size_t size = 0;  // with header
};

// The chunk at the front of `rest`, or nothing when it is not whole.
std::optional<Chunk> parse_chunk(std::string_view rest) {
    if (rest.size() < header_size) return std::nullopt;
    const std::size_t size = little_endian(rest.substr(4, 2));
    const auto type = static_cast<std::uint8_t>(rest[6]);
    if (type < whole || type > last_part || rest.size() < header_size + size) return std::nullopt;
    if (masked(record::crc32c(rest.substr(6, 1 + size))) != little_endian(rest.substr(0, 4))) {
        return std::nullopt;
    }
    return Chunk{type, header_size + size};
}

bool only_zeros(std::string_view bytes) {
    return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

WalFileScan scan_wal_file(std::string_view bytes) {
    WalFileScan scan;
    bool inside = false;  // a batch has begun and not ended
    for (std::size_t begin = 0; begin < bytes.size(); begin += block_size) {
        const std::string_view block = bytes.substr(begin, block_size);
        std::size_t offset = 0;
        while (offset + header_size <= block.size()) {
            const auto chunk = parse_chunk(block.substr(offset));
            const bool begins = chunk && (chunk->type == whole || chunk->type == first_part);
            if (scan.damage_offset) {
                scan.appended_behind = scan.appended_behind || begins;
            } else if (!chunk && !inside && only_zeros(bytes.substr(begin + offset))) {
                return scan;
            } else if (!chunk || begins == inside) {
                scan.damage_offset = begin + offset;
                // The beginning of another batch in the middle of one is itself what lies behind.
                scan.appended_behind = begins;
            } else {
                inside = chunk->type == first_part || chunk->type == middle_part;
            }
            if (scan.appended_behind) return scan;
            // Behind a bad place the next chunk may begin anywhere.
            offset += chunk ? chunk->size : 1;
        }
        const bool torn_header =
            block.size() < block_size && !only_zeros(block.substr(std::min(offset, block.size())));
        if (torn_header && !scan.damage_offset) scan.damage_offset = begin + offset;
    }
    if (inside && !scan.damage_offset) scan.damage_offset = bytes.size();
    return scan;
}

namespace {

struct NumberedFile {
    std::uint64_t number = 0;
    std::string path;
};

Result<std::vector<NumberedFile>> live_files(const Database& database) {
    const std::string& path = database.path();
    std::vector<std::string> names;
    const auto status =
        database.file_system().GetChildren(path, rocksdb::IOOptions(), &names, nullptr);
    if (!status.ok()) return error_of(status, path);
    const std::uint64_t oldest = database.oldest_live_wal();
    std::vector<NumberedFile> files;
    for (const std::string& name : names) {
        NumberedFile file{0, path + "/" + name};
        const char* const end = name.data() + name.size();
        const auto [rest, fault] = std::from_chars(name.data(), end, file.number);
        if (fault != std::errc() || std::string_view(rest, end) != ".log") continue;
        if (file.number >= oldest) files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(),
              [](const auto& left, const auto& right) { return left.number < right.number; });
    return files;
}

}  // namespace

Result<WalScan> scan_write_ahead_log(const Database& database) {
    const auto files = live_files(database);
    if (!files) return files.error();
    WalScan scan;
    for (const NumberedFile& file : *files) {
        std::string bytes;
        const auto status = rocksdb::ReadFileToString(&database.file_system(), file.path, &bytes);
        // A writer beside us has just done with it.
        if (status.IsNotFound() || status.IsPathNotFound()) continue;
        if (!status.ok()) return error_of(status, file.path);
        ++scan.files;
        const auto scanned = scan_wal_file(bytes);
        if (scan.damage && !bytes.empty()) scan.appended_behind = true;
        if (!scan.damage && scanned.damage_offset) {
            scan.damage = Finding{"the write-ahead log is damaged",
                                  file.path + " at byte " + std::to_string(*scanned.damage_offset),
                                  "restore the log from a backup or another replica"};
            scan.appended_behind = scanned.appended_behind;
        }
    }
    return scan;
}

}  // namespace jejak::storage
