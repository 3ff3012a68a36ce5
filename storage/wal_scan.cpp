#include "storage/wal_scan.hpp"

#include <algorithm>
#include <vector>

#include "engine/record/digest.hpp"
#include "storage/database.hpp"

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
std::uint32_t masked(std::uint32_t crc) { return (crc >> 15 | crc << 17) + 0xa282ead8U; }

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
                if (begins) scan.appended_behind = true;
                if (!chunk || begins) break;  // at a bad chunk only the next block is known
            } else if (!chunk || begins == inside) {
                if (!chunk && !inside && only_zeros(bytes.substr(begin + offset))) return scan;
                scan.damage_offset = begin + offset;
                // The beginning of another batch in the middle of one is itself what lies behind.
                scan.appended_behind = begins;
                if (!chunk) break;
            } else {
                inside = chunk->type == first_part || chunk->type == middle_part;
            }
            offset += chunk->size;
        }
        if (scan.appended_behind) return scan;
        const bool torn_header = offset < block.size() && block.size() < block_size &&
                                 !only_zeros(block.substr(offset));
        if (torn_header && !scan.damage_offset) scan.damage_offset = begin + offset;
    }
    if (inside && !scan.damage_offset) scan.damage_offset = bytes.size();
    return scan;
}

Result<WalScan> scan_write_ahead_log(rocksdb::FileSystem& file_system,
                                     const std::string& database_path) {
    std::vector<std::string> names;
    auto status =
        file_system.GetChildren(database_path, rocksdb::IOOptions(), &names, nullptr);
    if (!status.ok()) return error_of(status, database_path);
    std::erase_if(names, [](const std::string& name) { return !name.ends_with(".log"); });
    std::sort(names.begin(), names.end());  // numbers of six digits and more, the same for all here
    WalScan scan;
    for (const std::string& name : names) {
        std::string bytes;
        const std::string path = database_path + "/" + name;
        status = rocksdb::ReadFileToString(&file_system, path, &bytes);
        if (!status.ok()) return error_of(status, path);
        ++scan.files;
        const auto file = scan_wal_file(bytes);
        if (scan.damage && !bytes.empty()) scan.appended_behind = true;
        if (!scan.damage && file.damage_offset) {
            scan.damage = Finding{"the write-ahead log is damaged",
                                  path + " at byte " + std::to_string(*file.damage_offset),
                                  "restore the log from a backup"};
            scan.appended_behind = file.appended_behind;
        }
    }
    return scan;
}

}  // namespace jejak::storage
