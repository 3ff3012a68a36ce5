#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/record/merkle.hpp"
#include "tests/storage/event_store_fixture.hpp"
#include "tests/storage/event_store_proofs.hpp"
#include "tests/storage/event_store_refusals.hpp"

// What every EventStore must do. To put one more under it, write a default-constructible holder
// with `EventStore& store()`, empty at first, and `void reopen()` (a real store is closed and
// opened; epochs go on from what is stored), and in a test source
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreContract, RocksHolder);
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreRefusals, RocksHolder);
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreProofs, RocksHolder);
namespace jejak::storage {

template <class Holder>
class EventStoreContract : public EventStoreFixture<Holder> {};
TYPED_TEST_SUITE_P(EventStoreContract);

TYPED_TEST_P(EventStoreContract, a_new_log_ends_at_0_with_the_root_of_nothing) {
    EXPECT_EQ(this->store().head().value(), (Head{Position{0}, record::empty_root()}));
    EXPECT_EQ(this->store().read(Position{1}).value(), std::nullopt);
    EXPECT_THAT(scan_all(this->store()), testing::IsEmpty());
}

TYPED_TEST_P(EventStoreContract, what_was_appended_can_be_read_also_after_opening_anew) {
    const auto batch = this->log_.batch(3);
    const auto head = this->append(batch);
    ASSERT_TRUE(head.has_value()) << head.error().message;
    EXPECT_EQ(head->position, Position{3});
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(this->store().head().value(), *head);
        EXPECT_EQ(this->store().read(Position{2}).value(), batch.records[1].bytes);
        EXPECT_EQ(this->store().read(Position{0}).value(), std::nullopt);
        EXPECT_EQ(this->store().read(Position{4}).value(), std::nullopt);
        EXPECT_EQ(this->store().wrapped_key(batch.keys[0].owner).value(), batch.keys[0].bytes);
        EXPECT_EQ(this->store().wrapped_key(SampleLog::owner(99)).value(), std::nullopt);
        this->reopen();
    }
}

TYPED_TEST_P(EventStoreContract, a_scan_is_in_order_clipped_to_the_head_and_stops_when_told) {
    this->fill(600, 100);
    const auto all = scan_all(this->store());
    ASSERT_EQ(all.size(), 600U);
    EXPECT_EQ(all.front().first, Position{1});
    EXPECT_EQ(all.back().first, Position{600});
    std::vector<std::uint64_t> seen;
    const auto visit = [&seen](Position position, std::string_view) {
        seen.push_back(position.value);
        return seen.size() < 3;
    };
    ASSERT_TRUE(this->store().scan(Position{599}, Position{UINT64_MAX}, visit).has_value());
    EXPECT_THAT(seen, testing::ElementsAre(599, 600));
    seen.clear();
    ASSERT_TRUE(this->store().scan(Position{0}, Position{600}, visit).has_value());
    EXPECT_THAT(seen, testing::ElementsAre(1, 2, 3));
    seen.clear();
    ASSERT_TRUE(this->store().scan(Position{5}, Position{4}, visit).has_value());
    EXPECT_THAT(seen, testing::IsEmpty());
}

TYPED_TEST_P(EventStoreContract, a_stream_is_read_from_any_version_and_holds_no_rejection) {
    AppendBatch batch;
    batch.records.push_back(this->log_.event("a"));
    batch.records.push_back(this->log_.event("ab"));
    batch.records.push_back(this->log_.rejection("a"));
    for (Record& record : this->log_.commit("a", 3))
        batch.records.push_back(std::move(record));
    ASSERT_TRUE(this->append(batch).has_value());
    EXPECT_THAT(stream_positions(this->store(), "a", 0), testing::ElementsAre(1, 4, 5, 6));
    EXPECT_THAT(stream_positions(this->store(), "a", 1), testing::ElementsAre(1, 4, 5, 6));
    EXPECT_THAT(stream_positions(this->store(), "a", 3), testing::ElementsAre(5, 6));
    EXPECT_THAT(stream_positions(this->store(), "a", 5), testing::IsEmpty());
    EXPECT_THAT(stream_positions(this->store(), "ab", 1), testing::ElementsAre(2));
    EXPECT_THAT(stream_positions(this->store(), "b", 1), testing::IsEmpty());
}

TYPED_TEST_P(EventStoreContract, a_receipt_names_the_first_record_of_its_commit) {
    AppendBatch batch;
    batch.records.push_back(this->log_.event("a"));
    for (Record& record : this->log_.commit("a", 2))
        batch.records.push_back(std::move(record));
    batch.records.push_back(this->log_.rejection("a"));
    ASSERT_TRUE(this->append(batch).has_value());
    const auto receipt = [&](std::uint64_t command) {
        return this->store().find_receipt(SampleLog::command_id(command)).value();
    };
    EXPECT_EQ(receipt(1), Position{1});
    EXPECT_EQ(receipt(2), Position{2});
    EXPECT_EQ(receipt(3), Position{4});
    EXPECT_EQ(receipt(4), std::nullopt);
}

TYPED_TEST_P(EventStoreContract, keys_alone_may_be_appended_and_leave_the_head_where_it_is) {
    const auto head = this->append(this->log_.batch(1));
    const AppendBatch rewrapped{{}, {{SampleLog::owner(1), std::string(40, 'n')}}};
    EXPECT_EQ(this->append(rewrapped).value(), *head);
    this->reopen();
    EXPECT_EQ(this->store().wrapped_key(SampleLog::owner(1)).value(), std::string(40, 'n'));
}

TYPED_TEST_P(EventStoreContract, a_visitor_may_call_the_store) {
    this->fill(5, 5);
    std::uint64_t seen = 0;
    const auto scanned = this->store().scan(
        Position{1}, Position{5}, [&](Position position, std::string_view bytes) {
            seen += this->store().read(position).value() == bytes ? 1 : 0;
            return true;
        });
    EXPECT_TRUE(scanned.has_value());
    EXPECT_EQ(seen, 5U);
}

REGISTER_TYPED_TEST_SUITE_P(EventStoreContract, a_new_log_ends_at_0_with_the_root_of_nothing,
                            what_was_appended_can_be_read_also_after_opening_anew,
                            a_scan_is_in_order_clipped_to_the_head_and_stops_when_told,
                            a_stream_is_read_from_any_version_and_holds_no_rejection,
                            a_receipt_names_the_first_record_of_its_commit,
                            keys_alone_may_be_appended_and_leave_the_head_where_it_is,
                            a_visitor_may_call_the_store);

}  // namespace jejak::storage
