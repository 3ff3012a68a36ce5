#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/record/merkle.hpp"
#include "tests/storage/event_store_fixture.hpp"

// Part of event_store_contract.hpp: the tree over the records.
namespace jejak::storage {

template <class Holder>
class EventStoreProofs : public EventStoreFixture<Holder> {};
TYPED_TEST_SUITE_P(EventStoreProofs);

TYPED_TEST_P(EventStoreProofs, every_record_is_proved_against_every_size_that_was_a_head) {
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

TYPED_TEST_P(EventStoreProofs, no_proof_is_given_for_what_is_not_in_the_log) {
    this->fill(10, 10);
    EXPECT_FALSE(this->store().inclusion_proof(Position{0}, 10).has_value());
    EXPECT_FALSE(this->store().inclusion_proof(Position{11}, 10).has_value());
    EXPECT_FALSE(this->store().inclusion_proof(Position{1}, 11).has_value());
    EXPECT_FALSE(this->store().consistency_proof(0, 10).has_value());
    EXPECT_FALSE(this->store().consistency_proof(10, 9).has_value());
    EXPECT_FALSE(this->store().consistency_proof(1, 11).has_value());
}

TYPED_TEST_P(EventStoreProofs, gives_the_same_root_whatever_the_batches_were) {
    this->fill(1000, 1);
    const auto in_ones = this->store().head().value();
    TypeParam other;
    const auto epoch = other.store().acquire_writer_epoch().value();
    EXPECT_EQ(append_to(other.store(), SampleLog().batch(1000), Position{0}, epoch).value(),
              in_ones);
}

REGISTER_TYPED_TEST_SUITE_P(EventStoreProofs,
                            every_record_is_proved_against_every_size_that_was_a_head,
                            no_proof_is_given_for_what_is_not_in_the_log,
                            gives_the_same_root_whatever_the_batches_were);

}  // namespace jejak::storage
