#include "engine/record/merkle.hpp"

#include <array>
#include <bit>
#include <cstring>

#include "engine/ensure.hpp"
#include "engine/record/digest.hpp"

namespace jejak::record {
namespace {

using std::to_string;

Error malformed(std::string message) {
    return error(ErrorCode::invalid_input, std::move(message));
}

Error wrong_length(std::string_view kind, std::size_t length, std::string_view too) {
    return malformed(std::string(kind) + " proof of " + to_string(length) + " hashes is too " +
                     std::string(too) + " for these sizes; ask the log for the proof again");
}

Error other_root(std::string_view what, const Sha256& computed, const Sha256& given) {
    return error(ErrorCode::corruption,
                 std::string(what) + ": the proof leads to root " + to_hex(computed) + ", not to " +
                     to_hex(given) +
                     "; the leaf, the proof or the tree differs from what was signed");
}

// Where a proof stands on its way up: `first` is the node looked at, `last` the last node of its
// level in the larger tree (fn and sn of RFC 9162).
struct Climb {
    std::uint64_t first;
    std::uint64_t last;

    [[nodiscard]] bool is_right_child() const { return (first & 1U) != 0; }
    [[nodiscard]] bool sibling_is_left() const { return is_right_child() || first == last; }
    void rise() {
        first >>= 1;
        last >>= 1;
    }
    // Levels at which the last node has no sibling are passed without a hash.
    void rise_past_left_sibling() {
        while (!is_right_child() && first != 0) {
            rise();
        }
        rise();
    }
};

Result<Sha256> to_hash(std::string_view bytes, const std::string& name) {
    Sha256 hash;
    if (bytes.size() != hash.size()) {
        return malformed(name + " has " + to_string(bytes.size()) +
                         " bytes; a SHA-256 hash has 32: decode it again from its text");
    }
    std::memcpy(hash.data(), bytes.data(), hash.size());
    return hash;
}

Result<Proof> to_hashes(std::span<const std::string> proof) {
    Proof hashes;
    hashes.reserve(proof.size());
    for (std::size_t i = 0; i < proof.size(); ++i) {
        const auto hash = to_hash(proof[i], "hash " + to_string(i) + " of the proof");
        if (!hash) return hash.error();
        hashes.push_back(*hash);
    }
    return hashes;
}

// What can be said before anything is hashed. Without an error, equal sizes are proven.
template <class Hash>
Result<void> check_sizes(std::uint64_t size1, std::uint64_t size2, std::size_t proof_length,
                         const Hash& root1, const Hash& root2) {
    if (size1 == 0) {
        return malformed("nothing is consistent with an empty tree; start from size 1 or more");
    }
    if (size1 > size2) {
        return malformed("size " + to_string(size1) + " is larger than size " + to_string(size2) +
                         "; a tree never shrinks: swap the sizes, or the log has lost records");
    }
    if (size1 < size2) {
        if (proof_length == 0) return wrong_length("consistency", 0, "short");
        return {};
    }
    if (proof_length != 0) return wrong_length("consistency", proof_length, "long");
    if (root1 != root2) {
        return error(ErrorCode::corruption, "two different roots for the same size " +
                                                to_string(size1) +
                                                "; the log has shown two histories");
    }
    return {};
}

}  // namespace

Sha256 leaf_hash(std::string_view entry) {
    return sha256({std::string_view("\0", 1), entry});
}

Sha256 node_hash(const Sha256& left, const Sha256& right) {
    std::array<char, 1 + 2 * sizeof(Sha256)> bytes;
    bytes[0] = 1;
    std::memcpy(bytes.data() + 1, left.data(), left.size());
    std::memcpy(bytes.data() + 1 + left.size(), right.data(), right.size());
    return sha256(std::string_view(bytes.data(), bytes.size()));
}

Sha256 empty_root() {
    return sha256(std::string_view());
}

Sha256 perfect_root(std::span<const Sha256> hashes) {
    ENSURE(std::has_single_bit(hashes.size()));
    if (hashes.size() == 1) return hashes.front();
    const std::size_t half = hashes.size() / 2;
    return node_hash(perfect_root(hashes.first(half)), perfect_root(hashes.last(half)));
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, const Sha256& leaf,
                              std::span<const Sha256> proof, const Sha256& root) {
    if (index >= size) {
        return malformed("leaf " + to_string(index) + " is not in a tree of " + to_string(size) +
                         " leaves; ask for a proof against a later tree");
    }
    Climb climb{index, size - 1};
    Sha256 hash = leaf;
    for (const Sha256& sibling : proof) {
        if (climb.last == 0) return wrong_length("inclusion", proof.size(), "long");
        if (climb.sibling_is_left()) {
            hash = node_hash(sibling, hash);
            climb.rise_past_left_sibling();
        } else {
            hash = node_hash(hash, sibling);
            climb.rise();
        }
    }
    if (climb.last != 0) return wrong_length("inclusion", proof.size(), "short");
    if (hash != root) return other_root("leaf " + to_string(index), hash, root);
    return {};
}

Result<void> verify_inclusion(std::uint64_t index, std::uint64_t size, std::string_view leaf,
                              std::span<const std::string> proof, std::string_view root) {
    const auto leaf_bytes = to_hash(leaf, "the leaf hash");
    if (!leaf_bytes) return leaf_bytes.error();
    const auto root_bytes = to_hash(root, "the root");
    if (!root_bytes) return root_bytes.error();
    const auto hashes = to_hashes(proof);
    if (!hashes) return hashes.error();
    return verify_inclusion(index, size, *leaf_bytes, std::span<const Sha256>(*hashes),
                            *root_bytes);
}

Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2,
                                std::span<const Sha256> proof, const Sha256& root1,
                                const Sha256& root2) {
    const auto checked = check_sizes(size1, size2, proof.size(), root1, root2);
    if (!checked || size1 == size2) return checked;
    // A first tree that is perfect is a node of the second one: its root opens the proof unsaid.
    const bool perfect = std::has_single_bit(size1);
    Sha256 hash1 = perfect ? root1 : proof.front();
    Sha256 hash2 = hash1;
    Climb climb{size1 - 1, size2 - 1};
    while (climb.is_right_child()) {
        climb.rise();
    }
    for (const Sha256& sibling : proof.subspan(perfect ? 0 : 1)) {
        if (climb.last == 0) return wrong_length("consistency", proof.size(), "long");
        if (climb.sibling_is_left()) {
            hash1 = node_hash(sibling, hash1);
            hash2 = node_hash(sibling, hash2);
            climb.rise_past_left_sibling();
        } else {
            hash2 = node_hash(hash2, sibling);
            climb.rise();
        }
    }
    if (climb.last != 0) return wrong_length("consistency", proof.size(), "short");
    if (hash1 != root1) return other_root("tree of " + to_string(size1), hash1, root1);
    if (hash2 != root2) return other_root("tree of " + to_string(size2), hash2, root2);
    return {};
}

Result<void> verify_consistency(std::uint64_t size1, std::uint64_t size2,
                                std::span<const std::string> proof, std::string_view root1,
                                std::string_view root2) {
    const auto checked = check_sizes(size1, size2, proof.size(), root1, root2);
    if (!checked || size1 == size2) return checked;
    const auto root1_bytes = to_hash(root1, "the root of the smaller tree");
    if (!root1_bytes) return root1_bytes.error();
    const auto root2_bytes = to_hash(root2, "the root of the larger tree");
    if (!root2_bytes) return root2_bytes.error();
    const auto hashes = to_hashes(proof);
    if (!hashes) return hashes.error();
    return verify_consistency(size1, size2, std::span<const Sha256>(*hashes), *root1_bytes,
                              *root2_bytes);
}

}  // namespace jejak::record
