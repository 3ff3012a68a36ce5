#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/record/tree.hpp"

namespace jejak::storage {

// The log in memory: for tests, for what-if replays, for a library in somebody's process that does
// not want files. Keeps the whole contract except that nothing outlives the object.
class MemoryEventStore final : public EventStore {
  public:
    struct Faults {
        std::uint64_t unknown_outcome_at = 0;  // which append fails, counted from 1; 0: none
        bool batch_lands = false;              // whether that batch is there after reopen()
    };

    MemoryEventStore() = default;
    explicit MemoryEventStore(Faults faults) : faults_(faults) {}

    // What closing and opening does to a durable store: writes are possible again after a failed
    // one. Epochs stay valid.
    void reopen();

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

  private:
    [[nodiscard]] Result<Head> append_now(AppendBatch& batch, Position expected_head,
                                          std::uint64_t writer_epoch);
    void take(AppendBatch& batch);

    mutable std::mutex mutex_;
    Faults faults_;
    std::uint64_t appends_ = 0;
    std::uint64_t epoch_ = 0;
    std::optional<Error> stopped_;
    std::optional<AppendBatch> in_doubt_;  // lands at reopen()
    std::vector<std::string> records_;
    std::map<std::string, std::vector<Position>, std::less<>> streams_;
    std::map<std::string, Position, std::less<>> receipts_;
    std::map<PersonId, std::string> keys_;
    std::map<std::pair<std::uint8_t, std::uint64_t>, std::string> tiles_;
    record::Tree tree_;
};

}  // namespace jejak::storage
