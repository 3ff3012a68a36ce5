#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/record/digest.hpp"
#include "engine/record/tree.hpp"

namespace jejak::record {

// RFC 6962 section 2.1, word for word.
inline Sha256 naive_root(std::span<const Sha256> leaves) {
    if (leaves.empty()) return sha256("");
    if (leaves.size() == 1) return leaves.front();
    std::size_t k = 1;
    while (2 * k < leaves.size()) {
        k *= 2;
    }
    return node_hash(naive_root(leaves.first(k)), naive_root(leaves.subspan(k)));
}

inline std::vector<Sha256> numbered_leaves(std::size_t count) {
    std::vector<Sha256> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        leaves.push_back(leaf_hash(std::to_string(i)));
    }
    return leaves;
}

// What a store keeps: the full tiles. Counts how often it is asked.
struct TileShelf {
    std::map<std::pair<std::uint8_t, std::uint64_t>, std::string> tiles;
    int reads = 0;

    void keep(std::vector<Tile> full) {
        for (Tile& tile : full) {
            const auto [place, is_new] =
                tiles.try_emplace({tile.level, tile.index}, std::move(tile.hashes));
            EXPECT_TRUE(is_new) << "tile " << int{tile.level} << "/" << tile.index << " came twice";
        }
    }
    TileReader reader() {
        return [this](std::uint8_t level, std::uint64_t index) -> Result<std::string> {
            ++reads;
            const auto found = tiles.find({level, index});
            if (found == tiles.end()) return error(ErrorCode::not_found, "no such tile");
            return found->second;
        };
    }
    std::size_t count(std::uint8_t level) const {
        std::size_t found = 0;
        for (const auto& [name, hashes] : tiles) {
            found += name.first == level ? 1U : 0U;
        }
        return found;
    }
};

// A tree grown leaf by leaf, with its tiles on the shelf; big enough for every test below.
struct Grown {
    std::vector<Sha256> leaves = numbered_leaves(70'000);
    std::map<std::uint64_t, Tree> at;  // copies at the sizes that matter
    TileShelf shelf;

    Grown() {
        const std::vector<std::uint64_t> sizes{0, 1, 255, 256, 257, 65'535, 65'536, 65'537, 70'000};
        Tree tree;
        for (std::size_t i = 0;; ++i) {
            if (std::find(sizes.begin(), sizes.end(), i) != sizes.end()) at.emplace(i, tree);
            if (i == leaves.size()) break;
            tree.append(leaves[i]);
            shelf.keep(tree.take_full_tiles());
        }
    }
    std::span<const Sha256> tail(std::uint64_t size) const {
        return std::span(leaves).subspan(size - size % tile_width, size % tile_width);
    }
};

inline Grown& grown() {
    static Grown once;
    return once;
}

}  // namespace jejak::record
