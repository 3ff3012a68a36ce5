#include "storage/rocks_read_store.hpp"

#include <gtest/gtest.h>

#include "storage/log_opening.hpp"
#include "tests/storage/read_store_contract.hpp"
#include "tests/storage/rocks_holder.hpp"

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
