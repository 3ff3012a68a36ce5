#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/event_store.hpp"
#include "engine/record/tree.hpp"
#include "storage/database.hpp"
#include "storage/head_file.hpp"

namespace jejak::storage {

struct StoreOptions {
    DatabaseOptions database;
    unsigned head_sync_interval_ms = 10;
};

// The log in RocksDB (`db/`) beside its head (`head`), in one directory. Durability contract and
// what each kind of damage is answered with: storage/README.md.
//
// Beyond the port's contract of append: a batch that breaks the writer's promises (positions or
// versions with gaps, half a commit, a record over 65,535 bytes) is refused as invalid_input with
// nothing written, and the store goes on. After a failed write every append is refused, nothing
// written, with the error that made it stop.
class RocksEventStore final : public EventStore {
  public:
    enum class Access { create, write, read };

    // create: `directory` exists; log and head are made in it, or an interrupted making is
    // finished;
    //         a log that is there is opened for writing.
    // write:  the only writer of this machine. Before a byte is changed, the log is read and held
    //         against the head.
    // read:   beside a writer or without; each head() looks what the writer has added.
    // Errors: not_found; environment; corruption, naming what is damaged: then nothing was changed.
    [[nodiscard]] static Result<std::unique_ptr<RocksEventStore>> open(const std::string& directory,
                                                                       Access access,
                                                                       const StoreOptions& options);
    ~RocksEventStore() override;

    [[nodiscard]] Result<std::uint64_t> acquire_writer_epoch() override;
    void append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                Completion completion) override;
    [[nodiscard]] Result<Head> head() const override;
    [[nodiscard]] Result<std::optional<std::string>> read(Position position) const override;
    [[nodiscard]] Result<void> scan(Position first, Position last,
                                    const RecordVisitor& visit) const override;
    [[nodiscard]] Result<void> read_stream(const StreamId& stream, Version from,
                                           const RecordVisitor& visit) const override;
    [[nodiscard]] Result<std::optional<Position>> find_receipt(const CommandId& id) const override;
    [[nodiscard]] Result<std::optional<std::string>> wrapped_key(PersonId owner) const override;
    [[nodiscard]] Result<std::vector<std::string>> inclusion_proof(
        Position position, std::uint64_t size) const override;
    [[nodiscard]] Result<std::vector<std::string>> consistency_proof(
        std::uint64_t size1, std::uint64_t size2) const override;

    // Called by each append whose batch was synced, on its thread, with how long it waited for that
    // sync of RocksDB's write-ahead log. Set it before the first append.
    using SyncObserver = std::function<void(std::chrono::nanoseconds)>;
    void on_sync(SyncObserver observer) { sync_observer_ = std::move(observer); }
    // The head file is durable when this returns: before "the import is done" is said.
    [[nodiscard]] Result<void> sync_head();
    [[nodiscard]] const std::shared_ptr<Database>& database() const { return database_; }
    [[nodiscard]] const std::string& head_path() const { return head_path_; }

  private:
    RocksEventStore() = default;
    [[nodiscard]] Result<Head> append_now(const AppendBatch& batch, Position expected_head,
                                          std::uint64_t writer_epoch);
    [[nodiscard]] rocksdb::Status write_synced(rocksdb::WriteBatch& writes);
    [[nodiscard]] Result<void> refuse_reason(const AppendBatch& batch, Position expected_head,
                                             std::uint64_t writer_epoch) const;
    [[nodiscard]] Error poison(Error cause);
    [[nodiscard]] Head shown_head() const;
    [[nodiscard]] Result<record::Tree> tree_of_head() const;

    std::string head_path_;
    std::shared_ptr<Database> database_;
    std::unique_ptr<HeadFile> head_file_;  // null for a reader

    std::mutex append_mutex_;  // one append at a time; taken before state_mutex_
    std::uint64_t epoch_ = 0;
    std::optional<Error> stopped_;
    SyncObserver sync_observer_;
    record::Tree next_tree_;  // of the append under way; kept for its memory

    mutable std::mutex state_mutex_;
    mutable Head head_;
    mutable record::Tree tree_;  // of head_ for a writer; of some earlier head for a reader
};

}  // namespace jejak::storage
