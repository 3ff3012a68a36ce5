#include "engine/record/aead.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstring>
#include <string>

#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

std::string_view view_of(const WrappedKey& wrapped) {
    return {reinterpret_cast<const char*>(wrapped.data()), wrapped.size()};
}

std::string bytes_at(const boost::json::object& test, std::string_view name) {
    return bytes_of_hex(std::string_view(test.at(name).as_string()));
}

Nonce nonce_of(std::string_view bytes) {
    Nonce nonce{};
    EXPECT_EQ(bytes.size(), nonce.size());
    std::memcpy(nonce.data(), bytes.data(), std::min(bytes.size(), nonce.size()));
    return nonce;
}

void check_aes_gcm(const boost::json::object& test) {
    const auto key = SecretKey::from_bytes(bytes_at(test, "key"));
    ASSERT_TRUE(key.has_value());
    const Nonce nonce = nonce_of(bytes_at(test, "iv"));
    const std::string associated = bytes_at(test, "aad");
    const std::string plaintext = bytes_at(test, "msg");
    const std::string sealed = bytes_at(test, "ct") + bytes_at(test, "tag");
    const auto opened = open(*key, nonce, associated, sealed);
    if (test.at("result").as_string() == "valid") {
        EXPECT_EQ(hex_of(seal(*key, nonce, associated, plaintext)), hex_of(sealed));
        ASSERT_TRUE(opened.has_value());
        EXPECT_EQ(hex_of(*opened), hex_of(plaintext));
    } else {
        EXPECT_FALSE(opened.has_value());
    }
}

TEST(AesGcm, agrees_with_every_published_case_of_our_key_and_nonce_size) {
    const auto folder = published_vectors("wycheproof");
    SKIP_WITHOUT_VECTORS(folder);
    int cases = 0;
    const auto file = read_json_object(folder / "aes_gcm_test.json");
    for (const auto& group : file.at("testGroups").as_array()) {
        if (group.at("keySize").as_int64() != 256 || group.at("ivSize").as_int64() != 96) continue;
        for (const auto& test : group.at("tests").as_array()) {
            SCOPED_TRACE("tcId " + std::to_string(test.at("tcId").as_int64()));
            check_aes_gcm(test.as_object());
            ++cases;
        }
    }
    EXPECT_EQ(cases, 66);
}

TEST(AesGcm, agrees_with_test_case_16_of_its_specification) {
    // McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B.
    const auto key = SecretKey::from_bytes(
        bytes_of_hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    ASSERT_TRUE(key.has_value());
    const Nonce nonce = nonce_of(bytes_of_hex("cafebabefacedbaddecaf888"));
    const std::string associated = bytes_of_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const std::string plaintext = bytes_of_hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e24"
        "49a6b525b16aedf5aa0de657ba637b39");
    const std::string sealed = seal(*key, nonce, associated, plaintext);
    EXPECT_EQ(
        hex_of(sealed),
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
        "56828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
    EXPECT_EQ(open(*key, nonce, associated, sealed), plaintext);
}

TEST(AesGcm, refuses_every_flipped_bit_and_every_cut) {
    const SecretKey key = SecretKey::random();
    const Nonce nonce = random_nonce();
    const std::string associated = "envelope/field";
    const std::string sealed = seal(key, nonce, associated, "Nilai kerja baik");
    ASSERT_EQ(open(key, nonce, associated, sealed), "Nilai kerja baik");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(open(key, nonce, associated, changed).has_value()) << "bit " << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(open(key, nonce, associated, sealed.substr(0, size)).has_value()) << size;
    }
    EXPECT_FALSE(open(key, nonce, "envelope/other", sealed).has_value());
    EXPECT_FALSE(open(SecretKey::random(), nonce, associated, sealed).has_value());
    Nonce other = nonce;
    other[0] ^= 1;
    EXPECT_FALSE(open(key, other, associated, sealed).has_value());
    EXPECT_EQ(open(key, nonce, associated, sealed), "Nilai kerja baik")
        << "a refusal must leave no trace in the thread's context";
}

