// record    = format envelope payload
// format    = 0x01
// envelope  = size:u16 fields                     ; size is that of fields, in bytes
// fields    = log_id[16] position:u64 recorded_at:i64 occurred_at:i64      ; µs since 1970, UTC
//             stream:text version:u32 index:u16 count:u16
//             event_name:text schema_version:u16
//             actor_kind:u8 actor[16] role:text on_behalf_of[16] channel:text
//             command_id:text command_mac[16] salt[16] policy:u64 causation:u64 claim
// actor_kind = 0x00 (system, actor is zero) | 0x01 (person's pseudonym) | 0x02 (handle of the
// stream) claim     = 0x00 | 0x01 document[32] ground:text ; 0x01 if and only if occurred_at !=
// recorded_at
//                                                  ; may be claimed
// text      = length:u8 bytes
// payload   = all that follows: the event, by the archive (engine/record/archive.hpp)
//
// Integers are big-endian. Nothing here may change: a new field is a new format number.
#include "engine/record/envelope.hpp"

#include "engine/ensure.hpp"
#include "engine/record/bytes.hpp"

namespace jejak::record {
namespace {

constexpr std::uint8_t format_1 = 0x01;
constexpr std::size_t text_size_max = 255;

void write_fields(const Envelope& envelope, ByteWriter& out) {
    out.raw(envelope.log_id.bytes.data(), 16);
    out.u64(envelope.position.value);
    out.u64(static_cast<std::uint64_t>(envelope.recorded_at.micros_since_epoch));
    out.u64(static_cast<std::uint64_t>(envelope.occurred_at.micros_since_epoch));
    out.text8(envelope.stream.text());
    out.u32(envelope.version.value);
    out.u16(envelope.index);
    out.u16(envelope.count);
    out.text8(envelope.event_name);
    out.u16(envelope.schema_version);
    const Actor& actor = envelope.actor;
    out.u8(static_cast<std::uint8_t>(actor.kind));
    out.raw(
        actor.kind == Actor::Kind::handle ? actor.handle.bytes.data() : actor.person.bytes.data(),
        16);
    out.text8(actor.role);
    out.raw(actor.on_behalf_of.bytes.data(), 16);
    out.text8(actor.channel);
    out.text8(envelope.command_id.text());
    out.raw(envelope.command_mac.data(), 16);
    out.raw(envelope.salt.bytes.data(), 16);
    out.u64(envelope.policy.value);
    out.u64(envelope.causation.value);
    out.u8(envelope.claim ? 1 : 0);
    if (envelope.claim) {
        out.raw(envelope.claim->document.data(), 32);
        out.text8(envelope.claim->ground);
    }
}

bool read_actor(ByteReader& in, Actor& actor) {
    const std::uint8_t kind = in.u8();
    if (kind > static_cast<std::uint8_t>(Actor::Kind::handle)) return false;
    actor.kind = static_cast<Actor::Kind>(kind);
    if (actor.kind == Actor::Kind::handle) {
        in.into(actor.handle.bytes);
    } else {
        in.into(actor.person.bytes);
    }
    actor.role = in.text8();
    in.into(actor.on_behalf_of.bytes);
    actor.channel = in.text8();
    return true;
}

bool read_claim(ByteReader& in, std::optional<HistoryClaim>& claim) {
    const std::uint8_t present = in.u8();
    if (present > 1) return false;
    if (present == 1) {
        claim.emplace();
        in.into(claim->document);
        claim->ground = in.text8();
    }
    return true;
}

// Reads the fields; false when the bytes are not what write_fields writes.
bool read_fields(ByteReader& in, Envelope& envelope) {
    in.into(envelope.log_id.bytes);
    envelope.position.value = in.u64();
    envelope.recorded_at.micros_since_epoch = static_cast<std::int64_t>(in.u64());
    envelope.occurred_at.micros_since_epoch = static_cast<std::int64_t>(in.u64());
    auto stream = StreamId::parse(in.text8());
    if (!stream) return false;
    envelope.stream = std::move(*stream);
    envelope.version.value = in.u32();
    envelope.index = in.u16();
    envelope.count = in.u16();
    envelope.event_name = in.text8();
    envelope.schema_version = in.u16();
    if (!read_actor(in, envelope.actor)) return false;
    auto command_id = CommandId::make(in.text8());
    if (!command_id) return false;
    envelope.command_id = std::move(*command_id);
    in.into(envelope.command_mac);
    in.into(envelope.salt.bytes);
    envelope.policy.value = in.u64();
    envelope.causation.value = in.u64();
    return read_claim(in, envelope.claim) && in.ok() && in.rest().empty();
}

}  // namespace

std::string encode_envelope(const Envelope& envelope) {
    ENSURE(envelope.stream.text().size() <= text_size_max);
    ENSURE(envelope.event_name.size() <= text_size_max);
    ENSURE(envelope.actor.role.size() <= text_size_max);
    ENSURE(envelope.actor.channel.size() <= text_size_max);
    ENSURE(!envelope.claim || envelope.claim->ground.size() <= text_size_max);
    ByteWriter out;
    out.reserve(512);
    out.u8(format_1);
    out.u16(0);
    write_fields(envelope, out);
    const std::size_t size = out.size() - 3;
    out.bytes()[1] = static_cast<char>(size >> 8);
    out.bytes()[2] = static_cast<char>(size);
    return std::move(out.bytes());
}

Result<DecodedRecord> decode_record(std::string_view bytes) {
    ByteReader in(bytes);
    const std::uint8_t format = in.u8();
    if (format > format_1) {
        return error(ErrorCode::unsupported, "record format " + std::to_string(format) +
                                                 " is newer than this program; use a newer jejak");
    }
    const std::uint16_t size = in.u16();
    ByteReader fields(in.raw(size));
    DecodedRecord decoded;
    if (format != format_1 || !in.ok() || !read_fields(fields, decoded.envelope)) {
        return error(ErrorCode::corruption,
                     "a record of " + std::to_string(bytes.size()) +
                         " bytes has no valid envelope; restore the log from a backup");
    }
    decoded.envelope_bytes = bytes.substr(0, std::size_t{3} + size);
    decoded.payload = in.rest();
    return decoded;
}

}  // namespace jejak::record
