#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {

// What a power cut makes of bytes that were written and not synced.
enum class Loss {
    all,     // they are gone
    suffix,  // a random part at the front is there
    torn,    // some pages are there, others are zeros: the disk wrote them in another order
};

// A file system over the machine's own that forgets like a disk and fails like one.
//
// Forgetting: bytes of a file last from its sync on; a file that was made, removed or renamed is
// made, removed or renamed for good from the sync of its directory on. After power_off() every
// operation fails; when all files are closed, apply() leaves on the real disk what a power cut
// would have left. A sync only notes what it would make last; the real disk is never waited for.
// Failing: from the n-th write on, with `no space`, half of the bytes written.
// Thread-safe.
class UnreliableDisk final : public rocksdb::FileSystemWrapper {
  public:
    UnreliableDisk();

    void power_off();
    void power_off_at_write(std::uint64_t number);  // the write itself still reaches the cache
    void fill_up_at_write(std::uint64_t number);
    [[nodiscard]] std::uint64_t writes() const;
    void apply(Loss loss, std::uint32_t seed);
    // Of a file that is written in place: what a power cut now would leave.
    [[nodiscard]] std::optional<std::string> last_synced(const std::string& path) const;

    [[nodiscard]] const char* Name() const override { return "UnreliableDisk"; }
    rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSRandomRWFile>* file,
                                      rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                   std::unique_ptr<rocksdb::FSDirectory>* directory,
                                   rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                                 const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* debug) override;

    // For the files that it hands out.
    [[nodiscard]] rocksdb::IOStatus begin_write();
    void appended(const std::string& path, std::uint64_t size);
    [[nodiscard]] std::uint64_t size_of(const std::string& path) const;
    void synced(const std::string& path, std::uint64_t size);
    void synced_content(const std::string& path, std::string content);
    void directory_synced(const std::string& path);

  private:
    struct FileState {
        std::uint64_t size = 0;
        std::uint64_t synced_size = 0;
        std::optional<std::string> synced_content;  // of a file that is written in place
    };
    struct Change {  // of a directory, not synced yet
        enum class Kind { made, removed, renamed } kind{};
        std::string path;
        std::string saved;  // what was at `path` before, in the graveyard; empty: nothing
        std::string from;   // renamed: where it came from
        FileState state;    // of what was saved
    };
    [[nodiscard]] std::string bury(const std::string& path);
    void undo(const Change& change);
    static void cut(const std::string& path, const FileState& state, Loss loss, std::uint32_t seed);

    mutable std::mutex mutex_;
    bool off_ = false;
    std::uint64_t writes_ = 0;
    std::uint64_t off_at_ = 0;
    std::uint64_t full_at_ = 0;
    std::map<std::string, FileState> files_;
    std::vector<Change> changes_;
    TemporaryDirectory graveyard_;
    std::uint64_t buried_ = 0;
};

}  // namespace jejak::storage
