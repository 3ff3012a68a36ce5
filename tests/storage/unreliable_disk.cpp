#include "tests/storage/unreliable_disk.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

namespace jejak::storage {
namespace {

namespace fs = std::filesystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

constexpr std::size_t page_size = 512;

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// RocksDB's own text log goes past the file system and does not matter.
bool is_info_log(const std::string& path) {
    return fs::path(path).filename().string().starts_with("LOG");
}

// RocksDB expects that a manifest, some hundred bytes at a time, ends early at worst.
bool tears_in_the_middle(const std::string& path) {
    return !fs::path(path).filename().string().starts_with("MANIFEST");
}

class AppendedFile final : public rocksdb::FSWritableFileOwnerWrapper {
  public:
    AppendedFile(std::unique_ptr<rocksdb::FSWritableFile> file, UnreliableDisk& disk,
                 std::string path)
        : FSWritableFileOwnerWrapper(std::move(file)), disk_(disk), path_(std::move(path)) {}

    IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
        auto status = disk_.begin_write();
        if (status.ok()) {
            status = target()->Append(data, options, debug);
            if (status.ok()) disk_.appended(path_, data.size());
        } else if (status.IsNoSpace()) {
            const Slice half(data.data(), data.size() / 2);
            if (target()->Append(half, options, debug).ok()) disk_.appended(path_, half.size());
        }
        return status;
    }
    IOStatus Append(const Slice& data, const IOOptions& options,
                    const rocksdb::DataVerificationInfo&, IODebugContext* debug) override {
        return Append(data, options, debug);
    }
    IOStatus Sync(const IOOptions&, IODebugContext*) override {
        const std::uint64_t size = disk_.size_of(path_);
        auto status = disk_.begin_write();
        if (status.ok()) disk_.synced(path_, size);
        return status;
    }
    IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
        return Sync(options, debug);
    }

  private:
    UnreliableDisk& disk_;
    std::string path_;
};

class PlacedFile final : public rocksdb::FSRandomRWFileOwnerWrapper {
  public:
    PlacedFile(std::unique_ptr<rocksdb::FSRandomRWFile> file, UnreliableDisk& disk,
               std::string path)
        : FSRandomRWFileOwnerWrapper(std::move(file)), disk_(disk), path_(std::move(path)) {}

    IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& options,
                   IODebugContext* debug) override {
        auto status = disk_.begin_write();
        if (status.ok()) status = target()->Write(offset, data, options, debug);
        return status;
    }
    IOStatus Sync(const IOOptions&, IODebugContext*) override {
        auto content = content_of(path_);
        auto status = disk_.begin_write();
        if (status.ok()) disk_.synced_content(path_, std::move(content));
        return status;
    }
    IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
        return Sync(options, debug);
    }

  private:
    UnreliableDisk& disk_;
    std::string path_;
};

class SyncedDirectory final : public rocksdb::FSDirectoryWrapper {
  public:
    SyncedDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, UnreliableDisk& disk,
                    std::string path)
        : FSDirectoryWrapper(std::move(directory)), disk_(disk), path_(std::move(path)) {}

    IOStatus Fsync(const IOOptions&, IODebugContext*) override {
        auto status = disk_.begin_write();
        if (status.ok()) disk_.directory_synced(path_);
        return status;
    }
    IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                                 const rocksdb::DirFsyncOptions&) override {
        return Fsync(options, debug);
    }

  private:
    UnreliableDisk& disk_;
    std::string path_;
};

}  // namespace

UnreliableDisk::UnreliableDisk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void UnreliableDisk::power_off() {
    const std::scoped_lock lock(mutex_);
    off_ = true;
}
void UnreliableDisk::power_off_at_write(std::uint64_t number) {
    off_at_ = number;
}
void UnreliableDisk::fill_up_at_write(std::uint64_t number) {
    full_at_ = number;
}
std::uint64_t UnreliableDisk::writes() const {
    const std::scoped_lock lock(mutex_);
    return writes_;
}

IOStatus UnreliableDisk::begin_write() {
    const std::scoped_lock lock(mutex_);
    if (off_) return IOStatus::IOError("the power is off");
    ++writes_;
    if (off_at_ != 0 && writes_ >= off_at_) off_ = true;
    if (full_at_ != 0 && writes_ >= full_at_) return IOStatus::NoSpace("the disk is full");
    return IOStatus::OK();
}

void UnreliableDisk::appended(const std::string& path, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    files_[path].size += size;
}
std::uint64_t UnreliableDisk::size_of(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    const auto found = files_.find(path);
    return found == files_.end() ? 0 : found->second.size;
}
void UnreliableDisk::synced(const std::string& path, std::uint64_t size) {
    const std::scoped_lock lock(mutex_);
    if (!off_) files_[path].synced_size = size;
}
std::optional<std::string> UnreliableDisk::last_synced(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    const auto found = files_.find(path);
    return found == files_.end() ? std::nullopt : found->second.synced_content;
}
void UnreliableDisk::synced_content(const std::string& path, std::string content) {
    const std::scoped_lock lock(mutex_);
    if (!off_) files_[path].synced_content = std::move(content);
}
void UnreliableDisk::directory_synced(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (off_) return;
    std::erase_if(changes_, [&path](const Change& change) {
        return fs::path(change.path).parent_path() == fs::path(path);
    });
}

