#include "storage/append_check.hpp"

#include <unordered_map>

namespace jejak::storage {
namespace {

constexpr std::size_t wrapped_key_size = 40;

Error refused(const Envelope& envelope, const std::string& why) {
    return error(ErrorCode::invalid_input,
                 "the batch is refused, nothing was written: the record for position " +
                     std::to_string(envelope.position.value) + " of stream " +
                     envelope.stream.text() + " " + why);
}

}  // namespace

Result<void> check_batch(const AppendBatch& batch, Position expected_head) {
    std::unordered_map<std::string_view, std::uint32_t> versions;
    std::uint64_t position = expected_head.value;
    const Envelope* before = nullptr;
    for (const Record& record : batch.records) {
        const Envelope& envelope = record.envelope;
        if (envelope.position.value != ++position) {
            return refused(envelope, "should have position " + std::to_string(position));
        }
        if (record.bytes.empty() || record.bytes.size() > record_size_max) {
            return refused(envelope, "has " + std::to_string(record.bytes.size()) +
                                         " bytes, not 1 to " + std::to_string(record_size_max) +
                                         "; attach large documents by their hash");
        }
        const bool begins = before == nullptr || before->index + 1 == before->count;
        const bool follows = begins ? envelope.index == 0 && envelope.count > 0
                                    : envelope.index == before->index + 1 &&
                                          envelope.count == before->count &&
                                          envelope.command_id == before->command_id;
        if (!follows) return refused(envelope, "does not continue or begin a commit");
        if (envelope.version.value != 0) {
            auto& version = versions[envelope.stream.text()];
            if (version != 0 && envelope.version.value != version + 1) {
                return refused(envelope, "should have version " + std::to_string(version + 1));
            }
            version = envelope.version.value;
        }
        before = &envelope;
    }
    if (before != nullptr && before->index + 1 != before->count) {
        return refused(*before, "is not the last of its commit");
    }
    for (const WrappedKey& key : batch.keys) {
        if (key.bytes.size() == wrapped_key_size) continue;
        return error(ErrorCode::invalid_input,
                     "the batch is refused, nothing was written: the wrapped key of " +
                         to_hex(key.owner) + " has not 40 bytes");
    }
    return {};
}

Error wrong_head(Position expected, Position actual) {
    return error(ErrorCode::version_conflict,
                 "the log is at position " + std::to_string(actual.value) + ", not at " +
                     std::to_string(expected.value) + "; nothing was written; read the head again");
}

Error wrong_epoch(std::uint64_t epoch, std::uint64_t current) {
    return error(ErrorCode::version_conflict,
                 "writer epoch " + std::to_string(epoch) + " is over, another writer holds " +
                     std::to_string(current) + "; nothing was written; acquire a new epoch");
}

}  // namespace jejak::storage
