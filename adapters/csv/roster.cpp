#include "adapters/csv/roster.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace jejak::csv {
namespace {

// Headings as exports of e-Kinerja and agencies' own lists write them, without case and marks.
constexpr std::array<std::string_view, 4> of_employee = {"nip", "nippegawai", "nippns", "nipnrp"};
constexpr std::array<std::string_view, 5> of_supervisor = {
    "nipatasan", "nipatasanlangsung", "nippejabatpenilai", "nippejabatpenilaikinerja",
    "nippenilai"};
constexpr std::array<std::string_view, 3> of_superior = {
    "nipatasanpejabatpenilai", "nipatasanpejabatpenilaikinerja", "nipatasanpenilai"};

std::string bare(std::string_view heading) {
    std::string out;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    }
    return out;
}

// Blanks, dots and quotes are put into NIPs to be read more easily.
std::string bare_nip(const std::string& text) {
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c != ' ' && c != '.' && c != '\''; });
    return out;
}

}  // namespace

Result<RosterReader> RosterReader::of(Table table) {
    RosterReader reader(std::move(table));
    const auto& headings = reader.table_.headings();
    std::string all;
    for (const auto& heading : headings)
        all += (all.empty() ? "" : ", ") + heading;
    const auto find = [&](const auto& names) -> Result<std::optional<std::size_t>> {
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < headings.size(); ++i) {
            if (std::find(names.begin(), names.end(), bare(headings[i])) == names.end()) continue;
            if (found) {
                return error(ErrorCode::invalid_input,
                             reader.table_.name() + " has the columns \"" + headings[*found] +
                                 "\" and \"" + headings[i] +
                                 "\", which say the same; leave one out");
            }
            found = i;
        }
        return found;
    };
    const auto nip = find(of_employee), supervisor = find(of_supervisor),
               superior = find(of_superior);
    for (const auto* column : {&nip, &supervisor, &superior}) {
        if (!*column) return column->error();
    }
    if (!*nip) {
        return error(
            ErrorCode::invalid_input,
            reader.table_.name() +
                " has no column of the employees' NIPs; name one \"NIP\". Its headings: " + all);
    }
    reader.nip_ = **nip;
    reader.supervisor_ = *supervisor;
    reader.superior_ = *superior;
    return reader;
}

Result<std::optional<RosterRow>> RosterReader::next(Faults& faults) {
    for (;;) {
        const auto row = table_.next();
        if (!row) {
            if (!table_.can_continue()) return row.error();
            faults.add(table_.place(), row.error().message);
            continue;
        }
        if (!*row) return std::optional<RosterRow>();
        RowReader fields(table_, **row, faults);
        auto nip = fields.identifier(nip_);
        bool whole = nip.has_value();
        RosterRow read;
        read.line = (*row)->line;
        if (nip) read.nip = bare_nip(*nip);
        const auto other = [&](const std::optional<std::size_t>& column, std::string& out) {
            if (!column) return;
            const std::string_view field = (*row)->fields[*column];
            if (field.find_first_not_of(" -") == std::string_view::npos) return;
            const auto identifier = fields.identifier(*column);
            whole = whole && identifier.has_value();
            if (identifier) out = bare_nip(*identifier);
        };
        other(supervisor_, read.supervisor);
        other(superior_, read.superior);
        if (whole) return std::optional(std::move(read));
    }
}

Place RosterReader::place_of_supervisor(const RosterRow& row) const {
    return {row.line, supervisor_ ? *supervisor_ + 1 : nip_ + 1};
}

Place RosterReader::place_of_superior(const RosterRow& row) const {
    return {row.line, superior_ ? *superior_ + 1 : nip_ + 1};
}

}  // namespace jejak::csv
