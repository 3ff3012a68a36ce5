#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/record/merkle.hpp"
#include "tests/storage/sample_log.hpp"
#include "tests/storage/store_calls.hpp"

// What every EventStore must do. To put one more under it, write a default-constructible holder
// with `EventStore& store()`, empty at first, and `void reopen()` (a real store is closed and
// opened; epochs go on from what is stored), and in a test source
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, EventStoreContract, RocksHolder);
namespace jejak::storage {

template <class Holder>
class EventStoreContract : public testing::Test {
  protected:
    EventStoreContract() { epoch_ = holder_.store().acquire_writer_epoch().value(); }

    EventStore& store() { return holder_.store(); }
    void reopen() {
        holder_.reopen();
        epoch_ = store().acquire_writer_epoch().value();
    }
    Result<Head> append(AppendBatch batch) {
        const auto head = store().head().value().position;
        return append_to(store(), std::move(batch), head, epoch_);
    }
    void fill(std::size_t records, std::size_t batch_size) {
        for (std::size_t done = 0; done < records; done += batch_size) {
            ASSERT_TRUE(append(log_.batch(std::min(batch_size, records - done))).has_value());
        }
    }

    Holder holder_;
    SampleLog log_;
    std::uint64_t epoch_ = 0;
};
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

TYPED_TEST_P(EventStoreContract, an_older_writer_can_no_longer_append) {
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

TYPED_TEST_P(EventStoreContract, a_wrong_head_is_a_conflict_and_writes_nothing) {
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

TYPED_TEST_P(EventStoreContract, a_batch_that_breaks_a_promise_is_refused_and_the_store_goes_on) {
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

TYPED_TEST_P(EventStoreContract, takes_a_record_of_the_largest_size) {
    auto batch = this->log_.batch(1);
    batch.records[0].bytes.resize(record_size_max, 'x');
    ASSERT_TRUE(this->append(batch).has_value());
    EXPECT_EQ(this->store().read(Position{1}).value(), batch.records[0].bytes);
}

TYPED_TEST_P(EventStoreContract, keys_alone_may_be_appended_and_leave_the_head_where_it_is) {
    const auto head = this->append(this->log_.batch(1));
    const AppendBatch rewrapped{{}, {{SampleLog::owner(1), std::string(40, 'n')}}};
    EXPECT_EQ(this->append(rewrapped).value(), *head);
    this->reopen();
    EXPECT_EQ(this->store().wrapped_key(SampleLog::owner(1)).value(), std::string(40, 'n'));
}

TYPED_TEST_P(EventStoreContract, every_record_is_proved_against_every_size_that_was_a_head) {
    std::vector<Head> heads;
    for (const std::size_t size : {1, 1, 5, 249, 1, 300, 700, 66'000}) {
        ASSERT_TRUE(this->append(this->log_.batch(size)).has_value());
        heads.push_back(this->store().head().value());
    }
    this->reopen();
    for (const Head& head : heads) {
        const std::uint64_t size = head.position.value;
        for (const std::uint64_t position : {std::uint64_t{1}, size / 2 + 1, size}) {
            const auto bytes = this->store().read(Position{position}).value();
            const auto proof = this->store().inclusion_proof(Position{position}, size);
            ASSERT_TRUE(proof.has_value()) << proof.error().message;
            const Sha256 leaf = record::leaf_hash(*bytes);
            const auto verified = record::verify_inclusion(position - 1, size, view_of(leaf),
                                                           *proof, view_of(head.root));
            EXPECT_TRUE(verified.has_value()) << verified.error().message;
        }
        const Head& last = heads.back();
        const auto proof = this->store().consistency_proof(size, last.position.value);
        ASSERT_TRUE(proof.has_value()) << proof.error().message;
        EXPECT_TRUE(record::verify_consistency(size, last.position.value, *proof,
                                               view_of(head.root), view_of(last.root))
                        .has_value());
    }
}

TYPED_TEST_P(EventStoreContract, no_proof_is_given_for_what_is_not_in_the_log) {
    this->fill(10, 10);
    EXPECT_FALSE(this->store().inclusion_proof(Position{0}, 10).has_value());
    EXPECT_FALSE(this->store().inclusion_proof(Position{11}, 10).has_value());
    EXPECT_FALSE(this->store().inclusion_proof(Position{1}, 11).has_value());
    EXPECT_FALSE(this->store().consistency_proof(0, 10).has_value());
    EXPECT_FALSE(this->store().consistency_proof(10, 9).has_value());
    EXPECT_FALSE(this->store().consistency_proof(1, 11).has_value());
}

TYPED_TEST_P(EventStoreContract, gives_the_same_root_whatever_the_batches_were) {
    this->fill(1000, 1);
    const auto in_ones = this->store().head().value();
    TypeParam other;
    const auto epoch = other.store().acquire_writer_epoch().value();
    EXPECT_EQ(append_to(other.store(), SampleLog().batch(1000), Position{0}, epoch).value(),
              in_ones);
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
                            an_older_writer_can_no_longer_append,
                            a_wrong_head_is_a_conflict_and_writes_nothing,
                            a_batch_that_breaks_a_promise_is_refused_and_the_store_goes_on,
                            takes_a_record_of_the_largest_size,
                            keys_alone_may_be_appended_and_leave_the_head_where_it_is,
                            every_record_is_proved_against_every_size_that_was_a_head,
                            no_proof_is_given_for_what_is_not_in_the_log,
                            gives_the_same_root_whatever_the_batches_were,
                            a_visitor_may_call_the_store);

}  // namespace jejak::storage
