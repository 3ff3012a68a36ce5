#include "storage/rocks_event_store.hpp"

#include <algorithm>
#include <utility>

#include "storage/append_check.hpp"
#include "storage/index_keys.hpp"
#include "storage/log_opening.hpp"
#include "storage/log_reader.hpp"
#include "storage/sync_timer.hpp"

namespace jejak::storage {
namespace {

// Everything that one append leaves behind, so that it is there as a whole or not at all.
rocksdb::Status fill(rocksdb::WriteBatch& out, const Database& database, const AppendBatch& batch,
                     const Head& before, const std::vector<record::Tile>& tiles) {
    rocksdb::Status status;
    const auto put = [&](Family family, std::string_view key, std::string_view value) {
        if (status.ok()) {
            status = out.Put(database.family(family), rocksdb::Slice(key), rocksdb::Slice(value));
        }
    };
    std::vector<std::pair<std::string, std::string>> streams, receipts;
    for (const Record& record : batch.records) {
        const Envelope& envelope = record.envelope;
        std::string position = position_key(envelope.position);
        put(Family::log, position, record.bytes);
        if (envelope.index == 0) receipts.emplace_back(envelope.command_id.text(), position);
        if (envelope.version.value == 0) continue;
        streams.emplace_back(stream_key(envelope.stream.text(), envelope.version),
                             std::move(position));
    }
    // In the order of their keys: each is found from its neighbour, a quarter of the comparisons.
    for (auto* index : {&streams, &receipts}) {
        std::sort(index->begin(), index->end());
        for (const auto& [key, position] : *index) {
            put(index == &streams ? Family::streams : Family::receipts, key, position);
        }
    }
    for (const WrappedKey& key : batch.keys)
        put(Family::keys, owner_key(key.owner), key.bytes);
    for (const record::Tile& tile : tiles) {
        put(Family::tiles, tile_key(tile.level, tile.index), tile.hashes);
    }
    if (!batch.records.empty()) put(Family::checkpoints, head_before_key, head_bytes(before));
    return status;
}

std::size_t size_of(const AppendBatch& batch) {
    std::size_t size = 4096;
    for (const Record& record : batch.records)
        size += record.bytes.size() + 256;
    return size + batch.keys.size() * 64;
}

Result<std::uint64_t> stored_epoch(const Database& database) {
    const auto bytes = database.get(Family::checkpoints, writer_epoch_key);
    if (!bytes) return bytes.error();
    if (!*bytes) return std::uint64_t{0};
    const auto epoch = parse_u64(**bytes);
    if (epoch) return *epoch;
    return error(ErrorCode::corruption, database.path() +
                                            " holds a damaged writer epoch; restore "
                                            "the log from a backup");
}

}  // namespace

Result<std::unique_ptr<RocksEventStore>> RocksEventStore::open(const std::string& directory,
                                                               Access access,
                                                               const StoreOptions& options) {
    std::unique_ptr<RocksEventStore> store(new RocksEventStore);
    store->head_path_ = head_path_in(directory);
    if (access == Access::read) {
        auto opened = open_log_for_reading(directory, options);
        if (!opened) return opened.error();
        store->database_ = std::move(*opened);
        if (auto head = store->head(); !head) return head.error();
        return store;
    }
    auto opened = open_log_for_writing(directory, access == Access::create, options);
    if (!opened) return opened.error();
    store->database_ = std::move(opened->database);
    store->head_file_ = std::move(opened->head_file);
    store->head_ = opened->log.head;
    store->tree_ = std::move(opened->log.tree);
    return store;
}

RocksEventStore::~RocksEventStore() {
    head_file_.reset();
}

Result<std::uint64_t> RocksEventStore::acquire_writer_epoch() {
    const std::scoped_lock lock(append_mutex_);
    if (!head_file_) {
        return error(ErrorCode::environment,
                     "the log is open for reading only; open it for writing to append");
    }
    if (stopped_) return *stopped_;
    const auto stored = stored_epoch(*database_);
    if (!stored) return stored.error();
    rocksdb::WriteBatch batch;
    auto status = batch.Put(database_->family(Family::checkpoints),
                            rocksdb::Slice(writer_epoch_key), u64_bytes(*stored + 1));
    if (status.ok()) status = database_->write(batch, true);
    if (!status.ok()) return poison(error_of(status, database_->path()));
    epoch_ = *stored + 1;
    return epoch_;
}

void RocksEventStore::append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                             Completion completion) {
    completion([&] {
        const std::scoped_lock lock(append_mutex_);
        return append_now(batch, expected_head, writer_epoch);
    }());
}

Result<void> RocksEventStore::refuse_reason(const AppendBatch& batch, Position expected_head,
                                            std::uint64_t writer_epoch) const {
    if (stopped_) return *stopped_;
    if (epoch_ == 0 || writer_epoch != epoch_) return wrong_epoch(writer_epoch, epoch_);
    const Head head = shown_head();
    if (expected_head != head.position) return wrong_head(expected_head, head.position);
    return check_batch(batch, expected_head);
}

