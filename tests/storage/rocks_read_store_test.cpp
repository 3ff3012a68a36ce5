#include "storage/rocks_read_store.hpp"

#include <gtest/gtest.h>

#include "tests/storage/read_store_contract.hpp"
#include "tests/storage/rocks_holder.hpp"
#include "tests/storage/unreliable_disk.hpp"

namespace jejak::storage {
namespace {

struct RocksReadHolder {
    ReadStore& store() { return reads; }
    RocksHolder log;
    RocksReadStore reads{log.opened->database()};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, ReadStoreContract, RocksReadHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, ReadStoreScanContract, RocksReadHolder);

TEST(RocksReadStore, keeps_models_and_checkpoints_when_it_is_closed) {
    RocksHolder log;
    ASSERT_TRUE(RocksReadStore(log.opened->database())
                    .write("list", {{"a", "1"}}, Position{5})
                    .has_value());
    log.reopen();
    const RocksReadStore reads(log.opened->database());
    EXPECT_EQ(reads.checkpoint("list").value(), Position{5});
    EXPECT_EQ(rows_of(reads, "list"), (std::vector<Row>{{"a", "1"}}));
}

TEST(RocksReadStore, a_power_cut_takes_rows_and_checkpoint_back_together) {
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        const TemporaryDirectory directory;
        const auto path = directory.path().string();
        const auto disk = std::make_shared<UnreliableDisk>();
        StoreOptions options;
        options.database.file_system = disk;
        constexpr std::uint64_t last = 60;
        constexpr std::uint64_t written_out = 25;
        {
            const auto store = open_store(path, RocksEventStore::Access::create, options);
            const auto epoch = store->acquire_writer_epoch().value();
            RocksReadStore reads(store->database());
            SampleLog log;
            for (std::uint64_t position = 1; position <= last; ++position) {
                const auto expected = log.head();
                const auto batch = log.batch(1, 1, 2'000);
                ASSERT_TRUE(append_to(*store, batch, expected, epoch).has_value());
                const auto row = std::to_string(position);
                ASSERT_TRUE(reads.write("list", {{"newest", row}, {row, "x"}}, Position{position})
                                .has_value());
                if (position != written_out) continue;
                Database& database = *store->database();
                auto* family = database.family(Family::read);
                ASSERT_TRUE(database.db().Flush(rocksdb::FlushOptions(), family).ok());
            }
            disk->power_off();
        }
        disk->apply(Loss::all, seed);
        const auto store = open_store(path, RocksEventStore::Access::write);
        const RocksReadStore reads(store->database());
        const std::uint64_t checkpoint = reads.checkpoint("list").value().value;
        EXPECT_GE(checkpoint, written_out);
        EXPECT_LT(checkpoint, last) << "nothing was lost, so nothing was tested";
        EXPECT_EQ(value_of(reads, "list", "newest"), std::to_string(checkpoint));
        EXPECT_EQ(rows_of(reads, "list").size(), checkpoint + 1);
        EXPECT_EQ(store->head().value().position, Position{last});
    }
}

TEST(RocksReadStore, refuses_a_model_name_that_would_mix_with_another) {
    RocksHolder log;
    RocksReadStore reads(log.opened->database());
    for (const std::string_view name : {std::string_view(), std::string_view("a\0b", 3)}) {
        EXPECT_EQ(reads.write(name, {}, Position{1}).error().code, ErrorCode::invalid_input);
        EXPECT_EQ(reads.get(name, "a").error().code, ErrorCode::invalid_input);
        EXPECT_EQ(reads.clear(name).error().code, ErrorCode::invalid_input);
    }
}

}  // namespace
}  // namespace jejak::storage
