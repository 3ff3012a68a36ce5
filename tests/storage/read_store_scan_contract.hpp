#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/storage/read_store_rows.hpp"

// The part of read_store_contract.hpp that is about scans.
namespace jejak::storage {

template <class Holder>
class ReadStoreScanContract : public ReadStoreFixture<Holder> {};
TYPED_TEST_SUITE_P(ReadStoreScanContract);

TYPED_TEST_P(ReadStoreScanContract, scans_in_the_order_of_unsigned_bytes) {
    const std::string zero("a\0", 2);
    this->write("work_list", {{"b", ""}, {"a\xff", ""}, {zero, ""}, {"a", ""}, {"a\x7f", ""}}, 1);
    EXPECT_EQ(keys_of(this->store(), "work_list"),
              (std::vector<std::string>{"a", zero, "a\x7f", "a\xff", "b"}));
}

TYPED_TEST_P(ReadStoreScanContract, scans_the_rows_of_a_prefix_and_no_others) {
    this->write("work_list",
                {{"a", ""}, {"a/1", ""}, {"a/2", ""}, {"b/1", ""}, {"\xff\xff", ""}, {"\xff", ""}},
                1);
    EXPECT_EQ(keys_of(this->store(), "work_list", "a/"), (std::vector<std::string>{"a/1", "a/2"}));
    EXPECT_EQ(keys_of(this->store(), "work_list", "a"),
              (std::vector<std::string>{"a", "a/1", "a/2"}));
    EXPECT_EQ(keys_of(this->store(), "work_list", "\xff"),
              (std::vector<std::string>{"\xff", "\xff\xff"}));
    EXPECT_THAT(keys_of(this->store(), "work_list", "c"), testing::IsEmpty());
}

TYPED_TEST_P(ReadStoreScanContract, a_scan_begins_after_the_key_that_it_is_given) {
    this->write("work_list", {{"a/1", ""}, {"a/3", ""}, {"b/1", ""}, {"c/1", ""}}, 1);
    using Keys = std::vector<std::string>;
    EXPECT_EQ(keys_of(this->store(), "work_list", "", "a/3"), (Keys{"b/1", "c/1"}));
    EXPECT_EQ(keys_of(this->store(), "work_list", "", "a/2"), (Keys{"a/3", "b/1", "c/1"}));
    EXPECT_EQ(keys_of(this->store(), "work_list", "a/", "a/1"), (Keys{"a/3"}));
    EXPECT_EQ(keys_of(this->store(), "work_list", "b/", "a/1"), (Keys{"b/1"}));
    EXPECT_THAT(keys_of(this->store(), "work_list", "a/", "a/3"), testing::IsEmpty());
    EXPECT_THAT(keys_of(this->store(), "work_list", "a/", "b/0"), testing::IsEmpty());
    EXPECT_THAT(keys_of(this->store(), "work_list", "", "c/1"), testing::IsEmpty());
}

TYPED_TEST_P(ReadStoreScanContract, a_scan_stops_when_the_visitor_wants_no_more) {
    this->write("work_list", {{"a", "1"}, {"b", "2"}, {"c", "3"}}, 1);
    EXPECT_EQ(rows_of(this->store(), "work_list", "", "", 2),
              (std::vector<Row>{{"a", "1"}, {"b", "2"}}));
}

TYPED_TEST_P(ReadStoreScanContract, a_visitor_may_read_the_store) {
    this->write("work_list", {{"a", "1"}, {"b", "2"}}, 1);
    std::string values;
    const auto scanned =
        this->store().scan("work_list", "", "", [&](std::string_view key, std::string_view) {
            values += value_of(this->store(), "work_list", key).value_or("?");
            return true;
        });
    EXPECT_TRUE(scanned.has_value());
    EXPECT_EQ(values, "12");
}

TYPED_TEST_P(ReadStoreScanContract, a_scan_sees_all_of_a_write_or_nothing_while_others_write) {
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (std::uint64_t i = 1; i <= 500; ++i) {
            const std::string value = std::to_string(i);
            EXPECT_TRUE(this->store()
                            .write("model", {{"a", value}, {"b", value}}, Position{i})
                            .has_value());
        }
        done = true;
    });
    std::size_t scans = 0;
    while (!done || scans == 0) {
        const auto rows = rows_of(this->store(), "model");
        if (!rows.empty() && (rows.size() != 2 || rows[0].second != rows[1].second)) {
            ADD_FAILURE() << "a scan saw half of a write; scan one snapshot";
        }
        ++scans;
    }
    writer.join();
    EXPECT_EQ(rows_of(this->store(), "model"), (std::vector<Row>{{"a", "500"}, {"b", "500"}}));
}

REGISTER_TYPED_TEST_SUITE_P(ReadStoreScanContract, scans_in_the_order_of_unsigned_bytes,
                            scans_the_rows_of_a_prefix_and_no_others,
                            a_scan_begins_after_the_key_that_it_is_given,
                            a_scan_stops_when_the_visitor_wants_no_more,
                            a_visitor_may_read_the_store,
                            a_scan_sees_all_of_a_write_or_nothing_while_others_write);

}  // namespace jejak::storage
