#include "storage/head_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {
namespace {

class HeadFileTest : public testing::Test {
  protected:
    HeadFileTest() { EXPECT_TRUE(HeadFile::create(system_, path_).has_value()); }

    static Head head(std::uint64_t position) {
        Head head{Position{position}, {}};
        head.root.fill(static_cast<std::uint8_t>(position));
        return head;
    }
    std::unique_ptr<HeadFile> open() {
        auto opened = HeadFile::open(system_, path_, 10);
        EXPECT_TRUE(opened.has_value()) << opened.error().message;
        return std::move(*opened);
    }
    void flip(std::size_t offset) {
        std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(offset));
        const char byte = static_cast<char>(file.get() ^ 0x40);
        file.seekp(static_cast<std::streamoff>(offset));
        file.put(byte);
    }
    [[nodiscard]] Result<Head> read() const { return HeadFile::read(system_, path_); }

    TemporaryDirectory directory_;
    rocksdb::FileSystem& system_ = *rocksdb::FileSystem::Default();
    std::string path_ = (directory_ / "head").string();
};

TEST_F(HeadFileTest, names_what_was_written_last_before_and_after_syncs) {
    const auto file = open();
    for (std::uint64_t position = 1; position <= 50; ++position) {
        ASSERT_TRUE(file->write(head(position)).has_value());
        EXPECT_EQ(read().value(), head(position));
        if (position % 7 == 0) {
            ASSERT_TRUE(file->sync().has_value());
        }
    }
}

TEST_F(HeadFileTest, goes_on_where_it_was_closed) {
    ASSERT_TRUE(open()->write(head(3)).has_value());
    ASSERT_TRUE(open()->write(head(4)).has_value());
    EXPECT_EQ(read().value(), head(4));
}

TEST_F(HeadFileTest, a_torn_write_leaves_the_head_before_it) {
    {
        const auto file = open();
        for (std::uint64_t position = 1; position <= 4; ++position) {
            ASSERT_TRUE(file->write(head(position)).has_value());
            ASSERT_TRUE(file->sync().has_value());
        }
    }
    const auto newest = [&]() -> std::size_t {
        for (std::size_t slot = 0; slot < 3; ++slot) {
            std::ifstream file(path_, std::ios::binary);
            file.seekg(static_cast<std::streamoff>(slot * 4096 + 15));
            if (file.get() == 4) return slot * 4096;
        }
        ADD_FAILURE() << "no slot holds the newest head";
        return 0;
    }();
    for (std::size_t byte = 0; byte < 52; ++byte) {
        flip(newest + byte);
        EXPECT_EQ(read().value(), head(3)) << "flipped byte " << byte;
        flip(newest + byte);
    }
    EXPECT_EQ(read().value(), head(4));
}

TEST_F(HeadFileTest, without_a_whole_slot_is_corruption_and_names_the_file) {
    flip(20);
    const auto damaged = read();
    ASSERT_FALSE(damaged.has_value());
    EXPECT_EQ(damaged.error().code, ErrorCode::corruption);
    EXPECT_NE(damaged.error().message.find(path_), std::string::npos);
    std::filesystem::remove(path_);
    EXPECT_EQ(read().error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace jejak::storage
