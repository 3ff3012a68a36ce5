#include <gtest/gtest.h>

#include "storage/memory_event_store.hpp"
#include "tests/storage/event_store_contract.hpp"
#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

struct MemoryHolder {
    EventStore& store() { return memory; }
    void reopen() { memory.reopen(); }
    MemoryEventStore memory;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventStoreContract, MemoryHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventStoreRefusals, MemoryHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventStoreProofs, MemoryHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreContract, RocksHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreRefusals, RocksHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreProofs, RocksHolder);

TEST(MemoryEventStore, refuses_writes_after_an_unknown_outcome_until_it_is_opened_again) {
    for (const bool lands : {false, true}) {
        MemoryEventStore store({.unknown_outcome_at = 2, .batch_lands = lands});
        SampleLog log;
        const auto epoch = store.acquire_writer_epoch().value();
        ASSERT_TRUE(append_to(store, log.batch(3), Position{0}, epoch).has_value());
        const auto lost = log.batch(2);
        EXPECT_EQ(append_to(store, lost, Position{3}, epoch).error().code,
                  ErrorCode::outcome_unknown);
        EXPECT_EQ(store.head().value().position, Position{3});
        EXPECT_FALSE(append_to(store, lost, Position{3}, epoch).has_value());
        store.reopen();
        const auto head = store.head().value().position;
        EXPECT_EQ(head, Position{lands ? 5U : 3U});
        EXPECT_EQ(store.find_receipt(lost.records[0].envelope.command_id).value().has_value(),
                  lands);
        if (!lands) {
            EXPECT_TRUE(append_to(store, lost, head, epoch).has_value());
        }
    }
}

}  // namespace
}  // namespace jejak::storage
