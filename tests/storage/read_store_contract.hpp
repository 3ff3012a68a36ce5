#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/storage/read_store_rows.hpp"
#include "tests/storage/read_store_scan_contract.hpp"

// What every ReadStore must do. To put one more under it, write a default-constructible holder with
// `ReadStore& store()`, empty at first, and in a test source
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, ReadStoreContract, RocksHolder);
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, ReadStoreScanContract, RocksHolder);
namespace jejak::storage {

template <class Holder>
class ReadStoreContract : public ReadStoreFixture<Holder> {};
TYPED_TEST_SUITE_P(ReadStoreContract);

TYPED_TEST_P(ReadStoreContract, a_model_that_never_ran_is_empty_at_position_0) {
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{0});
    EXPECT_EQ(value_of(this->store(), "work_list", "a"), std::nullopt);
    EXPECT_THAT(keys_of(this->store(), "work_list"), testing::IsEmpty());
}

TYPED_TEST_P(ReadStoreContract, rows_and_checkpoint_change_together) {
    this->write("work_list", {{"a", "1"}, {"b", "2"}}, 7);
    EXPECT_EQ(value_of(this->store(), "work_list", "a"), "1");
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{7});
    this->write("work_list", {{"a", std::nullopt}, {"b", "3"}, {"c", std::nullopt}}, 9);
    EXPECT_EQ(rows_of(this->store(), "work_list"), (std::vector<Row>{{"b", "3"}}));
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{9});
}

TYPED_TEST_P(ReadStoreContract, a_checkpoint_moves_on_without_rows) {
    this->write("work_list", {}, 12);
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{12});
    EXPECT_THAT(keys_of(this->store(), "work_list"), testing::IsEmpty());
}

TYPED_TEST_P(ReadStoreContract, models_do_not_see_each_other) {
    this->write("list", {{"a", "1"}, {"s/a", "2"}}, 1);
    this->write("lists", {{"a", "3"}, {"/a", "4"}}, 2);
    this->write("lis", {{"t", "5"}, {"t/a", "6"}}, 3);
    EXPECT_EQ(rows_of(this->store(), "list"), (std::vector<Row>{{"a", "1"}, {"s/a", "2"}}));
    EXPECT_EQ(rows_of(this->store(), "lists"), (std::vector<Row>{{"/a", "4"}, {"a", "3"}}));
    EXPECT_EQ(rows_of(this->store(), "lis"), (std::vector<Row>{{"t", "5"}, {"t/a", "6"}}));
    ASSERT_TRUE(this->store().clear("list").has_value());
    EXPECT_THAT(keys_of(this->store(), "list"), testing::IsEmpty());
    EXPECT_THAT(keys_of(this->store(), "lists"), testing::SizeIs(2));
    EXPECT_THAT(keys_of(this->store(), "lis"), testing::SizeIs(2));
    EXPECT_EQ(this->store().checkpoint("lists").value(), Position{2});
}

TYPED_TEST_P(ReadStoreContract, a_cleared_model_begins_again) {
    this->write("work_list", {{"a", "1"}, {"b", "2"}}, 7);
    ASSERT_TRUE(this->store().clear("work_list").has_value());
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{0});
    EXPECT_EQ(value_of(this->store(), "work_list", "a"), std::nullopt);
    this->write("work_list", {{"b", "3"}}, 1);
    EXPECT_EQ(rows_of(this->store(), "work_list"), (std::vector<Row>{{"b", "3"}}));
    EXPECT_EQ(this->store().checkpoint("work_list").value(), Position{1});
}

TYPED_TEST_P(ReadStoreContract, an_empty_value_is_a_row_and_any_byte_may_stand_in_a_row) {
    const std::string key("k\0\xff\n", 4);
    const std::string value("\0v\0", 3);
    this->write("work_list", {{"empty", ""}, {key, value}}, 1);
    EXPECT_EQ(value_of(this->store(), "work_list", "empty"), "");
    EXPECT_EQ(value_of(this->store(), "work_list", key), value);
    EXPECT_EQ(rows_of(this->store(), "work_list"), (std::vector<Row>{{"empty", ""}, {key, value}}));
}

TYPED_TEST_P(ReadStoreContract, holds_what_a_map_would_hold) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        compare_with_a_map(this->store(), {}, seed);
        ASSERT_TRUE(this->store().clear("model").has_value());
    }
}

REGISTER_TYPED_TEST_SUITE_P(ReadStoreContract, a_model_that_never_ran_is_empty_at_position_0,
                            rows_and_checkpoint_change_together, a_checkpoint_moves_on_without_rows,
                            models_do_not_see_each_other, a_cleared_model_begins_again,
                            an_empty_value_is_a_row_and_any_byte_may_stand_in_a_row,
                            holds_what_a_map_would_hold);

}  // namespace jejak::storage
