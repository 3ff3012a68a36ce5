#include "storage/index_inspection.hpp"

#include <cstring>

#include "engine/record/digest.hpp"
#include "engine/record/randomness.hpp"
#include "storage/index_keys.hpp"
#include "storage/log_reader.hpp"

namespace jejak::storage {
namespace {

std::string fresh_key() {
    const auto bytes = record::random_bytes<16>();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string place_of(const Envelope& envelope) {
    return "position " + std::to_string(envelope.position.value);
}

// The first record of a commit names its receipt, an event its place in the stream.
void expect_rows(const Envelope& envelope, const auto& stream_row, const auto& receipt_row) {
    const std::string position = position_key(envelope.position);
    if (envelope.version.value != 0) {
        stream_row(stream_key(envelope.stream.text(), envelope.version), position);
    }
    if (envelope.index == 0) receipt_row(envelope.command_id.text(), position);
}

// Every row of an index up to the head; `visit` gets key, value and the position in it.
void walk(const Database& database, Family family, const Head& head, std::string_view name,
          Findings& findings, const auto& visit) {
    auto rows = database.rows(family, "", "");
    for (; rows.valid(); rows.next()) {
        const auto position = parse_u64(rows.value());
        if (!position) {
            const auto* key = reinterpret_cast<const std::uint8_t*>(rows.key().data());
            findings.add("a damaged entry in the " + std::string(name),
                         "key 0x" + to_hex(key, rows.key().size()), restore_remedy);
        } else if (*position <= head.position.value) {
            visit(rows.key(), rows.value(), Position{*position});
        }
    }
    const auto walked = rows.result();
    if (!walked) {
        findings.add("the " + std::string(name) + " cannot be read to its end",
                     walked.error().message, restore_remedy);
    }
}

// Versions of each stream are 1, 2, 3 … and its positions ascend.
class StreamOrder {
  public:
    void add(std::string_view key, Position position, Inspection& inspection, Findings& findings) {
        const auto parsed = parse_stream_key(key);
        if (!parsed) {
            findings.add("a damaged key in the stream index",
                         "position " + std::to_string(position.value), restore_remedy);
            return;
        }
        if (parsed->stream != stream_) {
            ++inspection.streams;
            stream_ = parsed->stream;
            version_ = 0;
            position_ = Position{0};
        }
        ++inspection.events;
        ++version_;
        if (parsed->version.value != version_ || position <= position_) {
            findings.add("the versions of a stream have a gap or are out of order",
                         "stream " + stream_ + ", version " +
                             std::to_string(parsed->version.value) + ", position " +
                             std::to_string(position.value),
                         restore_remedy);
            version_ = parsed->version.value;
        }
        position_ = position;
    }

  private:
    std::string stream_;
    std::uint32_t version_ = 0;
    Position position_;
};

// Slow, and only for a log in which something is wrong: which records have no row, and which rows
// no record.
void name_differences(const Database& database, const Head& head, Findings& findings) {
    const LogReader reader(database);
    const auto look_up = [&](Family family, std::string_view name, const Envelope& envelope) {
        return [&, name, family](std::string_view key, std::string_view value) {
            const auto stored = database.get(family, key);
            if (stored && *stored && **stored == value) return;
            findings.add("the " + std::string(name) + " does not lead to a record",
                         place_of(envelope), restore_remedy);
        };
    };
    auto scanned = reader.scan(
        Position{1}, head.position, head.position, [&](Position, std::string_view bytes) {
            const auto decoded = record::decode_record(bytes);
            if (!decoded) return true;
            const Envelope& envelope = decoded->envelope;
            expect_rows(envelope, look_up(Family::streams, "stream index", envelope),
                        look_up(Family::receipts, "receipts", envelope));
            return !findings.full();
        });
    const auto check_row = [&](std::string_view name, bool is_stream) {
        return [&, name, is_stream](std::string_view key, std::string_view, Position position) {
            if (findings.full()) return;
            bool found = false;
            const auto bytes = reader.read(position, head.position);
            const auto decoded = bytes && *bytes ? record::decode_record(**bytes)
                                                 : Result<record::DecodedRecord>(Error{});
            if (decoded) {
                const auto matches = [&](std::string_view expected, std::string_view) {
                    found = found || expected == key;
                };
                const auto ignore = [](std::string_view, std::string_view) {};
                if (is_stream) expect_rows(decoded->envelope, matches, ignore);
                if (!is_stream) expect_rows(decoded->envelope, ignore, matches);
            }
            if (!found) {
                findings.add("the " + std::string(name) + " leads to a record of something else",
                             "position " + std::to_string(position.value), restore_remedy);
            }
        };
    };
    if (!scanned) findings.add("the log has a gap", scanned.error().message, restore_remedy);
    walk(database, Family::streams, head, "stream index", findings,
         check_row("stream index", true));
    walk(database, Family::receipts, head, "receipts", findings, check_row("receipts", false));
}

}  // namespace

void RowSetDigest::add(std::string_view row_key, std::string_view value) {
    // Values are 8 bytes, so that key and value cannot trade bytes.
    const Sha256 digest = record::sha256({key_, value, row_key});
    std::array<std::uint64_t, 4> lanes;
    std::memcpy(lanes.data(), digest.data(), sizeof lanes);
    for (std::size_t i = 0; i < lanes.size(); ++i)
        lanes_[i] += lanes[i];
    ++count_;
}

IndexInspection::IndexInspection() : streams_(fresh_key()), receipts_(streams_) {}

void IndexInspection::expect(const Envelope& envelope) {
    expect_rows(
        envelope,
        [this](std::string_view key, std::string_view value) { streams_.add(key, value); },
        [this](std::string_view key, std::string_view value) { receipts_.add(key, value); });
}

void IndexInspection::compare(const Database& database, const Head& head, Inspection& inspection,
                              Findings& findings) const {
    RowSetDigest streams = streams_.emptied();
    RowSetDigest receipts = streams;
    StreamOrder order;
    walk(database, Family::streams, head, "stream index", findings,
         [&](std::string_view key, std::string_view value, Position position) {
             streams.add(key, value);
             order.add(key, position, inspection, findings);
         });
    walk(database, Family::receipts, head, "receipts", findings,
         [&](std::string_view key, std::string_view value, Position) { receipts.add(key, value); });
    inspection.commits = receipts.count();
    if (streams == streams_ && receipts == receipts_) return;
    findings.add("stream index or receipts are not those of the records",
                 std::to_string(streams_.count()) + " events and " +
                     std::to_string(receipts_.count()) + " commits in the log, " +
                     std::to_string(streams.count()) + " and " + std::to_string(receipts.count()) +
                     " in the indexes",
                 restore_remedy);
    name_differences(database, head, findings);
}

}  // namespace jejak::storage
