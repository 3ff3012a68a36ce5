#include "engine/record/envelope.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/record/published_vectors.hpp"

namespace jejak::record {
namespace {

template <class Bytes>
void count_up(Bytes& bytes, std::uint8_t from) {
    for (auto& byte : bytes)
        byte = from++;
}

Envelope by_a_person() {
    Envelope e;
    count_up(e.log_id.bytes, 0x10);
    e.position = Position{0x0102030405};
    e.recorded_at = *parse_instant("2026-01-05T08:00:00.123456Z");
    e.occurred_at = e.recorded_at;
    e.stream = *StreamId::make("appraisal", "lampung-001");
    e.version = Version{3};
    e.index = 1;
    e.count = 2;
    e.event_name = "appraisal.finalised";
    e.schema_version = 1;
    e.actor.kind = Actor::Kind::person;
    count_up(e.actor.person.bytes, 0x40);
    e.actor.role = "supervisor";
    e.actor.channel = "cli";
    e.command_id = *CommandId::make("c-1");
    count_up(e.command_mac, 0x60);
    count_up(e.salt.bytes, 0x80);
    e.policy = Position{7};
    e.causation = Position{0x0102030404};
    return e;
}

Envelope by_a_rater() {
    Envelope e = by_a_person();
    e.event_name = "appraisal.feedback_given";
    e.actor = Actor{};
    e.actor.kind = Actor::Kind::handle;
    count_up(e.actor.handle.bytes, 0x50);
    e.actor.role = "peer";
    e.actor.channel = "http";
    return e;
}

Envelope of_history() {
    Envelope e = by_a_person();
    e.actor.role = "registrar";
    count_up(e.actor.on_behalf_of.bytes, 0xA0);
    e.actor.channel = "import";
    e.occurred_at = *parse_instant("2014-12-31T00:00:00Z");
    e.claim.emplace();
    e.claim->ground = "Perka BKN 1/2013";
    count_up(e.claim->document, 0xC0);
    return e;
}

Envelope of_the_log_itself() {
    Envelope e;
    e.position = Position{1};
    e.stream = *StreamId::make("log", "0");
    e.version = Version{1};
    e.event_name = "log.created";
    e.actor.role = std::string(system_role);
    e.command_id = *CommandId::make("log.created");
    return e;
}

const std::pair<const char*, Envelope> examples[] = {{"person", by_a_person()},
                                                     {"rater", by_a_rater()},
                                                     {"history", of_history()},
                                                     {"log", of_the_log_itself()}};

std::string golden(const std::string& name, const std::string& hex) {
    const std::string path = JEJAK_SOURCE_DIR "/tests/record/golden/envelope_" + name + ".hex";
    const char* update = std::getenv("JEJAK_UPDATE_GOLDEN");
    if (update != nullptr && std::string(update) == "1" && !std::ifstream(path)) {
        std::ofstream(path) << hex << "\n";
    }
    std::ifstream file(path);
    std::string text;
    file >> text;
    return text;
}

TEST(Envelope, of_format_1_is_written_in_these_bytes_for_ever) {
    for (const auto& [name, envelope] : examples) {
        EXPECT_EQ(hex_of(encode_envelope(envelope)),
                  golden(name, hex_of(encode_envelope(envelope))))
            << "the bytes of " << name << " are not those of format 1. Every log and every proof"
            << " depends on them: take the change back, or make it format 2 beside format 1"
            << " (engine/record/envelope.cpp). The golden file is never rewritten.";
    }
}

TEST(Envelope, comes_back_from_its_golden_bytes) {
    for (const auto& [name, envelope] : examples) {
        const std::string bytes = bytes_of_hex(golden(name, "")) + "payload";
        const auto decoded = decode_record(bytes);
        ASSERT_TRUE(decoded.has_value()) << name << ": " << decoded.error().message;
        EXPECT_EQ(decoded->envelope, envelope) << name;
        EXPECT_EQ(decoded->payload, "payload");
        EXPECT_EQ(std::string(decoded->envelope_bytes) + "payload", bytes);
    }
}

TEST(Envelope, takes_an_empty_payload) {
    const std::string bytes = encode_envelope(by_a_person());
    const auto decoded = decode_record(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_TRUE(decoded->payload.empty());
}

TEST(Envelope, is_refused_in_every_truncation) {
    for (const auto& [name, envelope] : examples) {
        const std::string bytes = encode_envelope(envelope);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto decoded = decode_record(std::string_view(bytes).substr(0, size));
            ASSERT_TRUE(decoded.has_error()) << name << " cut at " << size;
            EXPECT_EQ(decoded.error().code, ErrorCode::corruption);
        }
    }
}

// No two byte strings mean the same envelope: what decodes encodes to the same bytes again.
TEST(Envelope, with_any_other_byte_is_an_error_or_another_envelope) {
    for (const auto& [name, envelope] : examples) {
        const std::string good = encode_envelope(envelope);
        for (std::size_t i = 0; i < good.size(); ++i) {
            for (int other = 0; other < 256; ++other) {
                if (static_cast<char>(other) == good[i]) continue;
                std::string bytes = good + "payload";
                bytes[i] = static_cast<char>(other);
                const auto decoded = decode_record(bytes);
                if (!decoded) continue;
                ASSERT_NE(decoded->envelope, envelope) << name << " byte " << i << " = " << other;
                ASSERT_EQ(encode_envelope(decoded->envelope) + std::string(decoded->payload), bytes)
                    << name << ": byte " << i << " = " << other << " has a second form";
            }
        }
    }
}

TEST(Envelope, of_a_newer_format_is_unsupported_not_damaged) {
    std::string bytes = encode_envelope(by_a_person());
    bytes[0] = 2;
    ASSERT_TRUE(decode_record(bytes).has_error());
    EXPECT_EQ(decode_record(bytes).error().code, ErrorCode::unsupported);
    bytes[0] = 0;
    EXPECT_EQ(decode_record(bytes).error().code, ErrorCode::corruption);
}

TEST(Envelope, with_fields_left_over_inside_is_refused) {
    std::string bytes = encode_envelope(by_a_person());
    bytes.push_back('x');
    bytes[2] = static_cast<char>(bytes[2] + 1);
    EXPECT_TRUE(decode_record(bytes).has_error());
}

TEST(Envelope, keeps_texts_of_255_bytes_and_has_no_room_for_256) {
    Envelope e = by_a_person();
    e.actor.channel = std::string(255, 'c');
    const std::string bytes = encode_envelope(e);
    const auto decoded = decode_record(bytes);
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->envelope, e);
    e.actor.channel.push_back('c');
    EXPECT_DEATH((void)encode_envelope(e), "");
}

}  // namespace
}  // namespace jejak::record
