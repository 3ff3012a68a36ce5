#pragma once

#include <memory>

#include "engine/read_store.hpp"
#include "storage/database.hpp"

namespace jejak::storage {

// Read models in the log's own database, outside of its write-ahead log: a crash takes a model back
// to an earlier checkpoint, rows and checkpoint together, and its projection goes on from there
// (at most the records of wal_total_bytes). Closing writes everything out.
// Beside a writer, models stand still at the moment of opening. Thread-safe.
class RocksReadStore final : public ReadStore {
  public:
    explicit RocksReadStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

    // Errors of all: those of Database; invalid_input for an empty model name or one with 0x00.
    [[nodiscard]] Result<void> write(std::string_view model, const RowChanges& changes,
                                     Position checkpoint) override;
    [[nodiscard]] Result<Position> checkpoint(std::string_view model) const override;
    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view model,
                                                         std::string_view key) const override;
    [[nodiscard]] Result<void> scan(std::string_view model, std::string_view prefix,
                                    std::string_view after, const RowVisitor& visit) const override;
    [[nodiscard]] Result<void> clear(std::string_view model) override;

  private:
    std::shared_ptr<Database> database_;
};

}  // namespace jejak::storage
