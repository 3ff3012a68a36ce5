#include "storage/table_check.hpp"

#include "engine/record/bytes.hpp"
#include "engine/record/digest.hpp"

namespace jejak::storage {
namespace {

constexpr std::size_t piece_size = std::size_t{1} << 20;

struct Sum {
    rocksdb::IOStatus status;
    std::uint32_t crc = 0;
};

Sum sum_of_file(rocksdb::FileSystem& file_system, const std::string& path) {
    Sum sum;
    std::unique_ptr<rocksdb::FSSequentialFile> file;
    sum.status = file_system.NewSequentialFile(path, rocksdb::FileOptions(), &file, nullptr);
    std::string buffer(piece_size, '\0');
    while (sum.status.ok()) {
        rocksdb::Slice piece;
        sum.status =
            file->Read(buffer.size(), rocksdb::IOOptions(), &piece, buffer.data(), nullptr);
        if (piece.empty()) break;
        sum.crc = record::crc32c(piece.ToStringView(), sum.crc);
    }
    return sum;
}

}  // namespace

void check_tables(const Database& database, Inspection& inspection, Findings& findings) {
    for (const auto& file : database.table_files()) {
        ++inspection.table_files;
        const Sum sum = sum_of_file(database.file_system(), file.path);
        // A writer beside us has replaced it by others since; then it is not part of the log.
        if (sum.status.IsNotFound() || sum.status.IsPathNotFound()) continue;
        record::ByteWriter expected;
        expected.u32(sum.crc);
        if (!sum.status.ok()) {
            findings.add("a table file cannot be read: " + sum.status.ToString(), file.path,
                         restore_remedy);
        } else if (expected.bytes() != file.checksum) {
            findings.add("a table file is not as it was written", file.path, restore_remedy);
        }
    }
}

}  // namespace jejak::storage
