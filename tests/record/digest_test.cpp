#include "engine/record/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

TEST(Digest, agrees_with_the_published_sha256_examples) {
    // FIPS 180-4 examples (NIST CSRC, "SHA256.pdf") and the empty message.
    EXPECT_EQ(to_hex(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(to_hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Digest, of_parts_is_the_digest_of_the_whole) {
    const std::string text(300, 'x');
    for (std::size_t cut = 0; cut <= text.size(); cut += 7) {
        const std::string_view whole = text;
        EXPECT_EQ(sha256({whole.substr(0, cut), "", whole.substr(cut)}), sha256(whole));
    }
    EXPECT_EQ(sha256({}), sha256(""));
}

TEST(Digest, a_stream_begins_anew_after_each_finish) {
    Sha256Stream stream;
    stream.update("a");
    stream.update("");
    stream.update("bc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
    EXPECT_EQ(stream.finish(), sha256(""));
    stream.update("abc");
    Sha256Stream moved = std::move(stream);
    EXPECT_EQ(moved.finish(), sha256("abc"));
}

TEST(Digest, is_the_same_on_many_threads_at_once) {
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < wrong.size(); ++t) {
        threads.emplace_back([&wrong, t] {
            const Sha256 expected =
                hash_of_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            for (int i = 0; i < 2'000; ++i) {
                wrong[t] += sha256("abc") == expected ? 0 : 1;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(Hmac, agrees_with_rfc_4231) {
    const std::string bytes_1_to_25 =
        bytes_of_hex("0102030405060708090a0b0c0d0e0f10111213141516171819");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    EXPECT_EQ(to_hex(hmac_sha256(bytes_1_to_25, std::string(50, '\xcd'))),
              "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(20, '\x0c'), "Test With Truncation")).substr(0, 32),
              "a3b6167473100ee06e0c796c2955552b");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                                 "Test Using Larger Than Block-Size Key - Hash Key First")),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                                 "This is a test using a larger than block-size key and a larger "
                                 "than block-size data. The key needs to be hashed before being "
                                 "used by the HMAC algorithm.")),
              "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST(Hmac, takes_an_empty_key_and_an_empty_message) {
    EXPECT_EQ(to_hex(hmac_sha256("", "")),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, a_key_of_64_bytes_is_used_as_it_is_and_one_of_65_is_hashed_first) {
    const std::string at_block(64, 'k');
    const std::string over_block(65, 'k');
    EXPECT_NE(hmac_sha256(at_block, "m"), hmac_sha256(bytes_of(sha256(at_block)), "m"));
    EXPECT_EQ(hmac_sha256(over_block, "m"), hmac_sha256(bytes_of(sha256(over_block)), "m"));
}

TEST(ConstantTime, compares_content_and_length) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("bbc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
}

std::string rising_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<char>(i);
    }
    return bytes;
}

TEST(Crc32c, agrees_with_the_published_examples) {
    // RFC 3720 appendix B.4, and the check value of the CRC catalogue (CRC-32/ISCSI).
    const std::string rising = rising_bytes(32);
    const std::string falling(rising.rbegin(), rising.rend());
    for (auto* crc : {&crc32c, &crc32c_portable}) {
        EXPECT_EQ(crc("", 0), 0U);
        EXPECT_EQ(crc("123456789", 0), 0xE3069283U);
        EXPECT_EQ(crc(std::string(32, '\0'), 0), 0x8A9136AAU);
        EXPECT_EQ(crc(std::string(32, '\xff'), 0), 0x62A8AB43U);
        EXPECT_EQ(crc(rising, 0), 0x46DD794EU);
        EXPECT_EQ(crc(falling, 0), 0x113FDB5CU);
    }
}

TEST(Crc32c, is_the_same_with_and_without_the_instruction_and_in_pieces) {
    const std::string bytes = rising_bytes(100);
    const std::string_view whole = bytes;
    for (std::size_t from = 0; from < 9; ++from) {
        for (std::size_t size = 0; from + size <= whole.size(); ++size) {
            const std::string_view part = whole.substr(from, size);
            const std::uint32_t expected = crc32c_portable(part);
            EXPECT_EQ(crc32c(part), expected) << from << "+" << size;
            EXPECT_EQ(crc32c(part.substr(size / 2), crc32c(part.substr(0, size / 2))), expected);
        }
    }
}

}  // namespace
}  // namespace jejak::record
