#include "engine/record/sealing.hpp"

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/record/envelope.hpp"

namespace jejak::record {
namespace {

KeyBytes key_of(std::uint8_t filled) {
    KeyBytes key;
    key.fill(filled);
    return key;
}

PersonId person(std::uint8_t number) {
    PersonId id;
    id.bytes.fill(number);
    return id;
}

const KeyBytes key = key_of(1);
const std::string binding = "envelope";

Personal sealed(const std::string& text, const std::string& path = "note") {
    Personal field = Personal::of(person(1), text);
    seal(field, key, binding, path);
    return field;
}

void expect_closed(const Personal& field, const KeyBytes& with, std::string_view bound,
                   std::string_view path) {
    const auto opened = open(field, with, bound, path);
    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code, ErrorCode::corruption);
    EXPECT_EQ(opened.error().message.find("rahasia"), std::string::npos);
}

struct Inner {
    Personal words;
    std::string plain;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (words, plain))
struct Outer {
    Personal title;
    std::vector<Inner> parts;
    std::optional<Inner> extra;
    std::optional<Inner> absent;
    std::uint32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (title, parts, extra, absent, number))

TEST(Sealing, opens_with_key_envelope_and_path_together) {
    const Personal field = sealed("rahasia");
    EXPECT_EQ(field.state, Personal::State::sealed);
    EXPECT_EQ(field.owner, person(1));
    EXPECT_EQ(field.bytes.find("rahasia"), std::string::npos);
    const auto opened = open(field, key, binding, "note");
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    EXPECT_EQ(*opened, "rahasia");
}

TEST(Sealing, does_not_open_for_the_key_of_someone_else) {
    expect_closed(sealed("rahasia"), key_of(2), binding, "note");
}

TEST(Sealing, does_not_open_in_another_record_or_another_place) {
    const Personal field = sealed("rahasia");
    expect_closed(field, key, "another envelope", "note");
    expect_closed(field, key, "", "note");
    expect_closed(field, key, binding, "ratings.0.justification");
    expect_closed(field, key, binding, "");
    // The border between envelope and path cannot be moved.
    expect_closed(field, key, binding + "n", "ote");
}

TEST(Sealing, finds_every_changed_bit_and_every_truncation) {
    const Personal field = sealed("rahasia");
    for (std::size_t i = 0; i < field.bytes.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            Personal damaged = field;
            damaged.bytes[i] = static_cast<char>(damaged.bytes[i] ^ (1 << bit));
            expect_closed(damaged, key, binding, "note");
        }
        Personal cut = field;
        cut.bytes.resize(i);
        expect_closed(cut, key, binding, "note");
    }
}

TEST(Sealing, leaves_empty_and_sealed_fields_as_they_are) {
    Personal empty;
    seal(empty, key, binding, "note");
    EXPECT_TRUE(empty.is_empty());
    EXPECT_EQ(*open(empty, key, binding, "note"), "");
    Personal twice = sealed("rahasia");
    const Personal once = twice;
    seal(twice, key_of(9), "other", "other");
    EXPECT_EQ(twice, once);
    EXPECT_TRUE(Personal::of(person(1), "").is_empty());
}

TEST(Sealing, gives_an_open_field_its_words) {
    EXPECT_EQ(*open(Personal::of(person(1), "terbuka"), key, binding, "note"), "terbuka");
}

TEST(Sealing, never_gives_the_same_bytes_twice) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i)
        EXPECT_TRUE(seen.insert(sealed("ya").bytes).second);
}

TEST(Sealing, takes_any_bytes_of_any_length) {
    for (const std::size_t size : {1U, 15U, 16U, 17U, 60'000U}) {
        const std::string text(size, '\0');
        EXPECT_EQ(*open(sealed(text), key, binding, "note"), text) << size;
    }
}

TEST(PersonalFields, are_found_wherever_they_are_under_their_path) {
    Outer outer;
    outer.title = Personal::of(person(1), "judul");
    outer.parts.resize(2);
    outer.extra.emplace();
    std::vector<std::string> paths;
    for_each_personal(outer, [&](Personal&, std::string_view path) { paths.emplace_back(path); });
    EXPECT_EQ(paths,
              (std::vector<std::string>{"title", "parts.0.words", "parts.1.words", "extra.words"}));
    const Outer& constant = outer;
    std::size_t open_fields = 0;
    for_each_personal(constant, [&](const Personal& field, std::string_view) {
        open_fields += field.is_empty() ? 0U : 1U;
    });
    EXPECT_EQ(open_fields, 1U);
}

TEST(Handle, is_the_same_within_a_stream_and_says_nothing_across_streams) {
    const StreamId first = *StreamId::make("appraisal", "a");
    const StreamId second = *StreamId::make("appraisal", "b");
    const Handle handle = handle_of(key, first, person(1));
    EXPECT_EQ(handle, handle_of(key, first, person(1)));
    EXPECT_NE(handle, handle_of(key, second, person(1)));
    EXPECT_NE(handle, handle_of(key, first, person(2)));
    EXPECT_NE(handle, handle_of(key_of(2), first, person(1)));
    EXPECT_NE(to_hex(handle), to_hex(person(1)));
    EXPECT_FALSE(handle.is_nil());
}

TEST(KeyedDigest, keeps_purposes_and_secrets_apart) {
    const Sha256 digest = keyed_digest(key, "person", "nip:1985");
    EXPECT_EQ(digest, keyed_digest(key, "person", "nip:1985"));
    EXPECT_NE(digest, keyed_digest(key, "import", "nip:1985"));
    EXPECT_NE(digest, keyed_digest(key_of(2), "person", "nip:1985"));
    EXPECT_NE(digest, keyed_digest(key, "person", "nip:1986"));
    EXPECT_NE(keyed_digest(key, "ab", "c"), keyed_digest(key, "a", "bc"));
}

}  // namespace
}  // namespace jejak::record
