#include "storage/index_keys.hpp"

#include <gtest/gtest.h>

#include "tests/storage/rocks_holder.hpp"

namespace jejak::storage {
namespace {

std::string hex(std::string_view bytes) {
    return to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

constexpr std::string_view remedy =
    "keys that were written can never change: a new layout is a new format number in "
    "storage/data_directory.cpp, with a migration";

TEST(IndexKeys, are_the_bytes_that_format_1_names) {
    EXPECT_EQ(hex(position_key(Position{0x0102030405060708})), "0102030405060708") << remedy;
    EXPECT_EQ(hex(owner_key(SampleLog::owner(5))), "00000000000000050000000000000001") << remedy;
    EXPECT_EQ(hex(stream_key("a/b", Version{258})), "612f620000000102") << remedy;
    EXPECT_EQ(hex(tile_key(2, 515)), "020000000000000203") << remedy;
    EXPECT_EQ(hex(row_key("list", std::string_view("\x01\x00z", 3))), "6c6973740001007a") << remedy;
    EXPECT_EQ(hex(checkpoint_key("list")), "006c697374") << remedy;
    Head head{Position{7}, {}};
    head.root[31] = 0xab;
    EXPECT_EQ(hex(head_bytes(head)), "0000000000000007" + std::string(62, '0') + "ab") << remedy;
}

TEST(IndexKeys, are_read_back) {
    const auto key = stream_key("appraisal/lampung-001", Version{UINT32_MAX});
    EXPECT_EQ(parse_stream_key(key)->stream, "appraisal/lampung-001");
    EXPECT_EQ(parse_stream_key(key)->version, Version{UINT32_MAX});
    EXPECT_EQ(parse_u64(u64_bytes(UINT64_MAX)), UINT64_MAX);
    const Head head{Position{9}, Sha256{1, 2, 3}};
    EXPECT_EQ(parse_head(head_bytes(head)), head);
}

TEST(IndexKeys, that_are_damaged_are_nothing) {
    EXPECT_FALSE(parse_stream_key("").has_value());
    EXPECT_FALSE(parse_stream_key("abcdefgh").has_value());
    EXPECT_FALSE(parse_u64("1234567").has_value());
    EXPECT_FALSE(parse_head(std::string(39, 'x')).has_value());
}

TEST(IndexKeys, of_one_prefix_end_before_the_next) {
    EXPECT_EQ(end_of_prefix("ab"), "ac");
    EXPECT_EQ(end_of_prefix("a\xff\xff"), "b");
    EXPECT_EQ(end_of_prefix("\xff"), "");
    EXPECT_LT(stream_key("a/b", Version{UINT32_MAX}), end_of_model("a/b"));
    EXPECT_LT(end_of_model("a/b"), stream_key("a/b-", Version{1}));
}

TEST(IndexKeys, and_values_stand_in_the_database_as_format_1_names_them) {
    RocksHolder holder;
    const auto epoch = holder.store().acquire_writer_epoch().value();
    SampleLog log;
    const auto head = append_to(holder.store(), log.batch(256, 1), Position{0}, epoch).value();
    AppendBatch second{{log.rejection("s-000000000000")}, {}};
    ASSERT_TRUE(append_to(holder.store(), second, Position{256}, epoch).has_value());
    const Database& database = *holder.opened->database();
    const auto row = [&](Family family, std::string_view key) {
        return database.get(family, key).value().value_or("no such row");
    };
    EXPECT_EQ(row(Family::log, u64_bytes(257)), second.records[0].bytes);
    EXPECT_EQ(row(Family::streams, stream_key("sample/s-000000000000", Version{256})),
              u64_bytes(256));
    EXPECT_EQ(row(Family::streams, stream_key("sample/s-000000000000", Version{257})),
              "no such row");
    EXPECT_EQ(row(Family::receipts, "c-000000000257"), u64_bytes(257));
    EXPECT_EQ(row(Family::keys, owner_key(SampleLog::owner(256))), std::string(40, 'k'));
    EXPECT_EQ(row(Family::tiles, tile_key(0, 0)).size(), 8192U);
    EXPECT_EQ(row(Family::checkpoints, "head_before"), head_bytes(head));
    EXPECT_EQ(row(Family::checkpoints, "writer_epoch"), u64_bytes(1));
}

}  // namespace
}  // namespace jejak::storage
