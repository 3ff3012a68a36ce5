#include "storage/data_directory.hpp"

#include <unistd.h>

#include <filesystem>
#include <optional>

#include "engine/record/envelope.hpp"
#include "engine/record/randomness.hpp"
#include "storage/durable_file.hpp"
#include "storage/file_keyring.hpp"
#include "storage/log_opening.hpp"
#include "storage/rocks_read_store.hpp"

namespace jejak::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view marker_name = "jejak.format";
constexpr std::string_view unfinished_marker_name = "jejak.format.new";
constexpr std::string_view marker_title = "jejak data directory\n";
constexpr std::string_view format_line = "format ";
constexpr std::string_view log_line = "log ";
constexpr int format = 1;
constexpr std::size_t marker_size_max = 4096;

std::string marker_text(LogId log_id) {
    return std::string(marker_title) + std::string(format_line) + std::to_string(format) + "\n" +
           std::string(log_line) + to_hex(log_id) + "\n";
}

Error damaged_marker(const fs::path& path) {
    return error(ErrorCode::corruption,
                 path.string() +
                     " is damaged; restore it from a backup: the log id in its third "
                     "line is that of every record");
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

Result<LogId> parse_marker(const fs::path& path, std::string_view text) {
    if (!take_prefix(text, marker_title) || !take_prefix(text, format_line)) {
        return damaged_marker(path);
    }
    const std::size_t end = text.find('\n');
    const std::string_view number = text.substr(0, end);
    const bool digits = !number.empty() && number.size() < 9 &&
                        number.find_first_not_of("0123456789") == std::string_view::npos;
    if (end == std::string_view::npos || !digits) return damaged_marker(path);
    if (number != std::to_string(format)) {
        return error(ErrorCode::unsupported, path.string() + " names format " +
                                                 std::string(number) + ", this program knows " +
                                                 std::to_string(format) + "; use a newer jejak");
    }
    text.remove_prefix(end + 1);
    LogId log_id;
    const bool whole = take_prefix(text, log_line) && text.size() == 33 && text.back() == '\n' &&
                       from_hex(text.substr(0, 32), log_id.bytes.data(), log_id.bytes.size());
    if (!whole || log_id.is_nil()) return damaged_marker(path);
    return log_id;
}

// What a crash in the middle of making a directory, or a new file system, leaves in it.
bool is_empty_for_us(const fs::path& path) {
    std::error_code fault;
    for (fs::directory_iterator entry(path, fault), end; !fault && entry != end;
         entry.increment(fault)) {
        const auto name = entry->path().filename().string();
        if (name != "lost+found" && name != unfinished_marker_name &&
            name != "writer.lock" && name != "writer.pid") {
            return false;
        }
    }
    return true;
}

Error not_ours(const fs::path& path) {
    if (fs::exists(path / "db" / "CURRENT")) {
        return error(ErrorCode::corruption, path.string() + " holds a log, but its file " +
                                                std::string(marker_name) +
                                                " is missing; restore it from a backup");
    }
    if (is_empty_for_us(path)) {
        return error(ErrorCode::not_found, path.string() +
                                               " is empty; `jejak import` makes a log in it, or "
                                               "check the path");
    }
    return error(ErrorCode::environment,
                 path.string() +
                     " holds other files and no log of jejak; choose an empty or a "
                     "new directory");
}

// The directory is there, and this user may do in it what `mode` needs.
Result<void> check_directory(const fs::path& path, DataDirectory::Mode mode) {
    std::error_code fault;
    const auto status = fs::status(path, fault);
    if (status.type() == fs::file_type::not_found) {
        return error(ErrorCode::not_found, path.string() +
                                               " does not exist; `jejak import` makes "
                                               "a log, or check the path");
    }
    if (status.type() == fs::file_type::none) {
        return error(ErrorCode::environment, path.string() +
                                                 " cannot be looked at: " + fault.message() +
                                                 "; check the path and its "
                                                 "permissions");
    }
    if (status.type() != fs::file_type::directory) {
        return error(ErrorCode::environment,
                     path.string() + " is a file, not a directory; name the directory of the log");
    }
    const bool reads = mode == DataDirectory::Mode::read;
    if (::access(path.c_str(), R_OK | X_OK | (reads ? 0 : W_OK)) != 0) {
        return error(ErrorCode::environment, path.string() + " cannot be " +
                                                 (reads ? "read" : "written") +
                                                 " by this user; change its permissions or run as "
                                                 "its owner");
    }
    return {};
}

Result<void> make_directory(const fs::path& path) {
    std::error_code fault;
    if (fs::exists(path, fault)) return {};
    fs::create_directories(path, fault);
    if (!fault) return {};
    return error(ErrorCode::environment, path.string() + " cannot be made: " + fault.message() +
                                             "; check the path and its permissions");
}

// The log id that the directory names; in a new directory a fresh one, durable.
Result<LogId> read_or_make_marker(const fs::path& path, DataDirectory::Mode mode) {
    const fs::path marker = path / marker_name;
    const auto text = read_file(marker, marker_size_max);
    if (text) return parse_marker(marker, *text);
    if (text.error().code != ErrorCode::not_found) return text.error();
    if (mode != DataDirectory::Mode::create || !is_empty_for_us(path)) return not_ours(path);
    const LogId log_id{record::random_bytes<16>()};
    auto written = write_file_durably(marker, marker_text(log_id), Existing::refuse);
    if (!written) return written.error();
    return log_id;
}

Result<std::unique_ptr<FileKeyring>> open_keyring(const fs::path& directory, LogId log_id,
                                                  bool create) {
    const fs::path path = directory / "keyring";
    auto keyring = FileKeyring::open(path, log_id);
    if (keyring || keyring.error().code != ErrorCode::not_found) return keyring;
    if (create && !fs::exists(head_path_in(directory.string()))) {
        return FileKeyring::create(path, log_id);
    }
    if (!fs::exists(head_path_in(directory.string())) &&
        !fs::exists(database_path_in(directory.string()))) {
        return unfinished_log(directory.string());
    }
    return error(ErrorCode::environment,
                 path.string() +
                     " is missing; restore it from its own backup: without it nothing "
                     "that is sealed can be read, and nothing new can be sealed");
}

}  // namespace

