#include "adapters/intake/identifier.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/intake/fresh_id.hpp"
#include "engine/ids.hpp"
#include "storage/manual_clock.hpp"
#include "tests/adapters/says.hpp"

namespace jejak::intake {
namespace {

std::string refusal(std::string_view text) {
    const auto parsed = parse_identifier(text);
    if (parsed) return "";
    EXPECT_EQ(parsed.error().code, ErrorCode::invalid_input);
    return parsed.error().message;
}

TEST(OutsideIdentifier, splits_at_the_first_colon) {
    const auto nip = parse_identifier("nip:198501012010011001");
    ASSERT_TRUE(nip.has_value());
    EXPECT_EQ(*nip, (OutsideIdentifier{"nip", "198501012010011001"}));
    const auto link = parse_identifier("web:https://example.go.id/7");
    ASSERT_TRUE(link.has_value());
    EXPECT_EQ(link->identifier, "https://example.go.id/7");
    EXPECT_EQ(link->text(), "web:https://example.go.id/7");
}

TEST(OutsideIdentifier, refuses_a_nip_without_namespace_and_shows_how_to_write_it) {
    EXPECT_TRUE(says(refusal("198501012010011001"), "\"nip:198501012010011001\""));
    EXPECT_TRUE(says(refusal("NIP:198501012010011001"), "lower-case"));
    EXPECT_TRUE(says(refusal(":17"), "1 to 32"));
    EXPECT_TRUE(says(refusal(std::string(33, 'a') + ":17"), "1 to 32"));
}

TEST(OutsideIdentifier, refuses_what_a_spreadsheet_made_of_a_nip) {
    for (const char* text : {"nip:1,98501E+17", "nip:1.98E+17", "pegawai:1,98501012010011E+17"}) {
        EXPECT_TRUE(says(refusal(text), "format that column as text")) << text;
    }
}

TEST(OutsideIdentifier, wants_18_digits_of_a_nip_and_never_repeats_it) {
    const std::string message = refusal("nip:19850101 201001 1 001");
    EXPECT_TRUE(says(message, "18 digits"));
    EXPECT_EQ(message.find("19850101 "), std::string::npos) << message;
    EXPECT_TRUE(says(refusal("nip:19850101201001100"), "has 17"));
}

TEST(OutsideIdentifier, bounds_the_identifier_and_keeps_control_characters_out) {
    EXPECT_TRUE(parse_identifier("student:" + std::string(128, '7')).has_value());
    EXPECT_TRUE(says(refusal("student:" + std::string(129, '7')), "1 to 128"));
    EXPECT_TRUE(says(refusal("student:"), "1 to 128"));
    EXPECT_TRUE(says(refusal("student:a\nb"), "printable"));
    EXPECT_TRUE(says(refusal("student: 17"), "blank"));
}

TEST(OutsideIdentifier, does_not_take_a_pseudonym_from_outside) {
    EXPECT_TRUE(says(refusal("pseudonym:00112233445566778899aabbccddeeff"), "not taken"));
}

TEST(OutsideIdentifier, finds_a_nip_inside_of_other_words) {
    EXPECT_TRUE(holds_nip("skp-198501012010011001-2026"));
    EXPECT_FALSE(holds_nip("skp-19850101201001100-2026"));
    EXPECT_FALSE(holds_nip("19850101-2010011001"));
}

TEST(FreshId, sorts_by_time_and_differs_within_a_millisecond) {
    storage::ManualClock clock(*parse_instant("2026-03-01T01:00:00Z"));
    std::set<std::string> ids;
    for (int i = 0; i < 1'000; ++i) {
        ids.insert(fresh_id(clock));
    }
    EXPECT_EQ(ids.size(), 1'000u);
    const std::string before = *ids.rbegin();
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_LT(before, fresh_id(clock));
}

// The specification of ULID gives ulid(1469918176385) = "01ARYZ6S41TSV4RRFFQ69G5FAV".
TEST(FreshId, writes_the_milliseconds_as_a_ulid_does_in_small_letters) {
    storage::ManualClock clock(Instant{1'469'918'176'385'000});
    const std::string id = fresh_id(clock);
    EXPECT_EQ(id.size(), 26u);
    EXPECT_EQ(id.substr(0, 10), "01aryz6s41");
    EXPECT_TRUE(CommandId::make(id).has_value());
}

}  // namespace
}  // namespace jejak::intake