TEST(AesGcm, seals_nothing_and_much_and_behind_what_is_there) {
    const SecretKey key = SecretKey::random();
    for (const std::size_t size : {0U, 1U, 16U, 17U, 65'535U, 1'000'000U}) {
        const Nonce nonce = random_nonce();
        const std::string plaintext(size, 'p');
        std::string out = "header";
        seal_onto(out, key, nonce, "", plaintext);
        ASSERT_EQ(out.size(), 6 + size + tag_size);
        EXPECT_EQ(out.substr(0, 6), "header");
        EXPECT_EQ(out.substr(6), seal(key, nonce, "", plaintext));
        EXPECT_EQ(open(key, nonce, "", std::string_view(out).substr(6)), plaintext);
    }
}

void check_aes_wrap(const boost::json::object& test) {
    const auto wrapping = SecretKey::from_bytes(bytes_at(test, "key"));
    ASSERT_TRUE(wrapping.has_value());
    const auto key = SecretKey::from_bytes(bytes_at(test, "msg"));
    const std::string wrapped = bytes_at(test, "ct");
    const auto unwrapped = unwrap(*wrapping, wrapped);
    // A key of another length is a valid case of the standard, but no key of ours.
    if (test.at("result").as_string() == "valid" && key.has_value()) {
        EXPECT_EQ(hex_of(view_of(wrap(*wrapping, *key))), hex_of(wrapped));
        ASSERT_TRUE(unwrapped.has_value());
        EXPECT_TRUE(*unwrapped == *key);
    } else {
        EXPECT_FALSE(unwrapped.has_value());
    }
}

TEST(AesKeyWrap, agrees_with_every_published_case_of_our_key_size) {
    const auto folder = published_vectors("wycheproof");
    SKIP_WITHOUT_VECTORS(folder);
    int cases = 0;
    const auto file = read_json_object(folder / "aes_wrap_test.json");
    for (const auto& group : file.at("testGroups").as_array()) {
        if (group.at("keySize").as_int64() != 256) continue;
        for (const auto& test : group.at("tests").as_array()) {
            SCOPED_TRACE("tcId " + std::to_string(test.at("tcId").as_int64()));
            check_aes_wrap(test.as_object());
            ++cases;
        }
    }
    EXPECT_EQ(cases, 68);
}

TEST(AesKeyWrap, agrees_with_rfc_3394_section_4_6) {
    const auto wrapping = SecretKey::from_bytes(
        bytes_of_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    const auto key = SecretKey::from_bytes(
        bytes_of_hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"));
    ASSERT_TRUE(wrapping && key);
    const WrappedKey wrapped = wrap(*wrapping, *key);
    EXPECT_EQ(hex_of(view_of(wrapped)),
              "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
    const auto unwrapped = unwrap(*wrapping, view_of(wrapped));
    ASSERT_TRUE(unwrapped.has_value());
    EXPECT_TRUE(*unwrapped == *key);
}

TEST(AesKeyWrap, refuses_every_flipped_bit_every_cut_and_another_key) {
    const SecretKey wrapping = SecretKey::random();
    const SecretKey key = SecretKey::random();
    const WrappedKey wrapped = wrap(wrapping, key);
    for (std::size_t bit = 0; bit < wrapped_size * 8; ++bit) {
        WrappedKey changed = wrapped;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        EXPECT_FALSE(unwrap(wrapping, view_of(changed)).has_value()) << "bit " << bit;
    }
    for (std::size_t size = 0; size < wrapped_size; ++size) {
        EXPECT_FALSE(unwrap(wrapping, view_of(wrapped).substr(0, size)).has_value()) << size;
    }
    EXPECT_FALSE(unwrap(wrapping, std::string(view_of(wrapped)) + "x").has_value());
    EXPECT_FALSE(unwrap(key, view_of(wrapped)).has_value());
    const auto unwrapped = unwrap(wrapping, view_of(wrapped));
    ASSERT_TRUE(unwrapped.has_value());
    EXPECT_TRUE(*unwrapped == key);
}

TEST(SecretKey, is_exactly_32_bytes_and_equal_to_its_copy_only) {
    EXPECT_FALSE(SecretKey::from_bytes("").has_value());
    EXPECT_FALSE(SecretKey::from_bytes(std::string(31, 'k')).has_value());
    EXPECT_FALSE(SecretKey::from_bytes(std::string(33, 'k')).has_value());
    const SecretKey key = SecretKey::random();
    const SecretKey copy = key;
    EXPECT_TRUE(copy == key);
    EXPECT_FALSE(SecretKey::random() == key);
    EXPECT_TRUE(*SecretKey::from_bytes(key.bytes()) == key);
}

TEST(SecretKey, wipes_itself_at_its_end) {
    alignas(SecretKey) unsigned char room[sizeof(SecretKey)];
    auto* key = new (room) SecretKey(*SecretKey::from_bytes(std::string(SecretKey::size, 'k')));
    ASSERT_EQ(room[0], 'k');
    key->~SecretKey();
    for (const unsigned char byte : room) {
        EXPECT_EQ(byte, 0);
    }
}

}  // namespace
}  // namespace jejak::record
