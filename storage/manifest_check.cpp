#include "storage/manifest_check.hpp"

#include "storage/wal_scan.hpp"

namespace jejak::storage {
namespace {

constexpr std::size_t record_header_size = 7;  // the format of the write-ahead log (wal_scan.hpp)

// Does a whole record stand at this place, by its header?
bool is_whole(std::string_view bytes, std::size_t offset) {
    if (bytes.size() < offset + record_header_size) return false;
    const auto byte = [&](std::size_t at) {
        return static_cast<std::size_t>(static_cast<unsigned char>(bytes[offset + at]));
    };
    const std::size_t size = byte(4) | byte(5) << 8;
    return bytes.size() >= offset + record_header_size + size;
}

}  // namespace

Result<void> check_manifest(rocksdb::FileSystem& files, const std::string& path) {
    std::string name, bytes;
    if (!rocksdb::ReadFileToString(&files, path + "/CURRENT", &name).ok()) return {};
    while (!name.empty() && name.back() == '\n')
        name.pop_back();
    const std::string file = path + "/" + name;
    if (!rocksdb::ReadFileToString(&files, file, &bytes).ok()) return {};
    const auto scan = scan_wal_file(bytes);
    if (!scan.damage_offset) return {};
    if (!scan.appended_behind && !is_whole(bytes, *scan.damage_offset)) return {};
    return error(ErrorCode::corruption,
                 "the database's list of tables is damaged: " + file + " at byte " +
                     std::to_string(*scan.damage_offset) +
                     "; restore the data directory from a backup or another replica");
}

}  // namespace jejak::storage
