#include "storage/head_file.hpp"

#include <chrono>

#include "engine/record/bytes.hpp"
#include "engine/record/digest.hpp"
#include "storage/database.hpp"

namespace jejak::storage {
namespace {

constexpr std::string_view head_magic("jejakhd\x01", 8);
constexpr std::size_t slot_size = 512;
constexpr std::size_t slot_spacing = 4096;
constexpr unsigned slot_count = 3;
constexpr std::size_t summed_size = 8 + 8 + 32;
// A read may meet a write half-way; the writer is done long before the last attempt.
constexpr int read_attempts_max = 20;

std::string slot_bytes(const Head& head) {
    record::ByteWriter out;
    out.raw(head_magic.data(), head_magic.size());
    out.u64(head.position.value);
    out.raw(head.root.data(), head.root.size());
    out.u32(record::crc32c(out.bytes()));
    std::string bytes = out.bytes();
    bytes.resize(slot_size);
    return bytes;
}

std::optional<Head> parse_slot(std::string_view bytes) {
    if (bytes.size() < slot_size) return std::nullopt;
    record::ByteReader in(bytes);
    if (in.raw(head_magic.size()) != head_magic) return std::nullopt;
    Head head;
    head.position.value = in.u64();
    in.into(head.root);
    if (in.u32() != record::crc32c(bytes.substr(0, summed_size))) return std::nullopt;
    return head;
}

struct Best {
    Head head;
    unsigned slot = 0;
    std::vector<unsigned> spoilt;  // written once, and not whole
};

std::optional<Best> best_slot(std::string_view file) {
    std::optional<Best> best;
    std::vector<unsigned> spoilt;
    for (unsigned slot = 0; slot < slot_count; ++slot) {
        const std::size_t offset = slot * slot_spacing;
        const auto bytes = offset < file.size() ? file.substr(offset, slot_size) : "";
        const auto head = parse_slot(bytes);
        if (!head) {
            if (bytes.find_first_not_of('\0') != std::string_view::npos) spoilt.push_back(slot);
        } else if (!best || best->head.position <= head->position) {
            best = Best{*head, slot, {}};
        }
    }
    if (best) best->spoilt = std::move(spoilt);
    return best;
}

Result<Best> read_best(rocksdb::FileSystem& file_system, const std::string& path) {
    std::optional<Best> best;
    for (int attempt = 0; attempt < read_attempts_max; ++attempt) {
        std::string bytes;
        const auto status = rocksdb::ReadFileToString(&file_system, path, &bytes);
        if (!status.ok()) return error_of(status, path);
        best = best_slot(bytes);
        if (best && best->spoilt.empty()) break;
    }
    if (best) return *best;
    return error(ErrorCode::corruption,
                 path +
                     " holds no readable head, so nobody can tell how far the log reached; "
                     "keep the directory as it is and restore it whole from a backup");
}

}  // namespace

Result<void> HeadFile::create(rocksdb::FileSystem& file_system, const std::string& path) {
    std::string bytes = slot_bytes(Head{Position{0}, record::sha256("")});
    bytes.resize(slot_count * slot_spacing);
    const auto status = rocksdb::WriteStringToFile(&file_system, bytes, path, true);
    if (!status.ok()) return error_of(status, path);
    return {};
}

Result<Head> HeadFile::read(rocksdb::FileSystem& file_system, const std::string& path) {
    const auto best = read_best(file_system, path);
    if (!best) return best.error();
    return best->head;
}

Result<std::vector<std::uint64_t>> HeadFile::spoilt_slots(rocksdb::FileSystem& file_system,
                                                          const std::string& path) {
    const auto best = read_best(file_system, path);
    if (!best) return best.error();
    std::vector<std::uint64_t> offsets;
    for (const unsigned slot : best->spoilt)
        offsets.push_back(std::uint64_t{slot} * slot_spacing);
    return offsets;
}

Result<std::unique_ptr<HeadFile>> HeadFile::open(rocksdb::FileSystem& file_system,
                                                 const std::string& path,
                                                 unsigned sync_interval_ms) {
    const auto best = read_best(file_system, path);
    if (!best) return best.error();
    std::unique_ptr<HeadFile> head(new HeadFile);
    head->path_ = path;
    head->sync_interval_ms_ = sync_interval_ms;
    head->slot_ = (best->slot + 1) % slot_count;
    auto status = file_system.NewRandomRWFile(path, rocksdb::FileOptions(), &head->file_, nullptr);
    for (const unsigned slot : best->spoilt) {
        if (!status.ok()) break;
        status = head->file_->Write(std::uint64_t{slot} * slot_spacing, slot_bytes(best->head),
                                    rocksdb::IOOptions(), nullptr);
    }
    if (!status.ok()) return error_of(status, path);
    head->thread_ = std::thread([self = head.get()] { self->run(); });
    return head;
}

HeadFile::~HeadFile() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (file_) file_->Close(rocksdb::IOOptions(), nullptr).PermitUncheckedError();
}

Result<void> HeadFile::write(const Head& head) {
    const std::string bytes = slot_bytes(head);
    bool wake = false;
    {
        const std::scoped_lock lock(mutex_);
        if (failed_) return *failed_;
        const auto status =
            file_->Write(std::uint64_t{slot_} * slot_spacing, bytes, rocksdb::IOOptions(), nullptr);
        if (!status.ok()) {
            failed_ = error_of(status, path_);
            return *failed_;
        }
        dirty_ = true;
        wake = idle_;
    }
    if (wake) changed_.notify_all();
    return {};
}

Result<void> HeadFile::sync() {
    std::unique_lock lock(mutex_);
    return sync_locked(lock);
}

// Freezes the slot that was written and writes on in the next one, so that the slot before, which
// is durable, and the frozen one are left alone until the sync is over.
Result<void> HeadFile::sync_locked(std::unique_lock<std::mutex>& lock) {
    changed_.wait(lock, [this] { return !syncing_; });
    if (failed_) return *failed_;
    if (!dirty_) return {};
    dirty_ = false;
    syncing_ = true;
    slot_ = (slot_ + 1) % slot_count;
    lock.unlock();
    const auto status = file_->Sync(rocksdb::IOOptions(), nullptr);
    lock.lock();
    syncing_ = false;
    changed_.notify_all();
    if (status.ok()) return {};
    failed_ = error_of(status, path_);
    return *failed_;
}

void HeadFile::run() {
    std::unique_lock lock(mutex_);
    while (!failed_) {
        idle_ = true;
        changed_.wait(lock, [this] { return stopping_ || dirty_ || failed_; });
        idle_ = false;
        const auto synced = sync_locked(lock);
        if (stopping_ || !synced) return;
        changed_.wait_for(lock, std::chrono::milliseconds(sync_interval_ms_),
                          [this] { return stopping_; });
    }
}

}  // namespace jejak::storage
