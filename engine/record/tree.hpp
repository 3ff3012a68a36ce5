#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/record/merkle.hpp"

// The growing tree of the log over tiles of 256 hashes (C2SP tlog-tiles, height 8):
//   tile (level, n), hash i = MTH(D[(n*256+i) * 256^level : (n*256+i+1) * 256^level])
// Only full tiles are stored, of every level; the rest is made again from the leaf tail.
namespace jejak::record {

inline constexpr std::size_t tile_width = 256;
inline constexpr std::size_t tile_size = tile_width * sizeof(Sha256);  // 8,192 bytes
inline constexpr std::size_t tile_levels = 8;                          // 256^8 = 2^64 leaves

struct Tile {
    std::uint8_t level = 0;
    std::uint64_t index = 0;
    std::string hashes;  // 256 x 32 bytes

    friend bool operator==(const Tile&, const Tile&) = default;
};

// The hashes of one full tile as they were handed out by take_full_tiles(); any error of the
// store is passed on.
using TileReader = std::function<Result<std::string>(std::uint8_t level, std::uint64_t index)>;

// One thread at a time; a copy is independent. A copy costs at most 8 KiB a level (about 1 µs at
// five million leaves), so whoever stages an append works on a copy, and on failure throws it away.
class Tree {
  public:
    Tree() = default;
    // The tree of `size` leaves: `tail` are the leaf hashes behind the last full level-0 tile.
    // Reads the full tiles below the incomplete one of each level: at most 255 for each level.
    // Whether the tiles are the right ones shows in root(): compare it with the recorded one.
    // Errors: invalid_input, when the tail is not size % 256 hashes; corruption, when a tile is
    // not 8,192 bytes; those of the reader.
    [[nodiscard]] static Result<Tree> restore(std::uint64_t size, const TileReader& read,
                                              std::span<const Sha256> tail);

    void append(const Sha256& leaf);
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Sha256 root() const;

    // The tiles that became full since last asked, in the order in which they did.
    [[nodiscard]] std::vector<Tile> take_full_tiles();
    // The hashes of the incomplete tile of that level, 0 to 255 of them; its index is
    // size() / 256^(level+1). Valid until the next append.
    [[nodiscard]] std::span<const Sha256> partial_tile(std::uint8_t level) const;

  private:
    void place(std::size_t level, const Sha256& hash);

    std::uint64_t size_ = 0;
    std::array<std::vector<Sha256>, tile_levels> partial_;
    std::vector<Sha256> edge_;  // roots of the perfect subtrees, largest first: popcount(size_)
    std::vector<Tile> full_;
};

// Any node of a tree: from full tiles through the reader, from the tail out of memory.
// Keeps the tiles that it has read, so make one for each proof or small group of proofs.
// `tree` must outlive it and not be appended to; every tile that it took must be readable.
class TreeNodes {
  public:
    TreeNodes(const Tree& tree, TileReader read) : tree_(tree), read_(std::move(read)) {}

    [[nodiscard]] std::uint64_t size() const { return tree_.size(); }
    // MTH of the leaves [begin, end). The largest power of two below end - begin divides begin,
    // as in every proof. Errors: invalid_input past the tree; those of reading tiles.
    [[nodiscard]] Result<Sha256> range(std::uint64_t begin, std::uint64_t end);

  private:
    struct Read {
        std::uint8_t level;
        std::uint64_t index;
        std::vector<Sha256> hashes;
    };
    Result<Sha256> perfect(unsigned height, std::uint64_t index);
    Result<std::span<const Sha256>> tile(std::uint8_t level, std::uint64_t index);

    const Tree& tree_;
    TileReader read_;
    std::vector<Read> tiles_;
};

// Proofs for any earlier size, that verify_inclusion() and verify_consistency() accept.
// Errors: invalid_input, when not index < size <= nodes.size(), or not 1 <= size1 <= size2 <=
// nodes.size(); those of reading tiles.
[[nodiscard]] Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                            TreeNodes& nodes);
[[nodiscard]] Result<Proof> consistency_proof(std::uint64_t size1, std::uint64_t size2,
                                              TreeNodes& nodes);

}  // namespace jejak::record
