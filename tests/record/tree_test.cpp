#include "engine/record/tree.hpp"

#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "engine/record/digest.hpp"
#include "tests/record/grown_tree.hpp"
#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

TEST(MerkleTree, has_the_nine_published_roots) {
    // transparency-dev/merkle testonly/constants.go
    const std::vector<std::string> entries{"",
                                           "00",
                                           "10",
                                           "2021",
                                           "3031",
                                           "40414243",
                                           "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f"};
    const std::vector<std::string> roots{
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Tree tree;
    EXPECT_EQ(to_hex(tree.root()), roots[0]);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        tree.append(leaf_hash(bytes_of_hex(entries[i])));
        EXPECT_EQ(tree.size(), i + 1);
        EXPECT_EQ(to_hex(tree.root()), roots[i + 1]) << "size " << i + 1;
    }
}

TEST(MerkleTree, has_the_root_of_the_definition_at_every_size) {
    const auto leaves = numbered_leaves(600);
    Tree tree;
    for (std::size_t size = 0;; ++size) {
        ASSERT_EQ(tree.root(), naive_root(std::span(leaves).first(size))) << "size " << size;
        if (size == leaves.size()) break;
        tree.append(leaves[size]);
    }
}

TEST(MerkleTree, has_the_tiles_of_the_specification_at_70000_leaves) {
    // C2SP tlog-tiles, "Merkle Tree"
    const Tree& tree = grown().at.at(70'000);
    EXPECT_EQ(grown().shelf.count(0), 273U);
    EXPECT_EQ(grown().shelf.count(1), 1U);
    EXPECT_EQ(grown().shelf.count(2), 0U);
    EXPECT_EQ(tree.partial_tile(0).size(), 112U);
    EXPECT_EQ(tree.partial_tile(1).size(), 17U);
    EXPECT_EQ(tree.partial_tile(2).size(), 1U);
    EXPECT_EQ(tree.partial_tile(3).size(), 0U);
    const Tree& one_tile = grown().at.at(256);
    EXPECT_EQ(one_tile.partial_tile(0).size(), 0U);
    EXPECT_EQ(one_tile.partial_tile(1).size(), 1U);
}

TEST(MerkleTree, every_tile_hash_is_the_root_of_the_leaves_below_it) {
    const auto& leaves = grown().leaves;
    for (const auto& [name, hashes] : grown().shelf.tiles) {
        const auto& [level, index] = name;
        ASSERT_EQ(hashes.size(), tile_size);
        const std::uint64_t width = std::uint64_t{1} << (8 * level);
        for (std::uint64_t i = 0; i < tile_width; i += level == 0 ? 1 : 51) {
            const auto below = std::span(leaves).subspan((index * tile_width + i) * width, width);
            ASSERT_EQ(hashes.substr(i * 32, 32), bytes_of(naive_root(below)))
                << "tile " << int{level} << "/" << index << ", hash " << i;
        }
    }
}

TEST(MerkleTree, restored_from_tiles_is_the_one_that_grew) {
    for (const auto& [size, tree] : grown().at) {
        SCOPED_TRACE("size " + std::to_string(size));
        grown().shelf.reads = 0;
        auto restored = Tree::restore(size, grown().shelf.reader(), grown().tail(size));
        ASSERT_TRUE(restored.has_value()) << restored.error().message;
        EXPECT_LE(grown().shelf.reads, 2 * 255 + 1);
        EXPECT_EQ(restored->size(), size);
        EXPECT_EQ(restored->root(), tree.root());
        Tree other = tree;
        for (int i = 0; i < 600; ++i) {  // over at least two tile boundaries
            const Sha256 leaf = leaf_hash("more " + std::to_string(i));
            other.append(leaf);
            restored->append(leaf);
            ASSERT_EQ(restored->root(), other.root()) << i;
        }
        EXPECT_EQ(restored->take_full_tiles(), other.take_full_tiles());
    }
}

TEST(MerkleTree, restore_refuses_a_wrong_tail_a_missing_tile_and_a_torn_one) {
    const auto reader = grown().shelf.reader();
    const auto wrong_tail = Tree::restore(257, reader, {});
    ASSERT_TRUE(wrong_tail.has_error());
    EXPECT_EQ(wrong_tail.error().code, ErrorCode::invalid_input);

    TileShelf empty;
    const auto missing = Tree::restore(256, empty.reader(), {});
    ASSERT_TRUE(missing.has_error());
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);

    TileShelf torn = grown().shelf;
    torn.tiles[{0, 0}].pop_back();
    const auto corrupt = Tree::restore(256, torn.reader(), {});
    ASSERT_TRUE(corrupt.has_error());
    EXPECT_EQ(corrupt.error().code, ErrorCode::corruption);
    EXPECT_NE(corrupt.error().message.find("tile 0/0"), std::string::npos);

    TileShelf flipped = grown().shelf;
    flipped.tiles[{0, 0}][100] ^= 1;
    const auto other = Tree::restore(256, flipped.reader(), {});
    ASSERT_TRUE(other.has_value());
    EXPECT_NE(other->root(), grown().at.at(256).root()) << "a changed tile must change the root";
}

TEST(MerkleTree, a_staged_append_that_fails_is_thrown_away_with_its_copy) {
    for (const std::uint64_t size : {0U, 1U, 255U, 256U, 65'535U}) {
        Tree tree = grown().at.at(size);
        const Sha256 before = tree.root();
        {
            Tree staged = tree;
            for (int i = 0; i < 300; ++i) {
                staged.append(leaf_hash("lost " + std::to_string(i)));
            }
            EXPECT_NE(staged.root(), before);
            EXPECT_FALSE(staged.take_full_tiles().empty());
        }
        EXPECT_EQ(tree.size(), size);
        EXPECT_EQ(tree.root(), before);
        EXPECT_TRUE(tree.take_full_tiles().empty());
        for (std::uint64_t i = size; i < size + 2; ++i) {
            tree.append(grown().leaves[i]);
        }
        EXPECT_EQ(tree.root(), naive_root(std::span(grown().leaves).first(size + 2)));
    }
}

}  // namespace
}  // namespace jejak::record
