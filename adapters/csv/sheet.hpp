#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/checks.hpp"
#include "adapters/csv/table.hpp"
#include "engine/result.hpp"

namespace jejak::csv {

// What a column of a sheet means, however its heading is spelt.
struct Meaning {
    enum class Kind : std::uint8_t {
        text,        // without blanks around it
        identifier,  // a NIP, or a code; refused where a spreadsheet destroyed it
        day,         // 2026-01-31, 31-01-2026 or 31/01/2026; read as the first
    };
    std::string_view name;  // of the column, for messages: "NIP Atasan"
    Kind kind = Kind::text;
    bool is_needed = false;                  // its column, and a value in every row
    std::vector<std::string_view> headings;  // small letters and digits only: "nipatasan"
};

// The values of one row, by the place of their meaning; "" where the sheet says nothing.
struct SheetRow {
    std::vector<std::string> values;
    std::uint64_t line = 0;
    [[nodiscard]] const std::string& operator[](std::size_t meaning) const {
        return values[meaning];
    }
};

// Reads a sheet whose columns stand in any order and are found by their headings, without regard to
// case and marks; other columns are passed over.
class Sheet {
  public:
    // Errors: those of Table::open; invalid_input, naming the headings, where a column that is
    // needed is missing or two mean the same. `meanings` must outlive it.
    [[nodiscard]] static Result<Sheet> open(const std::string& path,
                                            const std::vector<Meaning>& meanings);
    [[nodiscard]] static Result<Sheet> of(Table table, const std::vector<Meaning>& meanings);

    // The next row that can be read; what is wrong with others goes to `faults`. Nothing at the
    // end. Errors: those of Table::next() behind which it cannot go on.
    [[nodiscard]] Result<std::optional<SheetRow>> next(Faults& faults);

    // Where a value stands, for faults; the first needed column where there is no such one.
    [[nodiscard]] Place place_of(const SheetRow& row, std::size_t meaning) const;
    [[nodiscard]] const Table& table() const { return table_; }

  private:
    Sheet(Table table, const std::vector<Meaning>& meanings)
        : table_(std::move(table)), meanings_(&meanings) {}
    [[nodiscard]] Result<void> find_columns();
    [[nodiscard]] bool read_value(RowReader& fields, const Row& row, std::size_t meaning,
                                  std::string& out) const;

    Table table_;
    const std::vector<Meaning>* meanings_;
    std::vector<std::optional<std::size_t>> columns_;
};

// "2026-01-31", whichever of the three ways it was written; nothing for what is no day.
[[nodiscard]] std::optional<std::string> read_day(std::string_view text);

}  // namespace jejak::csv
