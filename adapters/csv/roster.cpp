#include "adapters/csv/roster.hpp"

namespace jejak::csv {
namespace {

enum Column : std::size_t { nip_column, supervisor_column, superior_column };

// Headings as exports of e-Kinerja and agencies' own lists write them.
const std::vector<Meaning>& meanings() {
    using enum Meaning::Kind;
    static const std::vector<Meaning> table = {
        {"NIP", identifier, true, {"nip", "nippegawai", "nippns", "nipnrp"}},
        {"NIP Atasan",
         identifier,
         false,
         {"nipatasan", "nipatasanlangsung", "nippejabatpenilai", "nippejabatpenilaikinerja",
          "nippenilai"}},
        {"NIP Atasan Pejabat Penilai",
         identifier,
         false,
         {"nipatasanpejabatpenilai", "nipatasanpejabatpenilaikinerja", "nipatasanpenilai"}},
    };
    return table;
}

}  // namespace

Result<RosterReader> RosterReader::of(Table table) {
    auto sheet = Sheet::of(std::move(table), meanings());
    if (!sheet) return sheet.error();
    return RosterReader(std::move(*sheet));
}

Result<std::optional<RosterRow>> RosterReader::next(Faults& faults) {
    auto row = sheet_.next(faults);
    if (!row) return row.error();
    if (!*row) return std::optional<RosterRow>();
    const SheetRow& read = **row;
    return std::optional(
        RosterRow{read[nip_column], read[supervisor_column], read[superior_column], read.line});
}

Place RosterReader::place(const RosterRow& row, std::size_t column) const {
    SheetRow at;
    at.line = row.line;
    return sheet_.place_of(at, column);
}

Place RosterReader::place_of(const RosterRow& row) const {
    return place(row, nip_column);
}

Place RosterReader::place_of_supervisor(const RosterRow& row) const {
    return place(row, supervisor_column);
}

Place RosterReader::place_of_superior(const RosterRow& row) const {
    return place(row, superior_column);
}

}  // namespace jejak::csv
