#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/storage/event_store_fixture.hpp"

// Part of event_store_contract.hpp: what is not written, and why.
namespace jejak::storage {

template <class Holder>
class EventStoreRefusals : public EventStoreFixture<Holder> {};
TYPED_TEST_SUITE_P(EventStoreRefusals);

TYPED_TEST_P(EventStoreRefusals, an_older_writer_can_no_longer_append) {
    const auto before = this->epoch_;
    const auto after = this->store().acquire_writer_epoch().value();
    EXPECT_GT(after, before);
    const auto batch = this->log_.batch(1);
    const auto refused = append_to(this->store(), batch, Position{0}, before);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::version_conflict);
    EXPECT_EQ(this->store().head().value().position, Position{0});
    EXPECT_TRUE(append_to(this->store(), batch, Position{0}, after).has_value());
}

TYPED_TEST_P(EventStoreRefusals, a_wrong_head_is_a_conflict_and_writes_nothing) {
    ASSERT_TRUE(this->append(this->log_.batch(2)).has_value());
    const auto head = this->store().head().value();
    const auto batch = this->log_.batch(1);
    for (const std::uint64_t wrong : {0, 1, 3}) {
        const auto refused = append_to(this->store(), batch, Position{wrong}, this->epoch_);
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::version_conflict);
    }
    EXPECT_EQ(this->store().head().value(), head);
    EXPECT_TRUE(this->append(batch).has_value()) << "a conflict must not stop the store";
}

TYPED_TEST_P(EventStoreRefusals, a_batch_that_breaks_a_promise_is_refused_and_the_store_goes_on) {
    SampleLog other;
    std::vector<AppendBatch> broken;
    broken.push_back({other.commit("a", 3), {}});
    broken.back().records.pop_back();  // half a commit
    other = SampleLog();
    broken.push_back(other.batch(3));
    broken.back().records.erase(broken.back().records.begin() + 1);  // a gap in the positions
    other = SampleLog();
    broken.push_back({{other.event("a"), other.event("a")}, {}});
    broken.back().records[1].envelope.version = Version{3};  // a gap in the versions
    other = SampleLog();
    broken.push_back(other.batch(1));
    broken.back().records[0].bytes.resize(record_size_max + 1);
    other = SampleLog();
    broken.push_back(other.batch(1));
    broken.back().keys[0].bytes.pop_back();
    for (const AppendBatch& batch : broken) {
        const auto refused = this->append(batch);
        ASSERT_FALSE(refused.has_value());
        EXPECT_EQ(refused.error().code, ErrorCode::invalid_input) << refused.error().message;
        EXPECT_EQ(this->store().head().value().position, Position{0});
    }
    EXPECT_TRUE(this->append(this->log_.batch(1)).has_value());
}

TYPED_TEST_P(EventStoreRefusals, takes_a_record_of_the_largest_size) {
    auto batch = this->log_.batch(1);
    batch.records[0].bytes.resize(record_size_max, 'x');
    ASSERT_TRUE(this->append(batch).has_value());
    EXPECT_EQ(this->store().read(Position{1}).value(), batch.records[0].bytes);
}

REGISTER_TYPED_TEST_SUITE_P(EventStoreRefusals, an_older_writer_can_no_longer_append,
                            a_wrong_head_is_a_conflict_and_writes_nothing,
                            a_batch_that_breaks_a_promise_is_refused_and_the_store_goes_on,
                            takes_a_record_of_the_largest_size);

}  // namespace jejak::storage
