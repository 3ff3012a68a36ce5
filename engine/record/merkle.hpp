#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/result.hpp"

// The Merkle tree of RFC 6962 section 2.1: how hashes are made, and how proofs are checked.
//   MTH({})   = SHA-256("")
//   leaf hash = SHA-256(0x00 || entry)
//   node hash = SHA-256(0x01 || left || right), split at the largest power of two below the size
namespace jejak::record {

[[nodiscard]] Sha256 leaf_hash(std::string_view entry);
[[nodiscard]] Sha256 node_hash(const Sha256& left, const Sha256& right);
[[nodiscard]] Sha256 empty_root();
// Of a perfect tree: `hashes` holds a power of two of them. tree.hpp folds tiles with it.
[[nodiscard]] Sha256 perfect_root(std::span<const Sha256> hashes);

using Proof = std::vector<Sha256>;  // leaf's sibling first, root's child last

// RFC 9162 section 2.1.3.2. Is the leaf hash at `index` of the tree with `size` leaves and `root`?
// Errors: invalid_input, when index >= size, the proof is of the wrong length or a hash is not
// 32 bytes; corruption, when everything is well formed but leads to another root.
[[nodiscard]] Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size,
                                            const Sha256& leaf, std::span<const Sha256> proof,
                                            const Sha256& root);
[[nodiscard]] Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size,
                                            std::string_view leaf,
                                            std::span<const std::string> proof,
                                            std::string_view root);

// RFC 9162 section 2.1.4.2. Is the tree with size1 leaves and root1 the beginning of the other?
// size1 = 0 is always an error: nothing can be said about it. Where the sizes are equal, nothing
// is hashed: the proof must be empty and the roots the same bytes, of whatever length.
// Errors: as above; invalid_input also when size1 > size2.
[[nodiscard]] Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2,
                                              std::span<const Sha256> proof, const Sha256& root1,
                                              const Sha256& root2);
[[nodiscard]] Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2,
                                              std::span<const std::string> proof,
                                              std::string_view root1, std::string_view root2);

}  // namespace jejak::record
