#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "adapters/csv/sheet.hpp"
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
    // Errors: those of Sheet::of.
    [[nodiscard]] static Result<RosterReader> of(Table table);

    // The next row that can be read; what is wrong with others goes to `faults`. Nothing at the
    // end. Errors: those of Table::next() behind which it cannot go on.
    [[nodiscard]] Result<std::optional<RosterRow>> next(Faults& faults);

    // The column of the roster where a person of this kind stands, for faults; 0: none.
    [[nodiscard]] Place place_of(const RosterRow& row) const;
    [[nodiscard]] Place place_of_supervisor(const RosterRow& row) const;
    [[nodiscard]] Place place_of_superior(const RosterRow& row) const;
    [[nodiscard]] const Table& table() const { return sheet_.table(); }

  private:
    explicit RosterReader(Sheet sheet) : sheet_(std::move(sheet)) {}
    [[nodiscard]] Place place(const RosterRow& row, std::size_t column) const;

    Sheet sheet_;
};

}  // namespace jejak::csv