// Held while this process writes; the file system gives it back when the process ends.
class DataDirectory::WriterLock {
  public:
    [[nodiscard]] static Result<std::unique_ptr<WriterLock>> acquire(
        const std::string& directory, std::shared_ptr<rocksdb::FileSystem> file_system) {
        const std::string pid_path = directory + "/writer.pid";
        std::unique_ptr<WriterLock> lock(new WriterLock);
        lock->file_system_ = std::move(file_system);
        auto& system = *lock->file_system_;
        auto status = system.LockFile(directory + "/writer.lock", rocksdb::IOOptions(),
                                      &lock->lock_, nullptr);
        if (!status.ok()) {
            const Error why = error_of(status, directory);
            std::string pid;
            const auto read = rocksdb::ReadFileToString(&system, pid_path, &pid);
            if (!why.message.starts_with(directory + " is being written") || !read.ok()) return why;
            return error(why.code, directory + " is being written by process " +
                                       pid.substr(0, pid.find('\n')) +
                                       "; stop that one, or open the log for reading");
        }
        status = rocksdb::WriteStringToFile(&system, std::to_string(::getpid()) + "\n", pid_path);
        if (!status.ok()) return error_of(status, pid_path);
        return lock;
    }
    ~WriterLock() {
        if (lock_ == nullptr) return;
        file_system_->UnlockFile(lock_, rocksdb::IOOptions(), nullptr).PermitUncheckedError();
    }
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

  private:
    WriterLock() = default;
    std::shared_ptr<rocksdb::FileSystem> file_system_;
    rocksdb::FileLock* lock_ = nullptr;
};

DataDirectory::DataDirectory() = default;
DataDirectory::~DataDirectory() = default;

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const std::string& path, Mode mode,
                                                           const StoreOptions& options) {
    if (mode == Mode::create) {
        if (auto made = make_directory(path); !made) return made.error();
    }
    if (auto checked = check_directory(path, mode); !checked) return checked.error();
    std::unique_ptr<DataDirectory> directory(new DataDirectory);
    directory->path_ = path;
    if (mode != Mode::create && !fs::exists(fs::path(path) / marker_name)) return not_ours(path);
    if (mode != Mode::read) {
        if (mode == Mode::create && !fs::exists(fs::path(path) / marker_name) &&
            !is_empty_for_us(path)) {
            return not_ours(path);
        }
        auto lock = WriterLock::acquire(path, options.database.file_system
                                                  ? options.database.file_system
                                                  : rocksdb::FileSystem::Default());
        if (!lock) return lock.error();
        directory->lock_ = std::move(*lock);
    }
    const auto log_id = read_or_make_marker(path, mode);
    if (!log_id) return log_id.error();
    directory->log_id_ = *log_id;
    auto keyring = open_keyring(path, *log_id, mode == Mode::create);
    if (!keyring) return keyring.error();
    directory->keyring_ = std::move(*keyring);
    if (auto opened = directory->open_stores(mode, options); !opened) return opened.error();
    return directory;
}

Result<void> DataDirectory::open_stores(Mode mode, const StoreOptions& options) {
    // Before the log, so that no model is ahead of the log that is shown beside it.
    auto reads = mode == Mode::read ? Database::open(database_path_in(path_), Database::Mode::read,
                                                     options.database, {Family::read})
                                    : Result<std::unique_ptr<Database>>(nullptr);
    const auto access = mode == Mode::read     ? RocksEventStore::Access::read
                        : mode == Mode::create ? RocksEventStore::Access::create
                                               : RocksEventStore::Access::write;
    auto events = RocksEventStore::open(path_, access, options);
    if (!events) return events.error();
    if (!reads) return reads.error();
    events_ = std::move(*events);
    reads_ = std::make_unique<RocksReadStore>(*reads ? std::shared_ptr<Database>(std::move(*reads))
                                                     : events_->database());
    const auto first = events_->read(Position{1});
    if (!first) return first.error();
    if (!*first) return {};
    const auto decoded = record::decode_record(**first);
    if (!decoded) return decoded.error();
    if (decoded->envelope.log_id == log_id_) return {};
    return error(ErrorCode::corruption,
                 path_ + " names log " + to_hex(log_id_) + ", but its records belong to log " +
                     to_hex(decoded->envelope.log_id) +
                     "; parts of two directories were mixed: restore it whole from one backup");
}

}  // namespace jejak::storage
