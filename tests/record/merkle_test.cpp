#include "engine/record/merkle.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "engine/record/digest.hpp"
#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

using HashTexts = std::vector<std::string>;

// RFC 4648 section 4; the published vectors hold nothing else.
std::string from_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char letter : text) {
        if (letter == '=') break;
        bits = (bits << 6) | static_cast<std::uint32_t>(digits.find(letter));
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count));
        }
    }
    return bytes;
}

std::string hash_at(const boost::json::object& vector, std::string_view name) {
    const auto& value = vector.at(name);
    return value.is_null() ? std::string() : from_base64(std::string_view(value.as_string()));
}

HashTexts proof_at(const boost::json::object& vector) {
    HashTexts hashes;
    if (vector.at("proof").is_null()) return hashes;
    for (const auto& hash : vector.at("proof").as_array()) {
        hashes.push_back(from_base64(std::string_view(hash.as_string())));
    }
    return hashes;
}

std::uint64_t number_at(const boost::json::object& vector, std::string_view name) {
    return vector.at(name).to_number<std::uint64_t>();
}

Result<void> verify(const boost::json::object& vector) {
    if (vector.contains("leafIdx")) {
        return verify_inclusion(number_at(vector, "leafIdx"), number_at(vector, "treeSize"),
                                hash_at(vector, "leafHash"), proof_at(vector),
                                hash_at(vector, "root"));
    }
    return verify_consistency(number_at(vector, "size1"), number_at(vector, "size2"),
                              proof_at(vector), hash_at(vector, "root1"), hash_at(vector, "root2"));
}

struct Count {
    int accepted = 0;
    int refused = 0;
};

Count check_vectors(const std::filesystem::path& folder) {
    Count count;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const auto vector = read_json_object(entry.path());
        const auto answer = verify(vector);
        const bool refuse = vector.at("wantErr").as_bool();
        ++(refuse ? count.refused : count.accepted);
        EXPECT_EQ(answer.has_error(), refuse)
            << entry.path() << ": " << (answer ? "accepted" : answer.error().message);
    }
    return count;
}

TEST(MerkleProof, inclusion_agrees_with_every_published_vector) {
    const auto folder = published_vectors("merkle/inclusion");
    SKIP_WITHOUT_VECTORS(folder);
    const Count count = check_vectors(folder);
    EXPECT_EQ(count.accepted, 6);
    EXPECT_EQ(count.refused, 92);
}

// One of the accepted ones, sizes-are-equal-one-and-proof-is-empty, has roots of 12 bytes: at
// equal sizes only their being the same is asked.
TEST(MerkleProof, consistency_agrees_with_every_published_vector) {
    const auto folder = published_vectors("merkle/consistency");
    SKIP_WITHOUT_VECTORS(folder);
    const Count count = check_vectors(folder);
    EXPECT_EQ(count.accepted, 6);
    EXPECT_EQ(count.refused, 92);
}

