#include "engine/record/archive.hpp"

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

enum class Colour : std::uint8_t { red = 1, green = 2 };

struct Leaf {
    std::string name;
    std::optional<std::uint32_t> size;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (name, size))

// One of everything that an event may be made of.
struct Everything {
    bool yes = false;
    std::uint8_t small = 0;
    std::uint16_t medium = 0;
    std::uint32_t large = 0;
    std::int64_t signed_number = 0;
    Colour colour = Colour::red;
    std::string text;
    std::vector<std::uint32_t> numbers;
    std::vector<Leaf> leaves;
    std::map<std::string, std::uint32_t> by_name;
    std::optional<std::string> maybe;
    PersonId person;
    Instant instant;
    Position position;
    Version version;
    StreamId stream = *StreamId::make("letter", "1");
    Personal words;
    friend bool operator==(const Everything&, const Everything&) = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (yes, small, medium, large, signed_number, colour, text, numbers, leaves,
                       by_name, maybe, person, instant, position, version, stream, words))

Everything everything() {
    Everything all;
    all.yes = true;
    all.small = 0xFE;
    all.medium = 0xBEEF;
    all.large = 0xDEADBEEF;
    all.signed_number = std::numeric_limits<std::int64_t>::min();
    all.colour = Colour::green;
    all.text = std::string("naïf\0\n", 7);
    all.numbers = {0, 1, 0xFFFFFFFF};
    all.leaves = {{"a", 3}, {"", std::nullopt}};
    all.by_name = {{"x", 1}, {"y", 2}};
    all.maybe = "";
    all.person.bytes.fill(0x11);
    all.instant = Instant{-1};
    all.position = Position{1ULL << 40};
    all.version = Version{9};
    all.words = Personal::of(all.person, "rahasia");
    return all;
}

std::string hex_of_bytes(const std::string& bytes) {
    return to_hex(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void expect_corruption(const Result<Everything>& result) {
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code, ErrorCode::corruption);
    EXPECT_FALSE(result.error().message.empty());
}

TEST(Archive, brings_everything_back) {
    for (const Everything& value : {everything(), Everything{}}) {
        const auto back = from_bytes<Everything>(to_bytes(value));
        ASSERT_TRUE(back.has_value()) << back.error().message;
        EXPECT_EQ(*back, value);
    }
}

// The grammar above archive.hpp, in bytes: whoever writes a second reader starts here.
TEST(Archive, writes_the_bytes_of_its_grammar) {
    EXPECT_EQ(hex_of_bytes(to_bytes(Leaf{"ab", 0x01020304})),
              "026162"
              "00"
              "04030201");
    EXPECT_EQ(hex_of_bytes(to_bytes(Leaf{"", std::nullopt})),
              "00"
              "01");
    EXPECT_EQ(hex_of_bytes(to_bytes(std::uint64_t{1})), "0100000000000000");
    EXPECT_EQ(hex_of_bytes(to_bytes(Instant{-2})), "feffffffffffffff");
    EXPECT_EQ(hex_of_bytes(to_bytes(Version{0x0a0b0c0d})), "0d0c0b0a");
    EXPECT_EQ(hex_of_bytes(to_bytes(Colour::green)), "02");
    EXPECT_EQ(hex_of_bytes(to_bytes(true)), "01");
    EXPECT_EQ(hex_of_bytes(to_bytes(Personal{})), "00");
    PersonId owner;
    owner.bytes.fill(0xAA);
    EXPECT_EQ(hex_of_bytes(to_bytes(Personal{owner, Personal::State::sealed, "xy"})),
              "01"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              "027879");
    EXPECT_EQ(hex_of_bytes(to_bytes(std::vector<Leaf>{{"", std::nullopt}, {"", std::nullopt}})),
              "02"
              "0001"
              "0001");
    EXPECT_EQ(hex_of_bytes(to_bytes(std::string(300, 'a'))).substr(0, 6), "ac0261");
}

TEST(Archive, refuses_every_truncation_and_every_byte_too_many) {
    const std::string bytes = to_bytes(everything());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        expect_corruption(from_bytes<Everything>(std::string_view(bytes).substr(0, size)));
    }
    expect_corruption(from_bytes<Everything>(bytes + '\0'));
    expect_corruption(from_bytes<Everything>(bytes + bytes));
}

TEST(Archive, refuses_words_and_bools_that_were_never_written) {
    EXPECT_TRUE(from_bytes<bool>("\x02").has_error());
    EXPECT_TRUE(
        from_bytes<Personal>(std::string(1, '\x03') + std::string(16, 'a') + '\0').has_error());
    EXPECT_TRUE(from_bytes<StreamId>(to_bytes(std::string("Not A Stream"))).has_error());
    EXPECT_TRUE(from_bytes<StreamId>(to_bytes(std::string())).has_error());
}

// A size is believed only as far as bytes remain, so that damage cannot ask for memory.
TEST(Archive, does_not_believe_sizes_beyond_its_bytes) {
    for (const char* hex : {"05", "ffffffff0f", "ffffffff7f", "8080808080808000", "ffffffffff01"}) {
        const std::string bytes = bytes_of_hex(hex);
        EXPECT_TRUE(from_bytes<std::string>(bytes).has_error()) << hex;
        EXPECT_TRUE(from_bytes<std::vector<std::uint32_t>>(bytes).has_error()) << hex;
        EXPECT_TRUE(from_bytes<std::vector<Leaf>>(bytes).has_error()) << hex;
        EXPECT_TRUE((from_bytes<std::map<std::string, std::uint32_t>>(bytes)).has_error()) << hex;
    }
}

// Two forms of one value would be two hashes of one record.
TEST(Archive, refuses_a_size_that_could_be_shorter) {
    EXPECT_TRUE(from_bytes<std::string>(bytes_of_hex("00")).has_value());
    EXPECT_TRUE(from_bytes<std::string>(bytes_of_hex("8000")).has_error());
    EXPECT_TRUE(from_bytes<std::string>(bytes_of_hex("810061")).has_error());
}

TEST(Archive, answers_random_and_damaged_bytes_without_harm) {
    std::mt19937_64 random(20'260'105);
    const std::string good = to_bytes(everything());
    std::size_t accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        if (round % 2 == 0) {
            bytes.resize(random() % 200);
            for (char& byte : bytes)
                byte = static_cast<char>(random());
        } else {
            bytes = good;
            for (auto flips = 1 + random() % 4; flips > 0; --flips) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
        }
        const auto value = from_bytes<Everything>(bytes);
        if (!value) {
            EXPECT_EQ(value.error().code, ErrorCode::corruption);
            continue;
        }
        ++accepted;
        const auto again = from_bytes<Everything>(to_bytes(*value));
        ASSERT_TRUE(again.has_value());
        EXPECT_EQ(*again, *value);
    }
    EXPECT_GT(accepted, 0U) << "no damage was harmless: the round trip above was never tried";
    EXPECT_LT(accepted, 10'000U);
}

}  // namespace
}  // namespace jejak::record
