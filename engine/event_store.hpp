#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/envelope.hpp"
#include "engine/ids.hpp"
#include "engine/result.hpp"

namespace jejak {

// How far the log reaches, and the root of the Merkle tree over exactly that many records.
struct Head {
    Position position;
    Sha256 root{};
    friend bool operator==(const Head&, const Head&) = default;
};

// The sealing key of one person, wrapped by the key ring. Goes into the log's batch so that no
// record is ever durable without the key that opens it.
struct WrappedKey {
    PersonId owner;
    std::string bytes;  // 40 bytes, RFC 3394
};

struct AppendBatch {
    std::vector<Record> records;  // positions expected_head+1, +2, … ; whole commits only
    std::vector<WrappedKey> keys;
};

// Called for each record in order; return false to stop early.
using RecordVisitor = std::function<bool(Position, std::string_view bytes)>;

// Port: the log. One writer at a time, any number of readers.
//
// Contract of append (tests/storage/event_store_contract.hpp):
//  - all or nothing: after a crash at any moment either every record of the batch is there or none;
//  - when `completion` has been called with a value, the batch MUST be durable (fsync returned) and
//    the head MUST name a position at least as high;
//  - expected_head or writer_epoch that do not match: version_conflict, nothing written;
//  - any other failure: outcome_unknown; the store then refuses writes until it is opened anew;
//  - the store derives all of its keys (stream index, receipts, tree) from the envelopes.
// Readers see only what is durable. All members may be called from any thread.
class EventStore {
  public:
    using Completion = std::function<void(Result<Head>)>;

    virtual ~EventStore() = default;

    // Takes the pen: an epoch higher than any before. An older epoch can no longer append.
    [[nodiscard]] virtual Result<std::uint64_t> acquire_writer_epoch() = 0;
    virtual void append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                        Completion completion) = 0;

    [[nodiscard]] virtual Result<Head> head() const = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>> read(Position position) const = 0;
    // Visits positions first..last (inclusive, clipped to the head), in order.
    [[nodiscard]] virtual Result<void> scan(Position first, Position last,
                                            const RecordVisitor& visit) const = 0;
    // Visits the events of one stream from version `from` (1-based) on, in order.
    [[nodiscard]] virtual Result<void> read_stream(const StreamId& stream, Version from,
                                                   const RecordVisitor& visit) const = 0;
    // Position of the first record of the commit that answered this command id.
    [[nodiscard]] virtual Result<std::optional<Position>> find_receipt(
        const CommandId& id) const = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>> wrapped_key(PersonId owner) const = 0;

    // RFC 6962 audit path of `position` in the tree of the first `size` records; and the proof that
    // the tree of `size1` records is a prefix of the tree of `size2`. 32 bytes each, leaf side
    // first.
    [[nodiscard]] virtual Result<std::vector<std::string>> inclusion_proof(
        Position position, std::uint64_t size) const = 0;
    [[nodiscard]] virtual Result<std::vector<std::string>> consistency_proof(
        std::uint64_t size1, std::uint64_t size2) const = 0;
};

}  // namespace jejak
