// What the sync of an append is said to have taken, beside a disk that takes the time itself.
#include <gtest/gtest.h>
#include <rocksdb/perf_level.h>

#include <chrono>

#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

using std::chrono::nanoseconds;
using Stopwatch = std::chrono::steady_clock;

// Write-ahead logs whose syncs are timed, and whose writes take a millisecond: what counts a write
// as a sync is found out.
class TimedDisk final : public rocksdb::FileSystemWrapper {
  public:
    static constexpr std::chrono::milliseconds write_takes{1};

    TimedDisk() : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()) {}
    [[nodiscard]] const char* Name() const override { return "TimedDisk"; }
    rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* debug) override {
        auto made = target()->NewWritableFile(path, options, file, debug);
        if (made.ok() && path.ends_with(".log")) {
            *file = std::make_unique<File>(std::move(*file), *this);
        }
        return made;
    }

    std::vector<nanoseconds> syncs;  // on the appending thread alone

  private:
    class File final : public rocksdb::FSWritableFileOwnerWrapper {
      public:
        File(std::unique_ptr<rocksdb::FSWritableFile> file, TimedDisk& disk)
            : rocksdb::FSWritableFileOwnerWrapper(std::move(file)), disk_(disk) {}
        using rocksdb::FSWritableFileOwnerWrapper::Append;
        rocksdb::IOStatus Append(const rocksdb::Slice& bytes, const rocksdb::IOOptions& options,
                                 rocksdb::IODebugContext* debug) override {
            const auto until = Stopwatch::now() + write_takes;
            while (Stopwatch::now() < until) {
            }
            return rocksdb::FSWritableFileOwnerWrapper::Append(bytes, options, debug);
        }
        rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
            const auto started = Stopwatch::now();
            auto status = rocksdb::FSWritableFileOwnerWrapper::Sync(options, debug);
            disk_.syncs.push_back(Stopwatch::now() - started);
            return status;
        }

      private:
        TimedDisk& disk_;
    };
};

TEST(SyncObserver, is_told_of_each_append_how_long_the_disk_took_to_sync_and_no_more) {
    const TemporaryDirectory directory;
    const auto disk = std::make_shared<TimedDisk>();
    StoreOptions options;
    options.database.file_system = disk;
    const auto store =
        open_store(directory.path().string(), RocksEventStore::Access::create, options);
    const auto epoch = store->acquire_writer_epoch().value();
    disk->syncs.clear();
    std::vector<nanoseconds> told;
    store->on_sync([&](nanoseconds took) { told.push_back(took); });
    SampleLog log;
    for (std::size_t i = 0; i < 10; ++i) {
        const auto head = log.head();
        auto batch = log.batch(1 + i);
        const auto started = Stopwatch::now();
        ASSERT_TRUE(append_to(*store, std::move(batch), head, epoch).has_value());
        const nanoseconds whole = Stopwatch::now() - started;
        ASSERT_EQ(told.size(), i + 1);
        ASSERT_EQ(disk->syncs.size(), i + 1) << "one sync an append";
        EXPECT_GE(told[i], disk->syncs[i]);
        EXPECT_LE(told[i], whole - TimedDisk::write_takes) << "the write was counted too";
    }
    EXPECT_FALSE(append_to(*store, log.batch(1), Position{1}, epoch).has_value());
    EXPECT_EQ(told.size(), 10U) << "nothing was written, so nothing was synced";
}

TEST(SyncObserver, leaves_the_thread_as_it_was) {
    const TemporaryDirectory directory;
    const auto store = open_store(directory.path().string(), RocksEventStore::Access::create);
    const auto epoch = store->acquire_writer_epoch().value();
    store->on_sync([](nanoseconds) {});
    const auto before = rocksdb::GetPerfLevel();
    SampleLog log;
    ASSERT_TRUE(append_to(*store, log.batch(3), Position{0}, epoch).has_value());
    EXPECT_EQ(rocksdb::GetPerfLevel(), before);
}

}  // namespace
}  // namespace jejak::storage
