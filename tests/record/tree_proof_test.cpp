#include <gtest/gtest.h>

#include <span>
#include <string>
#include <vector>

#include "engine/record/tree.hpp"
#include "tests/record/grown_tree.hpp"

namespace jejak::record {
namespace {

Sha256 flipped(Sha256 hash, std::uint64_t bit) {
    hash[bit % 256 / 8] = static_cast<std::uint8_t>(hash[bit % 256 / 8] ^ (1U << (bit % 8)));
    return hash;
}

// The first 130 leaves and what the definition says of them.
struct Small {
    static constexpr std::size_t size_max = 130;
    std::vector<Sha256> leaves = numbered_leaves(size_max);
    std::vector<Sha256> roots;
    Tree tree;
    TileShelf no_tiles;  // below 256 leaves nothing is full

    Small() {
        for (std::size_t size = 0; size <= size_max; ++size) {
            roots.push_back(naive_root(std::span(leaves).first(size)));
        }
        for (const Sha256& leaf : leaves) {
            tree.append(leaf);
        }
    }
    TreeNodes nodes() { return TreeNodes(tree, no_tiles.reader()); }
};

// RFC 6962 section 2.1.1, word for word.
Proof naive_path(std::size_t m, std::span<const Sha256> leaves) {
    if (leaves.size() == 1) return {};
    std::size_t k = 1;
    while (2 * k < leaves.size()) {
        k *= 2;
    }
    const bool left = m < k;
    Proof proof = left ? naive_path(m, leaves.first(k)) : naive_path(m - k, leaves.subspan(k));
    proof.push_back(naive_root(left ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

// RFC 6962 section 2.1.2, word for word.
Proof naive_subproof(std::size_t m, std::span<const Sha256> leaves, bool known) {
    if (m == leaves.size()) return known ? Proof{} : Proof{naive_root(leaves)};
    std::size_t k = 1;
    while (2 * k < leaves.size()) {
        k *= 2;
    }
    const bool left = m <= k;
    Proof proof = left ? naive_subproof(m, leaves.first(k), known)
                       : naive_subproof(m - k, leaves.subspan(k), false);
    proof.push_back(naive_root(left ? leaves.subspan(k) : leaves.first(k)));
    return proof;
}

void expect_inclusion_refuses_changes(std::uint64_t index, std::uint64_t size, const Sha256& leaf,
                                      const Proof& proof, const Sha256& root) {
    const std::uint64_t bit = index * 31 + size * 7;
    EXPECT_TRUE(verify_inclusion(index, size, flipped(leaf, bit), proof, root).has_error());
    EXPECT_TRUE(verify_inclusion(index, size, leaf, proof, flipped(root, bit)).has_error());
    EXPECT_TRUE(verify_inclusion(index ^ 1U, size, leaf, proof, root).has_error());
    for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof changed = proof;
        changed[i] = flipped(changed[i], bit + i);
        EXPECT_TRUE(verify_inclusion(index, size, leaf, changed, root).has_error()) << i;
    }
    Proof longer = proof;
    longer.push_back(root);
    EXPECT_TRUE(verify_inclusion(index, size, leaf, longer, root).has_error());
}

TEST(MerkleTree, proves_every_leaf_of_every_size_up_to_130) {
    Small small;
    for (std::size_t size = 1; size <= Small::size_max; ++size) {
        for (std::size_t index = 0; index < size; ++index) {
            SCOPED_TRACE("leaf " + std::to_string(index) + " of " + std::to_string(size));
            TreeNodes nodes = small.nodes();
            const auto proof = inclusion_proof(index, size, nodes);
            ASSERT_TRUE(proof.has_value()) << proof.error().message;
            ASSERT_EQ(*proof, naive_path(index, std::span(small.leaves).first(size)));
            const auto answer =
                verify_inclusion(index, size, small.leaves[index], *proof, small.roots[size]);
            ASSERT_TRUE(answer.has_value()) << answer.error().message;
            expect_inclusion_refuses_changes(index, size, small.leaves[index], *proof,
                                             small.roots[size]);
        }
    }
}

void expect_consistency_refuses_changes(std::uint64_t size1, std::uint64_t size2,
                                        const Proof& proof, const Sha256& root1,
                                        const Sha256& root2) {
    const std::uint64_t bit = size1 * 31 + size2 * 7;
    const auto refused = [&](const Proof& changed, const Sha256& first, const Sha256& second) {
        return verify_consistency(size1, size2, changed, first, second).has_error();
    };
    EXPECT_TRUE(refused(proof, flipped(root1, bit), root2));
    EXPECT_TRUE(refused(proof, root1, flipped(root2, bit)));
    for (std::size_t i = 0; i < proof.size(); ++i) {
        Proof changed = proof;
        changed[i] = flipped(changed[i], bit + i);
        EXPECT_TRUE(refused(changed, root1, root2)) << i;
    }
    Proof longer = proof;
    longer.push_back(root1);
    EXPECT_TRUE(refused(longer, root1, root2));
}

TEST(MerkleTree, proves_every_pair_of_sizes_up_to_130_consistent) {
    Small small;
    for (std::size_t size2 = 1; size2 <= Small::size_max; ++size2) {
        for (std::size_t size1 = 1; size1 <= size2; ++size1) {
            SCOPED_TRACE("size " + std::to_string(size1) + " to " + std::to_string(size2));
            TreeNodes nodes = small.nodes();
            const auto proof = consistency_proof(size1, size2, nodes);
            ASSERT_TRUE(proof.has_value()) << proof.error().message;
            ASSERT_EQ(*proof, naive_subproof(size1, std::span(small.leaves).first(size2), true));
            const auto answer =
                verify_consistency(size1, size2, *proof, small.roots[size1], small.roots[size2]);
            ASSERT_TRUE(answer.has_value()) << answer.error().message;
            expect_consistency_refuses_changes(size1, size2, *proof, small.roots[size1],
                                               small.roots[size2]);
        }
    }
}

TEST(MerkleTree, proves_over_tiles_of_several_levels_and_for_earlier_sizes) {
    Grown& log = grown();
    const Tree& last = log.at.at(70'000);
    TreeNodes nodes(last, log.shelf.reader());
    for (const auto& [size, tree] : log.at) {
        if (size == 0) continue;
        SCOPED_TRACE("size " + std::to_string(size));
        for (const std::uint64_t wanted :
             {0U, 1U, 255U, 256U, 40'000U, 65'535U, 65'536U, 69'999U}) {
            if (wanted >= size) continue;
            const auto proof = inclusion_proof(wanted, size, nodes);
            ASSERT_TRUE(proof.has_value()) << proof.error().message;
            EXPECT_TRUE(
                verify_inclusion(wanted, size, log.leaves[wanted], *proof, tree.root()).has_value())
                << "leaf " << wanted;
        }
        const auto proof = consistency_proof(size, 70'000, nodes);
        ASSERT_TRUE(proof.has_value()) << proof.error().message;
        EXPECT_TRUE(verify_consistency(size, 70'000, *proof, tree.root(), last.root()).has_value());
    }
}

TEST(MerkleTree, a_proof_reads_few_tiles_and_each_of_them_once) {
    Grown& log = grown();
    TreeNodes nodes(log.at.at(70'000), log.shelf.reader());
    log.shelf.reads = 0;
    ASSERT_TRUE(inclusion_proof(40'000, 70'000, nodes).has_value());
    EXPECT_EQ(log.shelf.reads, 2);  // the leaf's tile of level 0, and 1/0
    ASSERT_TRUE(inclusion_proof(40'001, 70'000, nodes).has_value());
    EXPECT_EQ(log.shelf.reads, 2);
}

TEST(MerkleTree, refuses_to_prove_what_is_not_in_it) {
    Small small;
    TreeNodes nodes = small.nodes();
    const auto refused = [](const Result<Proof>& answer) {
        return answer.has_error() && answer.error().code == ErrorCode::invalid_input;
    };
    EXPECT_TRUE(refused(inclusion_proof(0, 0, nodes)));
    EXPECT_TRUE(refused(inclusion_proof(5, 5, nodes)));
    EXPECT_TRUE(refused(inclusion_proof(0, 131, nodes)));
    EXPECT_TRUE(refused(inclusion_proof(~std::uint64_t{0}, 130, nodes)));
    EXPECT_TRUE(refused(consistency_proof(0, 5, nodes)));
    EXPECT_TRUE(refused(consistency_proof(6, 5, nodes)));
    EXPECT_TRUE(refused(consistency_proof(5, 131, nodes)));
    EXPECT_TRUE(nodes.range(3, 5).has_error()) << "leaves 3 and 4 are no node";
    EXPECT_TRUE(nodes.range(5, 4).has_error());
    EXPECT_TRUE(nodes.range(128, 131).has_error());
}

TEST(MerkleTree, passes_on_that_a_tile_is_missing_or_torn) {
    Grown& log = grown();
    TileShelf empty;
    TreeNodes without(log.at.at(70'000), empty.reader());
    const auto missing = inclusion_proof(7, 70'000, without);
    ASSERT_TRUE(missing.has_error());
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    TileShelf torn;
    torn.tiles[{1, 0}] = "half a tile";
    torn.tiles[{0, 0}] = log.shelf.tiles.at({0, 0});
    TreeNodes with_torn(log.at.at(70'000), torn.reader());
    const auto corrupt = inclusion_proof(7, 70'000, with_torn);
    ASSERT_TRUE(corrupt.has_error());
    EXPECT_EQ(corrupt.error().code, ErrorCode::corruption);
    EXPECT_NE(corrupt.error().message.find("tile 1/0"), std::string::npos);
}

}  // namespace
}  // namespace jejak::record