Result<Head> RocksEventStore::append_now(const AppendBatch& batch, Position expected_head,
                                         std::uint64_t writer_epoch) {
    if (auto ready = refuse_reason(batch, expected_head, writer_epoch); !ready) {
        return ready.error();
    }
    record::Tree& tree = next_tree_;
    tree = tree_;  // only appends change it, and this is the one
    for (const Record& record : batch.records)
        tree.append(record::leaf_hash(record.bytes));
    const Head before = shown_head();
    const Head after{Position{tree.size()}, tree.root()};
    rocksdb::WriteBatch writes(size_of(batch));
    auto status = fill(writes, *database_, batch, before, tree.take_full_tiles());
    if (status.ok()) status = write_synced(writes);
    std::optional<Error> failed;
    if (!status.ok()) {
        failed = poison(error_of(status, database_->path()));
    } else if (auto written = head_file_->write(after); !written) {
        failed = poison(written.error());
    }
    if (failed) {
        return error(
            ErrorCode::outcome_unknown,
            "whether positions " + std::to_string(before.position.value + 1) + " to " +
                std::to_string(after.position.value) +
                " were written is not known until the log is opened again: " + failed->message);
    }
    const std::scoped_lock lock(state_mutex_);
    head_ = after;
    std::swap(tree_, tree);
    return after;
}

rocksdb::Status RocksEventStore::write_synced(rocksdb::WriteBatch& writes) {
    if (!sync_observer_) return database_->write(writes, true);
    const SyncTimer timer;
    auto status = database_->write(writes, true);
    if (status.ok()) sync_observer_(timer.took());
    return status;
}

Error RocksEventStore::poison(Error cause) {
    if (!stopped_) stopped_ = std::move(cause);
    return *stopped_;
}

Head RocksEventStore::shown_head() const {
    const std::scoped_lock lock(state_mutex_);
    return head_;
}

Result<Head> RocksEventStore::head() const {
    if (head_file_) return shown_head();
    auto durable = durable_head_beside_writer(*database_, head_path_);
    if (!durable) return durable.error();
    const std::scoped_lock lock(state_mutex_);
    if (durable->position > head_.position) head_ = *durable;
    if (head_.position.value == 0) head_ = *durable;
    return head_;
}

Result<std::optional<std::string>> RocksEventStore::read(Position position) const {
    return LogReader(*database_).read(position, shown_head().position);
}

Result<void> RocksEventStore::scan(Position first, Position last,
                                   const RecordVisitor& visit) const {
    return LogReader(*database_).scan(first, last, shown_head().position, visit);
}

Result<void> RocksEventStore::read_stream(const StreamId& stream, Version from,
                                          const RecordVisitor& visit) const {
    return LogReader(*database_).read_stream(stream, from, shown_head().position, visit);
}

Result<std::optional<Position>> RocksEventStore::find_receipt(const CommandId& id) const {
    return LogReader(*database_).find_receipt(id, shown_head().position);
}

Result<std::optional<std::string>> RocksEventStore::wrapped_key(PersonId owner) const {
    return LogReader(*database_).wrapped_key(owner);
}

// A reader makes the tree when it is first asked for a proof, and holds it against the head.
Result<record::Tree> RocksEventStore::tree_of_head() const {
    Head head;
    {
        const std::scoped_lock lock(state_mutex_);
        if (tree_.size() == head_.position.value) return tree_;
        head = head_;
    }
    auto tree = LogReader(*database_).tree(head.position.value);
    if (!tree) return tree.error();
    if (tree->root() != head.root) {
        return error(ErrorCode::corruption,
                     database_->path() + " holds other records up to position " +
                         std::to_string(head.position.value) +
                         " than were acknowledged; run `jejak verify` and restore the log from a "
                         "backup");
    }
    const std::scoped_lock lock(state_mutex_);
    tree_ = *tree;
    return tree;
}

Result<std::vector<std::string>> RocksEventStore::inclusion_proof(Position position,
                                                                  std::uint64_t size) const {
    const auto tree = tree_of_head();
    if (!tree) return tree.error();
    return inclusion_proof_of(position, size, *tree, LogReader(*database_).tile_reader());
}

Result<std::vector<std::string>> RocksEventStore::consistency_proof(std::uint64_t size1,
                                                                    std::uint64_t size2) const {
    const auto tree = tree_of_head();
    if (!tree) return tree.error();
    return consistency_proof_of(size1, size2, *tree, LogReader(*database_).tile_reader());
}

Result<void> RocksEventStore::sync_head() {
    if (!head_file_) return {};
    return head_file_->sync();
}

}  // namespace jejak::storage
