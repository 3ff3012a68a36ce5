#include "engine/runtime/receipt.hpp"

#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"

namespace jejak::runtime {
namespace {

Result<void> add_record(Receipt& receipt, const record::DecodedRecord& decoded) {
    const Envelope& envelope = decoded.envelope;
    if (envelope.event_name == record::CommandRejected::event_name) {
        auto refused =
            record::decode_event<record::CommandRejected>(envelope.schema_version, decoded.payload);
        if (!refused) return refused.error();
        receipt.rejection = Rejection{refused->rule, refused->phase, refused->message};
    } else if (envelope.stream == receipt.stream) {
        receipt.events.push_back(envelope.event_name);
        receipt.version = envelope.version;
    }
    return {};
}

}  // namespace

Result<Receipt> read_receipt(Position first, const ReadRecord& read) {
    Receipt receipt;
    receipt.repeated = true;
    receipt.first = receipt.last = first;
    for (std::uint64_t i = 0, count = 1; i < count; ++i) {
        const auto bytes = read(Position{first.value + i});
        if (!bytes) return bytes.error();
        const auto decoded = record::decode_record(*bytes);
        if (!decoded) return decoded.error();
        if (i == 0) {
            receipt.stream = decoded->envelope.stream;
            receipt.recorded_at = decoded->envelope.recorded_at;
            count = decoded->envelope.count;
        }
        receipt.last = Position{first.value + i};
        if (auto added = add_record(receipt, *decoded); !added) return added.error();
    }
    return receipt;
}

}  // namespace jejak::runtime
