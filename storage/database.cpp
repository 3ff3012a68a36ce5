#include "storage/database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "engine/ensure.hpp"
#include "storage/manifest_check.hpp"

namespace jejak::storage {
namespace {

constexpr std::array<std::string_view, family_count> family_names{
    "log", "keys", "streams", "receipts", "tiles", "read", "checkpoints"};
constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20;
constexpr int catch_up_attempts_max = 5;

// The stream without the version: one bloom filter entry for a stream, so that asking for a stream
// that does not exist yet, as every first command of an instance does, reads no table.
class StreamPrefix final : public rocksdb::SliceTransform {
  public:
    [[nodiscard]] const char* Name() const override { return "jejak.StreamPrefix"; }
    [[nodiscard]] rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
        return {key.data(), key.ToStringView().find('\0') + 1};
    }
    [[nodiscard]] bool InDomain(const rocksdb::Slice& key) const override {
        return key.ToStringView().find('\0') != std::string_view::npos;
    }
};

rocksdb::CompressionType light_compression() {
    const auto supported = rocksdb::GetSupportedCompressions();
    const bool lz4 =
        std::find(supported.begin(), supported.end(), rocksdb::kLZ4Compression) != supported.end();
    return lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
}

rocksdb::ColumnFamilyOptions family_options(Family family,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
    rocksdb::ColumnFamilyOptions options;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    table.format_version = 5;
    table.block_size = family == Family::log ? 16 * 1024 : 4 * 1024;
    const bool is_log = family == Family::log;
    options.write_buffer_size = (is_log || family == Family::read ? 32 : 8) * mebibyte;
    options.max_write_buffer_number = 4;
    options.level_compaction_dynamic_level_bytes = true;
    options.compression = family == Family::tiles ? rocksdb::kNoCompression : light_compression();
    if (family == Family::receipts || family == Family::keys) {
        table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
        options.memtable_prefix_bloom_size_ratio = 0.05;
        options.memtable_whole_key_filtering = true;
    }
    if (family == Family::streams) {
        options.prefix_extractor = std::make_shared<StreamPrefix>();
        table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
        table.whole_key_filtering = false;
        options.memtable_prefix_bloom_size_ratio = 0.05;
    }
    if (family == Family::receipts || family == Family::streams) {
        // A batch comes sorted: a key goes in behind the last one of its kind.
        options.memtable_insert_with_hint_prefix_extractor.reset(
            rocksdb::NewCappedPrefixTransform(1));
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

rocksdb::DBOptions database_options(Database::Mode mode, const DatabaseOptions& ours,
                                    rocksdb::Env* env) {
    rocksdb::DBOptions options;
    if (env != nullptr) options.env = env;
    options.create_if_missing = mode == Database::Mode::create;
    options.create_missing_column_families = mode == Database::Mode::create;
    options.paranoid_checks = true;
    options.max_open_files = -1;  // a reader keeps the files that the writer has replaced
    options.max_background_jobs = 2;
    options.max_file_opening_threads = 1;  // more cost more than they save on a few files
    options.max_total_wal_size = ours.wal_total_bytes;
    // A power cut may leave the last, unacknowledged batch torn in any way, which must not need a
    // person: so recovery stops at the first bad record without complaint. That it did not stop
    // too early is checked against the head file and by wal_scan before anything is changed: so
    // RocksDB need not keep a list of its write-ahead logs too, which a reader could not open.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
    options.max_bgerror_resume_count = 0;  // who failed stays failed until opened anew
    options.bytes_per_sync = mebibyte;
    options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
    options.keep_log_file_num = 2;
    options.max_log_file_size = mebibyte;
    options.stats_dump_period_sec = 0;
    options.stats_persist_period_sec = 0;
    return options;
}

// Opens every table once and closes it again. A secondary would pass over one that is missing or
// damaged and silently show the time before it. `empty_directory` stands in for the write-ahead
// log, which would only be read in vain.
rocksdb::Status try_tables(rocksdb::DBOptions options, const std::string& path,
                           const std::string& empty_directory,
                           const std::vector<rocksdb::ColumnFamilyDescriptor>& descriptors) {
    options.wal_dir = empty_directory;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    auto status = rocksdb::DB::OpenForReadOnly(options, path, descriptors, &handles, &db);
    const std::unique_ptr<rocksdb::DB> closes(db);
    for (auto* handle : handles)
        db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    return status;
}

rocksdb::Status open_beside_writer(const rocksdb::DBOptions& options, const std::string& path,
                                   const std::string& private_directory,
                                   const std::vector<rocksdb::ColumnFamilyDescriptor>& descriptors,
                                   std::vector<rocksdb::ColumnFamilyHandle*>& handles,
                                   rocksdb::DB*& db) {
    rocksdb::Status status;
    // The writer may remove a file between our reading its name and opening it.
    for (int attempt = 0; attempt < catch_up_attempts_max; ++attempt) {
        status = try_tables(options, path, private_directory, descriptors);
        if (status.ok()) break;
    }
    for (int attempt = 0; status.ok() && attempt < catch_up_attempts_max; ++attempt) {
        status = rocksdb::DB::OpenAsSecondary(options, path, private_directory, descriptors,
                                              &handles, &db);
        if (status.ok()) return status;
    }
    return status;
}

// A directory of our own below the system's temporary one; empty when that cannot be made.
std::string make_private_directory() {
    std::error_code ignored;
    auto pattern = (std::filesystem::temp_directory_path(ignored) / "jejak-reader-XXXXXX").string();
    return ::mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
}

}  // namespace

Error error_of(const rocksdb::Status& status, std::string_view where) {
    const std::string place(where);
    const std::string said = status.ToString();
    if (status.IsNoSpace()) {
        return error(ErrorCode::environment,
                     "the disk that holds " + place + " is full (" + said +
                         "); free some space and open the log again: nothing that was "
                         "acknowledged is lost");
    }
    if (status.IsCorruption()) {
        return error(ErrorCode::corruption,
                     place + " is damaged: " + said +
                         "; keep it as it is and restore the log from a backup");
    }
    if (status.IsNotFound() || status.IsPathNotFound() ||
        said.find("does not exist") != std::string::npos ||
        said.find("Column family not found") != std::string::npos) {
        return error(ErrorCode::not_found, place + " does not exist or misses a file (" + said +
                                               "); check the path, or restore it from a backup");
    }
    if (said.find("While lock file") != std::string::npos ||
        said.find("by current process") != std::string::npos) {
        return error(ErrorCode::environment, place + " is being written by another process (" +
                                                 said +
                                                 "); stop that one, or open the log for reading");
    }
    if (status.IsNotSupported()) {
        return error(ErrorCode::unsupported, place + ": " + said + "; use a newer jejak");
    }
    return error(ErrorCode::environment, place + " cannot be used: " + said +
                                             "; see to the disk and its permissions, then open "
                                             "the log again");
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode,
                                                 const DatabaseOptions& options,
                                                 const std::vector<Family>& families) {
    std::unique_ptr<Database> database(new Database);
    database->path_ = path;
    database->mode_ = mode;
    database->file_system_ =
        options.file_system ? options.file_system : rocksdb::FileSystem::Default();
    if (options.file_system) database->env_ = rocksdb::NewCompositeEnv(options.file_system);
    const auto db_options = database_options(mode, options, database->env_.get());
    const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors{
        {rocksdb::kDefaultColumnFamilyName, {}}};
    std::vector<Family> opened;
    for (std::size_t i = 0; i < family_count; ++i) {
        const auto family = static_cast<Family>(i);
        const bool named = std::find(families.begin(), families.end(), family) != families.end();
        if (!families.empty() && !named) continue;
        descriptors.emplace_back(std::string(family_names[i]), family_options(family, cache));
        opened.push_back(family);
    }
    rocksdb::DB* db = nullptr;
    rocksdb::Status status;
    auto& handles = database->handles_;
    if (mode == Mode::read) {
        database->secondary_path_ = make_private_directory();
        if (database->secondary_path_.empty()) {
            return error(ErrorCode::environment,
                         "cannot make a directory for temporary files; set TMPDIR to one that "
                         "this user may write");
        }
        auto whole = check_manifest(*database->file_system_, path);
        if (!whole) return whole.error();
        status = open_beside_writer(db_options, path, database->secondary_path_, descriptors,
                                    handles, db);
    } else if (mode == Mode::probe) {
        status = rocksdb::DB::OpenForReadOnly(db_options, path, descriptors, &handles, &db);
    } else {
        status = rocksdb::DB::Open(db_options, path, descriptors, &handles, &db);
    }
    if (!status.ok()) return error_of(status, path);
    database->db_.reset(db);
    for (std::size_t i = 0; i < opened.size(); ++i) {
        database->families_[static_cast<std::size_t>(opened[i])] = handles[i + 1];
    }
    return database;
}

Database::~Database() {
    // Memory goes into tables, so that whoever opens next has no write-ahead log to read. What
    // fails here is still in that log. After a failed write it would only fail again, and slowly.
    if (db_ && !failed_ && (mode_ == Mode::create || mode_ == Mode::write)) {
        db_->Flush(rocksdb::FlushOptions(), handles_).PermitUncheckedError();
    }
    for (auto* handle : handles_) {
        if (db_) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    }
    db_.reset();
    if (!secondary_path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(secondary_path_, ignored);
    }
}

rocksdb::ColumnFamilyHandle* Database::family(Family family) const {
    auto* handle = families_[static_cast<std::size_t>(family)];
    ENSURE(handle != nullptr);
    return handle;
}

Result<std::optional<std::string>> Database::get(Family of, std::string_view key) const {
    std::string value;
    const auto status = db_->Get(rocksdb::ReadOptions(), family(of), rocksdb::Slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return error_of(status, path_);
    return std::optional<std::string>(std::move(value));
}

Database::Rows Database::rows(Family of, std::string lower, std::string upper, Walk walk) const {
    Rows rows;
    rows.path_ = path_;
    rows.lower_ = std::make_unique<std::string>(std::move(lower));
    rows.upper_ = std::make_unique<std::string>(std::move(upper));
    rows.lower_slice_ = std::make_unique<rocksdb::Slice>(*rows.lower_);
    rows.upper_slice_ = std::make_unique<rocksdb::Slice>(*rows.upper_);
    rocksdb::ReadOptions options;
    options.iterate_lower_bound = rows.lower_slice_.get();
    if (!rows.upper_->empty()) options.iterate_upper_bound = rows.upper_slice_.get();
    options.total_order_seek = walk == Walk::any;
    options.prefix_same_as_start = walk == Walk::one_stream;
    rows.iterator_.reset(db_->NewIterator(options, family(of)));
    rows.iterator_->Seek(*rows.lower_slice_);
    return rows;
}

Result<void> Database::Rows::result() const {
    if (iterator_->status().ok()) return {};
    return error_of(iterator_->status(), path_);
}

rocksdb::Status Database::write(rocksdb::WriteBatch& batch, bool synced) {
    rocksdb::WriteOptions options;
    options.sync = synced;
    options.disableWAL = !synced;
    auto status = db_->Write(options, &batch);
    if (!status.ok()) failed_ = true;
    return status;
}

Result<void> Database::catch_up() {
    if (mode_ != Mode::read) return {};
    const std::scoped_lock lock(catch_up_mutex_);
    rocksdb::Status status;
    for (int attempt = 0; attempt < catch_up_attempts_max; ++attempt) {
        status = db_->TryCatchUpWithPrimary();
        if (status.ok()) return {};
    }
    return error_of(status, path_);
}

std::uint64_t Database::oldest_live_wal() const {
    std::uint64_t number = 0;
    db_->GetIntProperty(rocksdb::DB::Properties::kMinLogNumberToKeep, &number);
    return number;
}

std::vector<Database::TableFile> Database::table_files() const {
    std::vector<rocksdb::LiveFileMetaData> live;
    db_->GetLiveFilesMetaData(&live);
    std::vector<TableFile> files;
    for (const auto& file : live) {
        const bool ours = std::any_of(handles_.begin(), handles_.end(), [&](const auto* handle) {
            return handle->GetName() == file.column_family_name;
        });
        if (ours) files.push_back({file.db_path + file.name, file.file_checksum});
    }
    return files;
}

}  // namespace jejak::storage
