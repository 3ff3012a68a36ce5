#include "storage/log_opening.hpp"

#include "storage/wal_scan.hpp"

namespace jejak::storage {
namespace {

constexpr int catch_up_attempts_max = 5;

Error lost_head(const std::string& head_path, Position last) {
    return error(ErrorCode::corruption,
                 head_path + " is missing, but the log beside it reaches position " +
                     std::to_string(last.value) +
                     ": how far it should reach cannot be known. Nothing was changed; restore the "
                     "whole directory from a backup or another replica");
}

// Without a head file there must not be a record either. Makes both; whatever an earlier, cut off
// making has left is used on.
Result<void> make_log(const std::string& directory, const StoreOptions& options) {
    const std::string path = database_path_in(directory);
    if (const auto probe = Database::open(path, Database::Mode::probe, options.database); probe) {
        const auto last = LogReader(**probe).last_position();
        if (!last) return last.error();
        if (last->value != 0) return lost_head(head_path_in(directory), *last);
    }
    const auto made = Database::open(path, Database::Mode::create, options.database);
    if (!made) return made.error();
    const auto last = LogReader(**made).last_position();
    if (!last) return last.error();
    if (last->value != 0) return lost_head(head_path_in(directory), *last);
    auto& file_system = (*made)->file_system();
    if (auto head = HeadFile::create(file_system, head_path_in(directory)); !head) return head;
    std::unique_ptr<rocksdb::FSDirectory> entries;
    auto status = file_system.NewDirectory(directory, rocksdb::IOOptions(), &entries, nullptr);
    if (status.ok()) status = entries->Fsync(rocksdb::IOOptions(), nullptr);
    if (!status.ok()) return error_of(status, directory);
    return {};
}

// Why there is no head to read, when the log is not to be made.
Error explain_missing_head(const std::string& directory, const StoreOptions& options) {
    const auto probe =
        Database::open(database_path_in(directory), Database::Mode::probe, options.database);
    if (!probe && probe.error().code != ErrorCode::not_found) return probe.error();
    if (!probe) return unfinished_log(directory);
    const auto last = LogReader(**probe).last_position();
    if (!last) return last.error();
    return last->value == 0 ? unfinished_log(directory) : lost_head(head_path_in(directory), *last);
}

Result<CheckedLog> check_before_writing(const std::string& path, const Head& promised,
                                        const StoreOptions& options) {
    auto probe = Database::open(path, Database::Mode::probe, options.database);
    if (!probe) return probe.error();
    auto checked = check_log(**probe, promised);
    // Which file is damaged says more than which positions are missing.
    const auto scanned = scan_write_ahead_log(**probe);
    if (!scanned) return scanned.error();
    if (scanned->damage && (scanned->appended_behind || !checked)) {
        return error(
            ErrorCode::corruption,
            scanned->damage->what + " in " + scanned->damage->where +
                (checked ? ", and later batches lie behind it" : "; " + checked.error().message) +
                ". Nothing was changed; keep the directory as it is and restore the log "
                "from a backup or another replica");
    }
    return checked;
}

}  // namespace

std::string head_path_in(const std::string& directory) {
    return directory + "/head";
}
std::string database_path_in(const std::string& directory) {
    return directory + "/db";
}

Error unfinished_log(const std::string& directory) {
    return error(ErrorCode::environment,
                 "the log in " + directory +
                     " was never finished being made and holds nothing; make it again with "
                     "`jejak import`, or remove the directory");
}

Result<OpenedLog> open_log_for_writing(const std::string& directory, bool create,
                                       const StoreOptions& options) {
    const auto file_system = options.database.file_system ? options.database.file_system
                                                          : rocksdb::FileSystem::Default();
    const std::string head_path = head_path_in(directory);
    const std::string path = database_path_in(directory);
    auto promised = HeadFile::read(*file_system, head_path);
    if (!promised && promised.error().code == ErrorCode::not_found) {
        if (!create) return explain_missing_head(directory, options);
        if (auto made = make_log(directory, options); !made) return made.error();
        promised = HeadFile::read(*file_system, head_path);
    }
    if (!promised) return promised.error();
    auto checked = check_before_writing(path, *promised, options);
    if (!checked) return checked.error();
    auto database = Database::open(path, Database::Mode::write, options.database);
    if (!database) return database.error();
    const auto last = LogReader(**database).last_position();
    if (!last) return last.error();
    if (*last != checked->head.position) {
        return error(ErrorCode::corruption,
                     path + " ended at position " + std::to_string(checked->head.position.value) +
                         " when it was checked and at " + std::to_string(last->value) +
                         " when it was opened; see whether another process changes its files");
    }
    auto head_file = HeadFile::open(*file_system, head_path, options.head_sync_interval_ms);
    if (!head_file) return head_file.error();
    auto written = (*head_file)->write(checked->head);
    if (written) written = (*head_file)->sync();
    if (!written) return written.error();
    return OpenedLog{std::move(*database), std::move(*head_file), std::move(*checked)};
}

Result<std::shared_ptr<Database>> open_log_for_reading(const std::string& directory,
                                                       const StoreOptions& options) {
    const auto file_system = options.database.file_system ? options.database.file_system
                                                          : rocksdb::FileSystem::Default();
    const auto head = HeadFile::read(*file_system, head_path_in(directory));
    if (!head && head.error().code == ErrorCode::not_found) {
        return explain_missing_head(directory, options);
    }
    if (!head) return head.error();
    auto database =
        Database::open(database_path_in(directory), Database::Mode::read, options.database,
                       {Family::log, Family::keys, Family::streams, Family::receipts, Family::tiles,
                        Family::checkpoints});
    if (!database) return database.error();
    return std::shared_ptr<Database>(std::move(*database));
}

Result<Head> durable_head_beside_writer(Database& database, const std::string& head_path) {
    const LogReader reader(database);
    auto promised = HeadFile::read(database.file_system(), head_path);
    if (!promised) return promised.error();
    Position last;
    for (int attempt = 0; attempt < catch_up_attempts_max; ++attempt) {
        if (auto caught_up = database.catch_up(); !caught_up) return caught_up.error();
        const auto found = reader.last_position();
        if (!found) return found.error();
        last = *found;
        if (last >= promised->position) break;
    }
    if (last < promised->position) {
        return error(ErrorCode::corruption,
                     database.path() + " ends at position " + std::to_string(last.value) +
                         ", but position " + std::to_string(promised->position.value) +
                         " was acknowledged: records are missing; keep the directory as it is and "
                         "restore the log from a backup or another replica");
    }
    const auto before = reader.head_before();
    if (!before) return before.error();
    if (*before && (*before)->position > promised->position) return **before;
    return *promised;
}

}  // namespace jejak::storage
