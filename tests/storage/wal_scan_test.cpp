#include "storage/wal_scan.hpp"

#include <gtest/gtest.h>

#include "tests/storage/image.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

// What RocksDB itself has written: 40 batches of 10 records, over more than two blocks.
class WalScanTest : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        const TemporaryDirectory directory;
        const auto store = open_store(directory.path().string(), RocksEventStore::Access::create);
        const auto epoch = store->acquire_writer_epoch().value();
        SampleLog log;
        ends_.clear();
        for (int i = 0; i < 40; ++i) {
            const auto expected = log.head();
            ASSERT_TRUE(append_to(*store, log.batch(10), expected, epoch).has_value());
            const Image image(directory.path());
            bytes_ = bytes_of_file(image.files(".log").at(0));
            ends_.push_back(bytes_.size());
        }
    }
    static std::string flipped(std::size_t offset) {
        std::string bytes = bytes_;
        bytes[offset] = static_cast<char>(bytes[offset] ^ 0x10);
        return bytes;
    }
    static std::string bytes_;
    static std::vector<std::size_t> ends_;  // of each batch
};
std::string WalScanTest::bytes_;
std::vector<std::size_t> WalScanTest::ends_;

TEST_F(WalScanTest, finds_nothing_in_what_rocksdb_wrote) {
    ASSERT_GT(bytes_.size(), std::size_t{2} * 32'768);
    for (const std::size_t end : ends_) {
        EXPECT_FALSE(scan_wal_file(std::string_view(bytes_).substr(0, end)).damage_offset)
            << end << " bytes";
    }
    EXPECT_FALSE(scan_wal_file("").damage_offset);
    EXPECT_FALSE(scan_wal_file(bytes_ + std::string(5'000, '\0')).damage_offset)
        << "RocksDB fills files with zeros ahead of time";
}

TEST_F(WalScanTest, recognises_any_flipped_bit_before_the_last_batch_as_damage) {
    for (std::size_t offset = 0; offset < ends_[38]; offset += 97) {
        const auto scan = scan_wal_file(flipped(offset));
        EXPECT_TRUE(scan.damage_offset.has_value()) << "at " << offset;
        EXPECT_TRUE(scan.appended_behind) << "at " << offset;
    }
}

TEST_F(WalScanTest, takes_a_bad_last_batch_for_a_torn_tail) {
    for (std::size_t offset = ends_[38]; offset < bytes_.size(); offset += 29) {
        const auto scan = scan_wal_file(flipped(offset));
        EXPECT_TRUE(scan.damage_offset.has_value()) << "at " << offset;
        EXPECT_FALSE(scan.appended_behind) << "at " << offset;
        const auto cut = scan_wal_file(std::string_view(bytes_).substr(0, offset));
        EXPECT_FALSE(cut.appended_behind) << "cut at " << offset;
    }
}

}  // namespace
}  // namespace jejak::storage
