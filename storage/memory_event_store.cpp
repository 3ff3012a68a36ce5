#include "storage/memory_event_store.hpp"

#include <algorithm>

#include "storage/append_check.hpp"
#include "storage/log_reader.hpp"

namespace jejak::storage {
namespace {

record::TileReader reader_of(
    const std::map<std::pair<std::uint8_t, std::uint64_t>, std::string>& tiles) {
    return [&tiles](std::uint8_t level, std::uint64_t index) -> Result<std::string> {
        const auto found = tiles.find({level, index});
        if (found != tiles.end()) return found->second;
        return error(ErrorCode::corruption, "a tile of the tree in memory is missing");
    };
}

}  // namespace

void MemoryEventStore::reopen() {
    const std::scoped_lock lock(mutex_);
    stopped_.reset();
    if (in_doubt_) take(*in_doubt_);
    in_doubt_.reset();
}

Result<std::uint64_t> MemoryEventStore::acquire_writer_epoch() {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return *stopped_;
    return ++epoch_;
}

void MemoryEventStore::append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                              Completion completion) {
    completion([&] {
        const std::scoped_lock lock(mutex_);
        return append_now(batch, expected_head, writer_epoch);
    }());
}

Result<Head> MemoryEventStore::append_now(AppendBatch& batch, Position expected_head,
                                          std::uint64_t writer_epoch) {
    if (stopped_) return *stopped_;
    if (epoch_ == 0 || writer_epoch != epoch_) return wrong_epoch(writer_epoch, epoch_);
    if (expected_head.value != records_.size()) {
        return wrong_head(expected_head, Position{records_.size()});
    }
    if (auto checked = check_batch(batch, expected_head); !checked) return checked.error();
    if (++appends_ == faults_.unknown_outcome_at) {
        stopped_ =
            error(ErrorCode::environment, "an append has failed and the log must be opened again");
        if (faults_.batch_lands) in_doubt_ = std::move(batch);
        return error(ErrorCode::outcome_unknown,
                     "whether the batch was written is not known until the log is opened again");
    }
    take(batch);
    return Head{Position{records_.size()}, tree_.root()};
}

void MemoryEventStore::take(AppendBatch& batch) {
    for (Record& record : batch.records) {
        const Envelope& envelope = record.envelope;
        tree_.append(record::leaf_hash(record.bytes));
        if (envelope.version.value != 0) {
            streams_[envelope.stream.text()].push_back(envelope.position);
        }
        if (envelope.index == 0) receipts_[envelope.command_id.text()] = envelope.position;
        records_.push_back(std::move(record.bytes));
    }
    for (WrappedKey& key : batch.keys)
        keys_[key.owner] = std::move(key.bytes);
    for (record::Tile& tile : tree_.take_full_tiles()) {
        tiles_[{tile.level, tile.index}] = std::move(tile.hashes);
    }
}

Result<Head> MemoryEventStore::head() const {
    const std::scoped_lock lock(mutex_);
    return Head{Position{records_.size()}, tree_.root()};
}

Result<std::optional<std::string>> MemoryEventStore::read(Position position) const {
    const std::scoped_lock lock(mutex_);
    if (position.value == 0 || position.value > records_.size()) {
        return std::optional<std::string>();
    }
    return std::optional<std::string>(records_[position.value - 1]);
}

// Takes the lock for each record, so that a visitor may call the store; records never change.
Result<void> MemoryEventStore::scan(Position first, Position last,
                                    const RecordVisitor& visit) const {
    const auto end = head();
    if (!end) return end.error();
    const std::uint64_t stop = std::min(last.value, end->position.value);
    for (std::uint64_t next = std::max<std::uint64_t>(first.value, 1); next <= stop; ++next) {
        const auto bytes = read(Position{next});
        if (!bytes) return bytes.error();
        if (!visit(Position{next}, **bytes)) break;
    }
    return {};
}

Result<void> MemoryEventStore::read_stream(const StreamId& stream, Version from,
                                           const RecordVisitor& visit) const {
    std::vector<Position> positions;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = streams_.find(stream.text());
        if (found != streams_.end()) positions = found->second;
    }
    for (std::size_t i = std::max<std::uint32_t>(from.value, 1) - 1; i < positions.size(); ++i) {
        const auto bytes = read(positions[i]);
        if (!bytes) return bytes.error();
        if (!visit(positions[i], **bytes)) break;
    }
    return {};
}

Result<std::optional<Position>> MemoryEventStore::find_receipt(const CommandId& id) const {
    const std::scoped_lock lock(mutex_);
    const auto found = receipts_.find(id.text());
    if (found == receipts_.end()) return std::optional<Position>();
    return std::optional<Position>(found->second);
}

Result<std::optional<std::string>> MemoryEventStore::wrapped_key(PersonId owner) const {
    const std::scoped_lock lock(mutex_);
    const auto found = keys_.find(owner);
    if (found == keys_.end()) return std::optional<std::string>();
    return std::optional<std::string>(found->second);
}

Result<std::vector<std::string>> MemoryEventStore::inclusion_proof(Position position,
                                                                   std::uint64_t size) const {
    const std::scoped_lock lock(mutex_);
    return inclusion_proof_of(position, size, tree_, reader_of(tiles_));
}

Result<std::vector<std::string>> MemoryEventStore::consistency_proof(std::uint64_t size1,
                                                                     std::uint64_t size2) const {
    const std::scoped_lock lock(mutex_);
    return consistency_proof_of(size1, size2, tree_, reader_of(tiles_));
}

}  // namespace jejak::storage
