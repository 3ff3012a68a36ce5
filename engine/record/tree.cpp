#include "engine/record/tree.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "engine/ensure.hpp"

namespace jejak::record {
namespace {

using std::to_string;

constexpr unsigned tile_height = 8;
static_assert(tile_width == 1U << tile_height);

std::string name_of_tile(std::uint8_t level, std::uint64_t index) {
    return "tile " + to_string(level) + "/" + to_string(index);
}

Result<std::vector<Sha256>> read_full_tile(const TileReader& read, std::uint8_t level,
                                           std::uint64_t index) {
    const Result<std::string> bytes = read(level, index);
    if (!bytes) return bytes.error();
    if (bytes->size() != tile_size) {
        return error(ErrorCode::corruption,
                     name_of_tile(level, index) + " has " + to_string(bytes->size()) +
                         " bytes, not 8192; make the tiles again from the log");
    }
    std::vector<Sha256> hashes(tile_width);
    std::memcpy(hashes.data(), bytes->data(), tile_size);
    return hashes;
}

// RFC 6962 section 2.1: the largest power of two smaller than n, for n > 1.
std::uint64_t split(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

}  // namespace

Result<Tree> Tree::restore(std::uint64_t size, const TileReader& read,
                           std::span<const Sha256> tail) {
    if (tail.size() != size % tile_width) {
        return error(ErrorCode::invalid_input,
                     "a tree of " + to_string(size) + " leaves has a tail of " +
                         to_string(size % tile_width) + " leaf hashes, not " +
                         to_string(tail.size()) + "; read the log from the last full tile");
    }
    Tree tree;
    tree.size_ = size;
    tree.partial_[0].assign(tail.begin(), tail.end());
    for (std::uint8_t level = 1; level < tile_levels; ++level) {
        // A hash of this level is the root of a full tile of the level below.
        const std::uint64_t full_below = size >> (tile_height * level);
        for (auto index = full_below - full_below % tile_width; index < full_below; ++index) {
            const auto hashes = read_full_tile(read, static_cast<std::uint8_t>(level - 1), index);
            if (!hashes) return hashes.error();
            tree.partial_[level].push_back(perfect_root(*hashes));
        }
    }
    for (std::size_t level = tile_levels; level-- > 0;) {
        std::span<const Sha256> rest(tree.partial_[level]);
        while (!rest.empty()) {
            const std::size_t width = std::bit_floor(rest.size());
            tree.edge_.push_back(perfect_root(rest.first(width)));
            rest = rest.subspan(width);
        }
    }
    ENSURE(tree.edge_.size() == static_cast<std::size_t>(std::popcount(size)));
    return tree;
}

void Tree::append(const Sha256& leaf) {
    Sha256 node = leaf;
    place(0, node);
    // Each trailing one of the size is a perfect subtree that the new leaf makes twice as large.
    unsigned height = 0;
    for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1) {
        node = node_hash(edge_.back(), node);
        edge_.pop_back();
        ++height;
        if (height % tile_height == 0) place(height / tile_height, node);
    }
    edge_.push_back(node);
    ++size_;
}

void Tree::place(std::size_t level, const Sha256& hash) {
    std::vector<Sha256>& partial = partial_[level];
    if (partial.capacity() < tile_width) partial.reserve(tile_width);
    partial.push_back(hash);
    if (partial.size() < tile_width) return;
    Tile tile{static_cast<std::uint8_t>(level), size_ >> (tile_height * (level + 1)), {}};
    tile.hashes.assign(reinterpret_cast<const char*>(partial.data()), tile_size);
    full_.push_back(std::move(tile));
    partial.clear();
}

Sha256 Tree::root() const {
    if (edge_.empty()) return empty_root();
    Sha256 hash = edge_.back();
    for (std::size_t i = edge_.size() - 1; i-- > 0;) {
        hash = node_hash(edge_[i], hash);
    }
    return hash;
}

std::vector<Tile> Tree::take_full_tiles() {
    return std::exchange(full_, {});
}

std::span<const Sha256> Tree::partial_tile(std::uint8_t level) const {
    ENSURE(level < tile_levels);
    return partial_[level];
}

Result<std::span<const Sha256>> TreeNodes::tile(std::uint8_t level, std::uint64_t index) {
    const std::uint64_t hashes_of_level = tree_.size() >> (tile_height * level);
    if (index >= hashes_of_level / tile_width) return tree_.partial_tile(level);
    const auto kept = std::find_if(tiles_.begin(), tiles_.end(), [&](const Read& read) {
        return read.level == level && read.index == index;
    });
    if (kept != tiles_.end()) return std::span<const Sha256>(kept->hashes);
    auto hashes = read_full_tile(read_, level, index);
    if (!hashes) return hashes.error();
    // The hashes stay where they are when the vector of tiles moves its elements.
    tiles_.push_back(Read{level, index, std::move(*hashes)});
    return std::span<const Sha256>(tiles_.back().hashes);
}

// The root of the leaves [index << height, (index + 1) << height): within one tile, always.
Result<Sha256> TreeNodes::perfect(unsigned height, std::uint64_t index) {
    const auto level = static_cast<std::uint8_t>(height / tile_height);
    const unsigned within = height % tile_height;
    const std::uint64_t first = index << within;
    const auto hashes = tile(level, first / tile_width);
    if (!hashes) return hashes.error();
    const std::size_t begin = first % tile_width;
    const std::size_t width = std::size_t{1} << within;
    ENSURE(begin + width <= hashes->size());
    return perfect_root(hashes->subspan(begin, width));
}

Result<Sha256> TreeNodes::range(std::uint64_t begin, std::uint64_t end) {
    if (begin > end || end > tree_.size()) {
        return error(ErrorCode::invalid_input, "leaves " + to_string(begin) + " to " +
                                                   to_string(end) + " are not in a tree of " +
                                                   to_string(tree_.size()) + " leaves");
    }
    if (begin == end) return empty_root();
    // Perfect subtrees from the largest down; a subtree begins at a multiple of its own size.
    std::vector<Sha256> roots;
    while (begin < end) {
        const std::uint64_t width = std::bit_floor(end - begin);
        if (begin % width != 0) {
            return error(ErrorCode::invalid_input, "leaves from " + to_string(begin) +
                                                       " on are no subtree of " + to_string(width));
        }
        const auto height = static_cast<unsigned>(std::countr_zero(width));
        const auto root = perfect(height, begin >> height);
        if (!root) return root.error();
        roots.push_back(*root);
        begin += width;
    }
    Sha256 hash = roots.back();
    for (std::size_t i = roots.size() - 1; i-- > 0;) {
        hash = node_hash(roots[i], hash);
    }
    return hash;
}

// RFC 6962 section 2.1.1, PATH, from the root down and then turned round.
Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, TreeNodes& nodes) {
    if (index >= size || size > nodes.size()) {
        return error(ErrorCode::invalid_input,
                     "no proof of leaf " + to_string(index) + " in " + to_string(size) +
                         " leaves: ask for a leaf below the size, and a size up to " +
                         to_string(nodes.size()));
    }
    Proof proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = index < middle;
        const auto sibling = left ? nodes.range(middle, end) : nodes.range(begin, middle);
        if (!sibling) return sibling.error();
        proof.push_back(*sibling);
        (left ? end : begin) = middle;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

// RFC 6962 section 2.1.2, SUBPROOF, from the root down and then turned round.
Result<Proof> consistency_proof(std::uint64_t size1, std::uint64_t size2, TreeNodes& nodes) {
    if (size1 == 0 || size1 > size2 || size2 > nodes.size()) {
        return error(ErrorCode::invalid_input,
                     "no proof from size " + to_string(size1) + " to " + to_string(size2) +
                         ": ask for 1 <= size1 <= size2 <= " + to_string(nodes.size()));
    }
    Proof proof;
    std::uint64_t begin = 0;
    std::uint64_t end = size2;
    while (end != size1) {
        const std::uint64_t middle = begin + split(end - begin);
        const bool left = size1 <= middle;
        const auto sibling = left ? nodes.range(middle, end) : nodes.range(begin, middle);
        if (!sibling) return sibling.error();
        proof.push_back(*sibling);
        (left ? end : begin) = middle;
    }
    // A first tree that is a whole left part is known by its root; any other is named.
    if (begin != 0) {
        const auto rest = nodes.range(begin, end);
        if (!rest) return rest.error();
        proof.push_back(*rest);
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

}  // namespace jejak::record
