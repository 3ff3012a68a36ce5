#include <gtest/gtest.h>

#include "storage/memory_read_store.hpp"
#include "storage/overlay_read_store.hpp"
#include "tests/storage/read_store_contract.hpp"

namespace jejak::storage {
namespace {

struct MemoryReadHolder {
    ReadStore& store() { return memory; }
    MemoryReadStore memory;
};

// The base holds other models only; what lies under the same model is tested below.
struct OverlayHolder {
    OverlayHolder() {
        EXPECT_TRUE(base.write("work_lists", {{"a", "base"}}, Position{3}).has_value());
    }
    ReadStore& store() { return overlay; }
    MemoryReadStore base;
    OverlayReadStore overlay{base};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ReadStoreContract, MemoryReadHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ReadStoreScanContract, MemoryReadHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Overlay, ReadStoreContract, OverlayHolder);
INSTANTIATE_TYPED_TEST_SUITE_P(Overlay, ReadStoreScanContract, OverlayHolder);

TEST(MemoryReadStore, lets_a_visitor_write_without_disturbing_its_scan) {
    MemoryReadStore store;
    ASSERT_TRUE(store.write("model", {{"a", "1"}, {"b", "2"}}, Position{1}).has_value());
    std::string seen;
    const auto scanned = store.scan("model", "", "", [&](auto key, auto value) {
        seen.append(key).append(value);
        const RowChanges changes{{"a", std::nullopt}, {"b", "9"}, {"c", "3"}};
        return store.write("model", changes, Position{2}).has_value();
    });
    EXPECT_TRUE(scanned.has_value());
    EXPECT_EQ(seen, "a1b2");
    EXPECT_EQ(rows_of(store, "model"), (std::vector<Row>{{"b", "9"}, {"c", "3"}}));
}

class OverlayReadStoreTest : public testing::Test {
  protected:
    OverlayReadStoreTest() {
        EXPECT_TRUE(base_.write("model", base_rows_, Position{5}).has_value());
    }
    ~OverlayReadStoreTest() override {
        EXPECT_EQ(base_.checkpoint("model").value(), Position{5}) << "the base was written";
        EXPECT_EQ(rows_of(base_, "model"), (std::vector<Row>{{"b", "1"}, {"d", "2"}, {"f", "3"}}));
    }

    const RowChanges base_rows_{{"b", "1"}, {"d", "2"}, {"f", "3"}};
    MemoryReadStore base_;
    OverlayReadStore overlay_{base_};
};

TEST_F(OverlayReadStoreTest, reads_through_to_the_base) {
    EXPECT_EQ(overlay_.checkpoint("model").value(), Position{5});
    EXPECT_EQ(value_of(overlay_, "model", "d"), "2");
    EXPECT_EQ(rows_of(overlay_, "model"), rows_of(base_, "model"));
}

TEST_F(OverlayReadStoreTest, keeps_what_is_written_to_itself) {
    const RowChanges changes{{"a", "new"}, {"d", "changed"}, {"f", std::nullopt}, {"g", "last"}};
    ASSERT_TRUE(overlay_.write("model", changes, Position{8}).has_value());
    EXPECT_EQ(overlay_.checkpoint("model").value(), Position{8});
    EXPECT_EQ(value_of(overlay_, "model", "f"), std::nullopt);
    EXPECT_EQ(rows_of(overlay_, "model"),
              (std::vector<Row>{{"a", "new"}, {"b", "1"}, {"d", "changed"}, {"g", "last"}}));
    EXPECT_EQ(rows_of(overlay_, "model", "", "b"),
              (std::vector<Row>{{"d", "changed"}, {"g", "last"}}));
    EXPECT_EQ(rows_of(overlay_, "model", "", "", 3).back().first, "d");
}

TEST_F(OverlayReadStoreTest, hides_the_rows_of_the_base_once_the_model_is_cleared) {
    ASSERT_TRUE(overlay_.write("model", {{"a", "new"}}, Position{8}).has_value());
    ASSERT_TRUE(overlay_.clear("model").has_value());
    EXPECT_EQ(overlay_.checkpoint("model").value(), Position{0});
    EXPECT_EQ(value_of(overlay_, "model", "b"), std::nullopt);
    EXPECT_THAT(rows_of(overlay_, "model"), testing::IsEmpty());
    ASSERT_TRUE(overlay_.write("model", {{"d", "again"}}, Position{1}).has_value());
    EXPECT_EQ(rows_of(overlay_, "model"), (std::vector<Row>{{"d", "again"}}));
    EXPECT_EQ(overlay_.checkpoint("model").value(), Position{1});
}

TEST(OverlayReadStore, over_a_base_full_of_rows_holds_what_a_map_would_hold) {
    MemoryReadStore base;
    std::map<std::string, std::string> rows;
    RowChanges changes;
    for (const char* key : {"k", "ka", "kaa", "kb", "kb\xff", "k\xff", "k\xff\xff", "z"}) {
        rows[key] = "base";
        changes[key] = "base";
    }
    ASSERT_TRUE(base.write("model", changes, Position{1}).has_value());
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        OverlayReadStore overlay(base);
        compare_with_a_map(overlay, rows, seed);
    }
}

TEST(OverlayReadStore, lies_on_another_overlay) {
    MemoryReadStore base;
    OverlayReadStore lower(base);
    OverlayReadStore upper(static_cast<const ReadStore&>(lower));
    ASSERT_TRUE(base.write("model", {{"a", "base"}, {"b", "base"}, {"c", "base"}}, Position{1})
                    .has_value());
    ASSERT_TRUE(
        lower.write("model", {{"a", std::nullopt}, {"b", "lower"}}, Position{2}).has_value());
    ASSERT_TRUE(
        upper.write("model", {{"a", "upper"}, {"c", std::nullopt}}, Position{3}).has_value());
    EXPECT_EQ(rows_of(upper, "model"), (std::vector<Row>{{"a", "upper"}, {"b", "lower"}}));
    EXPECT_EQ(lower.checkpoint("model").value(), Position{2});
}

}  // namespace
}  // namespace jejak::storage