IOStatus UnreliableDisk::NewWritableFile(const std::string& path,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         IODebugContext* debug) {
    if (auto status = begin_write(); !status.ok()) return status;
    {
        const std::scoped_lock lock(mutex_);
        const bool existed = fs::exists(path);
        changes_.push_back({Change::Kind::made, path, existed ? bury(path) : "", "", files_[path]});
        files_[path] = FileState{};
    }
    auto status = target()->NewWritableFile(path, options, file, debug);
    if (status.ok()) *file = std::make_unique<AppendedFile>(std::move(*file), *this, path);
    return status;
}

IOStatus UnreliableDisk::NewRandomRWFile(const std::string& path,
                                         const rocksdb::FileOptions& options,
                                         std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                         IODebugContext* debug) {
    if (auto status = begin_write(); !status.ok()) return status;
    auto status = target()->NewRandomRWFile(path, options, file, debug);
    if (!status.ok()) return status;
    const std::scoped_lock lock(mutex_);
    files_[path].synced_content = content_of(path);
    *file = std::make_unique<PlacedFile>(std::move(*file), *this, path);
    return status;
}

IOStatus UnreliableDisk::NewDirectory(const std::string& path, const IOOptions& options,
                                      std::unique_ptr<rocksdb::FSDirectory>* directory,
                                      IODebugContext* debug) {
    auto status = target()->NewDirectory(path, options, directory, debug);
    if (status.ok()) {
        *directory = std::make_unique<SyncedDirectory>(std::move(*directory), *this, path);
    }
    return status;
}

IOStatus UnreliableDisk::DeleteFile(const std::string& path, const IOOptions& options,
                                    IODebugContext* debug) {
    if (auto status = begin_write(); !status.ok()) return status;
    if (!is_info_log(path)) {
        const std::scoped_lock lock(mutex_);
        changes_.push_back({Change::Kind::removed, path, bury(path), "", files_[path]});
        files_.erase(path);
    }
    return target()->DeleteFile(path, options, debug);
}

IOStatus UnreliableDisk::RenameFile(const std::string& from, const std::string& to,
                                    const IOOptions& options, IODebugContext* debug) {
    if (auto status = begin_write(); !status.ok()) return status;
    if (!is_info_log(from)) {
        const std::scoped_lock lock(mutex_);
        const bool existed = fs::exists(to);
        changes_.push_back({Change::Kind::renamed, to, existed ? bury(to) : "", from, files_[to]});
        files_[to] = files_[from];
        files_.erase(from);
    }
    return target()->RenameFile(from, to, options, debug);
}

std::string UnreliableDisk::bury(const std::string& path) {
    const std::string grave = (graveyard_ / std::to_string(++buried_)).string();
    std::error_code ignored;
    fs::copy_file(path, grave, ignored);
    return ignored ? std::string() : grave;
}

void UnreliableDisk::apply(Loss loss, std::uint32_t seed) {
    const std::scoped_lock lock(mutex_);
    for (const auto& [path, state] : files_)
        cut(path, state, loss, ++seed);
    for (auto change = changes_.rbegin(); change != changes_.rend(); ++change)
        undo(*change);
    changes_.clear();
    files_.clear();
}

void UnreliableDisk::undo(const Change& change) {
    std::error_code ignored;
    if (change.kind == Change::Kind::renamed) fs::rename(change.path, change.from, ignored);
    if (change.kind == Change::Kind::made) fs::remove(change.path, ignored);
    if (change.saved.empty()) return;
    fs::copy_file(change.saved, change.path, fs::copy_options::overwrite_existing, ignored);
    cut(change.path, change.state, Loss::all, 0);
}

void UnreliableDisk::cut(const std::string& path, const FileState& state, Loss loss,
                         std::uint32_t seed) {
    std::string bytes = content_of(path);
    if (state.synced_content) {
        bytes = *state.synced_content;
    } else if (bytes.size() > state.synced_size && state.size > 0) {
        std::mt19937 random(seed);
        if (loss == Loss::torn && !tears_in_the_middle(path)) loss = Loss::suffix;
        const std::size_t unsynced = bytes.size() - state.synced_size;
        if (loss == Loss::all) bytes.resize(state.synced_size);
        if (loss == Loss::suffix) bytes.resize(state.synced_size + random() % (unsynced + 1));
        for (std::size_t at = state.synced_size; loss == Loss::torn && at < bytes.size();) {
            const std::size_t end = std::min(bytes.size(), (at / page_size + 1) * page_size);
            if (random() % 2 == 0)
                std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                          bytes.begin() + static_cast<std::ptrdiff_t>(end), '\0');
            at = end;
        }
    } else {
        return;
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace jejak::storage
