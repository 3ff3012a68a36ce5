#pragma once

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/read_store.hpp"

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

// Any store under test: `Holder` is default-constructible and has `ReadStore& store()`.
template <class Holder>
class ReadStoreFixture : public testing::Test {
  protected:
    void write(std::string_view model, const RowChanges& changes, std::uint64_t checkpoint) {
        ASSERT_TRUE(store().write(model, changes, Position{checkpoint}).has_value());
    }
    [[nodiscard]] ReadStore& store() { return holder_.store(); }

  private:
    Holder holder_;
};

}  // namespace jejak::storage
