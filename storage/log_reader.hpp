#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/record/tree.hpp"
#include "storage/database.hpp"

namespace jejak::storage {

// Reads the log and its indexes out of the database. `limit` is the head of the caller's moment:
// nothing behind it is shown. Thread-safe; `database` must outlive it.
class LogReader {
  public:
    explicit LogReader(const Database& database) : database_(database) {}

    [[nodiscard]] Result<std::optional<std::string>> read(Position position, Position limit) const;
    [[nodiscard]] Result<void> scan(Position first, Position last, Position limit,
                                    const RecordVisitor& visit) const;
    [[nodiscard]] Result<void> read_stream(const StreamId& stream, Version from, Position limit,
                                           const RecordVisitor& visit) const;
    [[nodiscard]] Result<std::optional<Position>> find_receipt(const CommandId& id,
                                                               Position limit) const;
    [[nodiscard]] Result<std::optional<std::string>> wrapped_key(PersonId owner) const;

    // The highest position in the database, durable or not; 0: none.
    [[nodiscard]] Result<Position> last_position() const;
    // The head that the newest batch was appended to; nothing before the first append.
    [[nodiscard]] Result<std::optional<Head>> head_before() const;

    // The tree of the first `size` records, from full tiles and the records behind them.
    // Errors: corruption, when one of them is missing.
    [[nodiscard]] Result<record::Tree> tree(std::uint64_t size) const;
    [[nodiscard]] record::TileReader tile_reader() const;

  private:
    const Database& database_;
};

// The log as it stands, told apart from what a crash left half done.
struct CheckedLog {
    Head head;          // where the log ends: at `promised` or behind it
    record::Tree tree;  // of exactly those records
};

// Holds the log against the head that was promised outside of it.
// Errors: corruption, naming both positions, when the log is shorter or holds other records.
[[nodiscard]] Result<CheckedLog> check_log(const Database& database, const Head& promised);

// Audit paths as the port returns them, from a tree of at least that size.
[[nodiscard]] Result<std::vector<std::string>> inclusion_proof_of(Position position,
                                                                  std::uint64_t size,
                                                                  const record::Tree& tree,
                                                                  const record::TileReader& tiles);
[[nodiscard]] Result<std::vector<std::string>> consistency_proof_of(
    std::uint64_t size1, std::uint64_t size2, const record::Tree& tree,
    const record::TileReader& tiles);

}  // namespace jejak::storage
