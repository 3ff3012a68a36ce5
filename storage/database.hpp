#pragma once

#include <rocksdb/db.h>
#include <rocksdb/file_system.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"

namespace jejak::storage {

// Column families. What each key and value is: storage/index_keys.hpp.
enum class Family { log, keys, streams, receipts, tiles, read, checkpoints };
inline constexpr std::size_t family_count = 7;

struct DatabaseOptions {
    // Every file of a data directory goes through it; null: the machine's own.
    std::shared_ptr<rocksdb::FileSystem> file_system;
    std::uint64_t wal_total_bytes = std::uint64_t{32} << 20;  // bounds the time of an opening
    std::uint64_t block_cache_bytes = std::uint64_t{64} << 20;
};

// One RocksDB with our column families and our error words. Thread-safe, as RocksDB is.
class Database {
  public:
    enum class Mode {
        create,  // for writing; made if it is missing
        write,   // for writing; one process at a time
        probe,   // reads what a writer would recover and changes no byte; nobody may be writing
        read,  // beside a writer: RocksDB's secondary, with a private directory that close removes
    };

    // `families` narrows what a reader opens; a writer always opens all.
    // Errors: not_found, environment (locked, full, no permission), corruption, unsupported.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(
        const std::string& path, Mode mode, const DatabaseOptions& options,
        const std::vector<Family>& families = {});
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] Mode mode() const { return mode_; }
    [[nodiscard]] rocksdb::DB& db() const { return *db_; }
    [[nodiscard]] rocksdb::FileSystem& file_system() const { return *file_system_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const;

    [[nodiscard]] Result<std::optional<std::string>> get(Family family, std::string_view key) const;
    // Keys lower <= key < upper in order; an empty `upper` has no end. Valid as long as this is.
    // Walk::one_stream: all of the walk is in the stream of `lower`; its filter may answer.
    class Rows;
    enum class Walk { any, one_stream };
    [[nodiscard]] Rows rows(Family family, std::string lower, std::string upper,
                            Walk walk = Walk::any) const;
    // Synced: durable when it returns. Not synced: not in the write-ahead log either, so a crash
    // takes it back to some earlier moment, whole families at a time.
    [[nodiscard]] rocksdb::Status write(rocksdb::WriteBatch& batch, bool synced);

    // A reader sees what the writer had written when this was called. Does nothing for a writer.
    [[nodiscard]] Result<void> catch_up();
    // Files of the write-ahead log with a lower number are done with.
    [[nodiscard]] std::uint64_t oldest_live_wal() const;
    // The table files that hold the data of this moment, of the families that are open.
    struct TableFile {
        std::string path;
        std::string checksum;  // CRC-32C of the whole file, big-endian; empty: none was taken
    };
    [[nodiscard]] std::vector<TableFile> table_files() const;

  private:
    Database() = default;

    std::string path_;
    Mode mode_{};
    std::string secondary_path_;
    std::shared_ptr<rocksdb::FileSystem> file_system_;
    std::unique_ptr<rocksdb::Env> env_;  // null: the default
    std::unique_ptr<rocksdb::DB> db_;
    std::array<rocksdb::ColumnFamilyHandle*, family_count> families_{};
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    std::mutex catch_up_mutex_;
    std::atomic<bool> failed_ = false;  // a write has failed
};

// A walk over keys in order. Not thread-safe; must end before its database does.
class Database::Rows {
  public:
    [[nodiscard]] bool valid() const { return iterator_->Valid(); }
    void next() { iterator_->Next(); }
    [[nodiscard]] std::string_view key() const { return iterator_->key().ToStringView(); }
    [[nodiscard]] std::string_view value() const { return iterator_->value().ToStringView(); }
    // Errors: what ended the walk early, if something did.
    [[nodiscard]] Result<void> result() const;

  private:
    friend class Database;
    Rows() = default;
    std::string path_;
    std::unique_ptr<std::string> lower_, upper_;
    std::unique_ptr<rocksdb::Slice> lower_slice_, upper_slice_;
    std::unique_ptr<rocksdb::Iterator> iterator_;
};

// What RocksDB or its file system says, in our words: `where` names the file or directory.
[[nodiscard]] Error error_of(const rocksdb::Status& status, std::string_view where);

}  // namespace jejak::storage
