#include "engine/record/event_codec.hpp"

#include <gtest/gtest.h>

#include <boost/describe.hpp>
#include <string>
#include <variant>

namespace jejak::record {
namespace {

// An event that was changed twice. First a single name; then the name became two; then the day of
// sending came to it, which nobody knows for the old ones.
struct SentV1 {
    static constexpr std::string_view event_name = "letter.sent";
    static constexpr std::uint16_t schema_version = 1;
    std::string to;
};
BOOST_DESCRIBE_STRUCT(SentV1, (), (to))

struct SentV2 {
    static constexpr std::string_view event_name = "letter.sent";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = SentV1;
    std::string street;
    std::string town;
    static SentV2 upcast(const SentV1& old) {
        const auto comma = old.to.find(", ");
        if (comma == std::string::npos) return {old.to, ""};
        return {old.to.substr(0, comma), old.to.substr(comma + 2)};
    }
};
BOOST_DESCRIBE_STRUCT(SentV2, (), (street, town))

struct Sent {
    static constexpr std::string_view event_name = "letter.sent";
    static constexpr std::uint16_t schema_version = 3;
    using Previous = SentV2;
    std::string street;
    std::string town;
    Instant posted_at;  // 0: not known
    static Sent upcast(const SentV2& old) { return {old.street, old.town, {}}; }
    friend bool operator==(const Sent&, const Sent&) = default;
};
BOOST_DESCRIBE_STRUCT(Sent, (), (street, town, posted_at))

struct Lost {
    static constexpr std::string_view event_name = "letter.lost";
    static constexpr std::uint16_t schema_version = 1;
};
BOOST_DESCRIBE_STRUCT(Lost, (), ())

using Letter = std::variant<Sent, Lost>;

Sent sent_in(std::uint16_t version, const std::string& payload) {
    auto event = decode_any<Letter>("letter.sent", version, payload);
    EXPECT_TRUE(event.has_value()) << event.error().message;
    return event ? std::get<Sent>(*event) : Sent{};
}

template <class E>
void expect_error(const Result<E>& result, ErrorCode code, std::string_view word) {
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code, code) << result.error().message;
    EXPECT_NE(result.error().message.find(word), std::string::npos) << result.error().message;
}

TEST(EventCodec, reads_the_present_shape_as_it_is) {
    const Sent sent{"Jl. Diponegoro 1", "Kotabumi", Instant{7}};
    EXPECT_EQ(sent_in(3, to_bytes(sent)), sent);
}

TEST(EventCodec, lifts_old_shapes_step_by_step) {
    EXPECT_EQ(sent_in(2, to_bytes(SentV2{"Jl. Diponegoro 1", "Kotabumi"})),
              (Sent{"Jl. Diponegoro 1", "Kotabumi", {}}));
    EXPECT_EQ(sent_in(1, to_bytes(SentV1{"Jl. Diponegoro 1, Kotabumi"})),
              (Sent{"Jl. Diponegoro 1", "Kotabumi", {}}));
    EXPECT_EQ(sent_in(1, to_bytes(SentV1{"Kotabumi"})), (Sent{"Kotabumi", "", {}}));
}

TEST(EventCodec, refuses_a_version_from_the_future_and_one_that_never_was) {
    const std::string payload = to_bytes(Sent{});
    expect_error(decode_any<Letter>("letter.sent", 4, payload), ErrorCode::unsupported, "newer");
    expect_error(decode_any<Letter>("letter.sent", 65'535, payload), ErrorCode::unsupported,
                 "letter.sent");
    expect_error(decode_any<Letter>("letter.sent", 0, payload), ErrorCode::corruption, "never");
    expect_error(decode_any<Letter>("letter.lost", 0, ""), ErrorCode::corruption, "letter.lost");
}

TEST(EventCodec, never_skips_an_event_that_it_does_not_know) {
    for (const std::string_view name : {"letter.burnt", "", "letter", "LETTER.SENT"}) {
        expect_error(decode_any<Letter>(name, 1, ""), ErrorCode::unsupported, name);
    }
}

TEST(EventCodec, reads_an_event_without_fields_from_no_bytes) {
    const auto lost = decode_any<Letter>("letter.lost", 1, to_bytes(Lost{}));
    ASSERT_TRUE(lost.has_value());
    EXPECT_TRUE(std::holds_alternative<Lost>(*lost));
    expect_error(decode_any<Letter>("letter.lost", 1, "x"), ErrorCode::corruption, "left over");
}

TEST(EventCodec, finds_damage_in_every_version) {
    const std::string payloads[] = {to_bytes(SentV1{"a, b"}), to_bytes(SentV2{"a", "b"}),
                                    to_bytes(Sent{"a", "b", {}})};
    for (std::uint16_t version = 1; version <= 3; ++version) {
        const std::string& payload = payloads[version - 1];
        for (std::size_t size = 0; size < payload.size(); ++size) {
            expect_error(decode_any<Letter>("letter.sent", version, payload.substr(0, size)),
                         ErrorCode::corruption, "payload");
        }
        expect_error(decode_any<Letter>("letter.sent", version, payload + '\0'),
                     ErrorCode::corruption, "left over");
    }
}

}  // namespace
}  // namespace jejak::record
