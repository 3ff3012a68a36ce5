#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/csv/checks.hpp"
#include "adapters/csv/table.hpp"
#include "engine/result.hpp"

namespace jejak::csv {

// One employee to be appraised. Identifiers are NIPs as they stand there; the last two are "" where
// the roster does not say them.
struct RosterRow {
    std::string nip;
    std::string supervisor;  // pejabat penilai
    std::string superior;    // atasan pejabat penilai
    std::uint64_t line = 0;
};

// Reads a roster: one employee a row, columns in any order, found by their headings however they
// are spelt ("NIP", "NIP Atasan", "nip_pejabat_penilai"); other columns are passed over.
class RosterReader {
  public:
    // Errors: invalid_input, naming the headings, where there is no column of NIPs or two of a
    // kind.
    [[nodiscard]] static Result<RosterReader> of(Table table);

    // The next row that can be read; what is wrong with others goes to `faults`. Nothing at the
    // end. Errors: those of Table::next() behind which it cannot go on.
    [[nodiscard]] Result<std::optional<RosterRow>> next(Faults& faults);

    // The column of the roster where a person of this kind stands, for faults; 0: none.
    [[nodiscard]] Place place_of(const RosterRow& row) const { return {row.line, nip_ + 1}; }
    [[nodiscard]] Place place_of_supervisor(const RosterRow& row) const;
    [[nodiscard]] Place place_of_superior(const RosterRow& row) const;
    [[nodiscard]] const Table& table() const { return table_; }

  private:
    RosterReader(Table table) : table_(std::move(table)) {}

    Table table_;
    std::size_t nip_ = 0;
    std::optional<std::size_t> supervisor_, superior_;
};

}  // namespace jejak::csv