TEST(MerkleHash, agrees_with_the_published_examples) {
    // transparency-dev/merkle rfc6962/rfc6962_test.go.
    EXPECT_EQ(to_hex(empty_root()),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(leaf_hash("")),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(to_hex(leaf_hash("L123456")),
              "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    // There the node is made of two texts of four letters; ours takes whole hashes only.
    EXPECT_EQ(to_hex(sha256({"\x01", "N123", "N456"})),
              "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    const Sha256 left = leaf_hash("left");
    const Sha256 right = leaf_hash("right");
    EXPECT_EQ(node_hash(left, right), sha256({"\x01", bytes_of(left), bytes_of(right)}));
    EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

// A tree of two leaves, as an auditor holds it: texts, not arrays.
struct TwoLeaves {
    std::string leaf0{bytes_of(leaf_hash("0"))};
    std::string leaf1{bytes_of(leaf_hash("1"))};
    std::string root{bytes_of(node_hash(leaf_hash("0"), leaf_hash("1")))};
};

TEST(MerkleProof, inclusion_names_what_is_wrong) {
    const TwoLeaves tree;
    const HashTexts proof{tree.leaf1};
    EXPECT_TRUE(verify_inclusion(0, 2, tree.leaf0, proof, tree.root).has_value());
    const auto largest = std::numeric_limits<std::uint64_t>::max();
    const auto check = [&](const Result<void>& answer, ErrorCode code, std::string_view words) {
        ASSERT_TRUE(answer.has_error()) << words;
        EXPECT_EQ(answer.error().code, code) << words;
        EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
    };
    const auto invalid = ErrorCode::invalid_input;
    check(verify_inclusion(2, 2, tree.leaf0, proof, tree.root), invalid, "not in a tree of 2");
    check(verify_inclusion(0, 0, tree.leaf0, HashTexts{}, tree.root), invalid, "not in a tree");
    check(verify_inclusion(largest, 2, tree.leaf0, proof, tree.root), invalid, "not in a tree");
    check(verify_inclusion(largest, largest, tree.leaf0, proof, tree.root), invalid, "not in a");
    check(verify_inclusion(largest - 1, largest, tree.leaf0, proof, tree.root), invalid, "short");
    check(verify_inclusion(0, 2, tree.leaf0, HashTexts{}, tree.root), invalid, "too short");
    check(verify_inclusion(0, 2, tree.leaf0, HashTexts{tree.leaf1, tree.leaf1}, tree.root), invalid,
          "too long");
    check(verify_inclusion(0, 2, tree.leaf0.substr(1), proof, tree.root), invalid, "leaf hash has");
    check(verify_inclusion(0, 2, tree.leaf0, proof, tree.root + "x"), invalid, "root has 33");
    check(verify_inclusion(0, 2, tree.leaf0, HashTexts{""}, tree.root), invalid,
          "hash 0 of the proof has 0 bytes");
    check(verify_inclusion(1, 2, tree.leaf0, proof, tree.root), ErrorCode::corruption,
          "leads to root");
}

TEST(MerkleProof, consistency_names_what_is_wrong) {
    const TwoLeaves tree;
    const HashTexts proof{tree.leaf1};
    EXPECT_TRUE(verify_consistency(1, 2, proof, tree.leaf0, tree.root).has_value());
    EXPECT_TRUE(verify_consistency(2, 2, HashTexts{}, tree.root, tree.root).has_value());
    const auto check = [&](const Result<void>& answer, ErrorCode code, std::string_view words) {
        ASSERT_TRUE(answer.has_error()) << words;
        EXPECT_EQ(answer.error().code, code) << words;
        EXPECT_NE(answer.error().message.find(words), std::string::npos) << answer.error().message;
    };
    const auto invalid = ErrorCode::invalid_input;
    const auto corrupt = ErrorCode::corruption;
    const std::string empty{bytes_of(empty_root())};
    check(verify_consistency(0, 0, HashTexts{}, empty, empty), invalid, "empty tree");
    check(verify_consistency(0, 2, HashTexts{}, empty, tree.root), invalid, "empty tree");
    check(verify_consistency(2, 1, HashTexts{}, tree.root, tree.leaf0), invalid, "never shrinks");
    check(verify_consistency(1, 2, HashTexts{}, tree.leaf0, tree.root), invalid, "too short");
    check(verify_consistency(1, 4, proof, tree.leaf0, tree.root), invalid, "too short");
    check(verify_consistency(1, 2, HashTexts{tree.leaf1, tree.leaf1}, tree.leaf0, tree.root),
          invalid, "too long");
    check(verify_consistency(2, 2, proof, tree.root, tree.root), invalid, "too long");
    check(verify_consistency(2, 2, HashTexts{}, tree.root, tree.leaf0), corrupt, "two histories");
    check(verify_consistency(1, 2, proof, tree.leaf0 + "x", tree.root), invalid, "smaller tree");
    check(verify_consistency(1, 2, proof, tree.leaf0, "root"), invalid, "larger tree has 4");
    check(verify_consistency(1, 2, HashTexts{"x"}, tree.leaf0, tree.root), invalid, "hash 0");
    check(verify_consistency(1, 2, proof, tree.leaf1, tree.root), corrupt, "tree of 2");
    check(verify_consistency(3, 4, HashTexts{tree.leaf0, tree.leaf1, tree.root}, tree.leaf0,
                             tree.root),
          corrupt, "tree of 3");
}

}  // namespace
}  // namespace jejak::record
