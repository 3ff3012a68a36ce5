#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "engine/read_store.hpp"

// What every ReadStore must do. To put one more under it, write a default-constructible holder with
// `ReadStore& store()`, empty at first, and in a test source
//
//   INSTANTIATE_TYPED_TEST_SUITE_P(Rocks, ReadStoreContract, RocksHolder);
namespace jejak::storage {

using Row = std::pair<std::string, std::string>;

// Rows of a scan, at most `count_max`; a failure of the store fails the test.
inline std::vector<Row> rows_of(const ReadStore& store, std::string_view model,
                                std::string_view prefix = "", std::string_view after = "",
                                std::size_t count_max = 1'000'000) {
    std::vector<Row> rows;
    const auto scanned =
        store.scan(model, prefix, after, [&](std::string_view key, std::string_view value) {
            rows.emplace_back(key, value);
            return rows.size() < count_max;
        });
    EXPECT_TRUE(scanned.has_value());
    return rows;
}

inline std::vector<std::string> keys_of(const ReadStore& store, std::string_view model,
                                        std::string_view prefix = "", std::string_view after = "") {
    std::vector<std::string> keys;
    for (const Row& row : rows_of(store, model, prefix, after))
        keys.push_back(row.first);
    return keys;
}

inline std::optional<std::string> value_of(const ReadStore& store, std::string_view model,
                                           std::string_view key) {
    return store.get(model, key).value();
}

// Writes the same random rows to the store and to a plain map, and compares them by get and scan;
// `expected` holds what the store holds at the beginning.
inline void compare_with_a_map(ReadStore& store, std::map<std::string, std::string> expected,
                               std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t bound) {
        return static_cast<std::uint32_t>(random() % bound);
    };
    const auto any_key = [&] {
        std::string key;
        for (std::uint32_t i = below(4); i > 0; --i)
            key += "ab\xff"[below(3)];
        return "k" + key;
    };
    for (std::uint64_t step = 1; step <= 300; ++step) {
        RowChanges changes;
        for (std::uint32_t i = below(4); i > 0; --i) {
            auto& change = changes[any_key()];
            if (below(3) != 0) change = std::to_string(step);
        }
        for (const auto& [key, value] : changes) {
            if (value) expected[key] = *value;
            if (!value) expected.erase(key);
        }
        ASSERT_TRUE(store.write("model", changes, Position{step}).has_value());
        ASSERT_EQ(store.checkpoint("model").value(), Position{step});

        const std::string prefix = any_key().substr(0, below(4));
        const std::string after = below(2) == 0 ? "" : any_key();
        const std::size_t count_max = 1 + below(20);
        std::vector<Row> rows;
        for (const auto& [key, value] : expected) {
            if (key.starts_with(prefix) && (after.empty() || key > after) &&
                rows.size() < count_max) {
                rows.emplace_back(key, value);
            }
        }
        ASSERT_EQ(rows_of(store, "model", prefix, after, count_max), rows)
            << "seed " << seed << ", step " << step;
        const std::string key = any_key();
        ASSERT_EQ(value_of(store, "model", key).value_or("none"),
                  expected.contains(key) ? expected[key] : "none");
    }
}

template <class Holder>
class ReadStoreContract : public testing::Test {
  protected:
    void write(std::string_view model, const RowChanges& changes, std::uint64_t checkpoint) {
        ASSERT_TRUE(store().write(model, changes, Position{checkpoint}).has_value());
    }
    [[nodiscard]] ReadStore& store() { return holder_.store(); }

  private:
    Holder holder_;
};
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

TYPED_TEST_P(ReadStoreContract, scans_in_the_order_of_unsigned_bytes) {
    const std::string zero("a\0", 2);
    this->write("work_list", {{"b", ""}, {"a\xff", ""}, {zero, ""}, {"a", ""}, {"a\x7f", ""}}, 1);
    EXPECT_EQ(keys_of(this->store(), "work_list"),
              (std::vector<std::string>{"a", zero, "a\x7f", "a\xff", "b"}));
}

TYPED_TEST_P(ReadStoreContract, scans_the_rows_of_a_prefix_and_no_others) {
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

TYPED_TEST_P(ReadStoreContract, a_scan_begins_after_the_key_that_it_is_given) {
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

TYPED_TEST_P(ReadStoreContract, a_scan_stops_when_the_visitor_wants_no_more) {
    this->write("work_list", {{"a", "1"}, {"b", "2"}, {"c", "3"}}, 1);
    EXPECT_EQ(rows_of(this->store(), "work_list", "", "", 2),
              (std::vector<Row>{{"a", "1"}, {"b", "2"}}));
}

TYPED_TEST_P(ReadStoreContract, a_visitor_may_read_the_store) {
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

TYPED_TEST_P(ReadStoreContract, holds_what_a_map_would_hold) {
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        compare_with_a_map(this->store(), {}, seed);
        ASSERT_TRUE(this->store().clear("model").has_value());
    }
}

TYPED_TEST_P(ReadStoreContract, a_scan_sees_all_of_a_write_or_nothing_while_others_write) {
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

REGISTER_TYPED_TEST_SUITE_P(ReadStoreContract, a_model_that_never_ran_is_empty_at_position_0,
                            rows_and_checkpoint_change_together, a_checkpoint_moves_on_without_rows,
                            models_do_not_see_each_other, a_cleared_model_begins_again,
                            an_empty_value_is_a_row_and_any_byte_may_stand_in_a_row,
                            scans_in_the_order_of_unsigned_bytes,
                            scans_the_rows_of_a_prefix_and_no_others,
                            a_scan_begins_after_the_key_that_it_is_given,
                            a_scan_stops_when_the_visitor_wants_no_more,
                            a_visitor_may_read_the_store, holds_what_a_map_would_hold,
                            a_scan_sees_all_of_a_write_or_nothing_while_others_write);

}  // namespace jejak::storage
