#include "adapters/csv/sheet.hpp"

#include <algorithm>

#include "workflows/scoring/period.hpp"

namespace jejak::csv {
namespace {

std::string bare(std::string_view heading) {
    std::string out;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    }
    return out;
}

std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Blanks, dots and quotes are put into NIPs to be read more easily.
std::string bare_identifier(const std::string& text) {
    if (std::any_of(text.begin(), text.end(), [](char c) {
            return c != ' ' && c != '.' && c != '\'' && (c < '0' || c > '9');
        })) {
        return text;  // a code
    }
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

}  // namespace

std::optional<std::string> read_day(std::string_view text) {
    std::string day(text);
    const bool is_turned =
        text.size() == 10 && (text[2] == '-' || text[2] == '/') && text[5] == text[2];
    if (is_turned) {
        day = std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" +
              std::string(text.substr(0, 2));
    }
    return scoring::is_date(day) ? std::optional(day) : std::nullopt;
}

Result<Sheet> Sheet::open(const std::string& path, const std::vector<Meaning>& meanings) {
    auto table = Table::open(path);
    if (!table) return table.error();
    return of(std::move(*table), meanings);
}

Result<Sheet> Sheet::of(Table table, const std::vector<Meaning>& meanings) {
    Sheet sheet(std::move(table), meanings);
    if (auto found = sheet.find_columns(); !found) return found.error();
    return sheet;
}

Result<void> Sheet::find_columns() {
    const auto& headings = table_.headings();
    std::string all;
    for (const auto& heading : headings)
        all += (all.empty() ? "" : ", ") + heading;
    for (const auto& meaning : *meanings_) {
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < headings.size(); ++i) {
            const auto& names = meaning.headings;
            if (std::find(names.begin(), names.end(), bare(headings[i])) == names.end()) continue;
            if (found) {
                return error(ErrorCode::invalid_input, table_.name() + " has the columns \"" +
                                                           headings[*found] + "\" and \"" +
                                                           headings[i] +
                                                           "\", which say the same; leave one out");
            }
            found = i;
        }
        if (!found && meaning.is_needed) {
            return error(ErrorCode::invalid_input, table_.name() + " has no column \"" +
                                                       std::string(meaning.name) +
                                                       "\"; name one so. Its headings: " + all);
        }
        columns_.push_back(found);
    }
    return {};
}

bool Sheet::read_value(RowReader& fields, const Row& row, std::size_t meaning,
                       std::string& out) const {
    const auto& wanted = (*meanings_)[meaning];
    const auto& column = columns_[meaning];
    if (!column) return true;
    const std::string_view field = row.fields[*column];
    const bool is_empty = field.find_first_not_of(" \t-") == std::string_view::npos;
    if (is_empty && !wanted.is_needed) return true;
    if (wanted.kind == Meaning::Kind::identifier) {
        const auto identifier = fields.identifier(*column);
        if (identifier) out = bare_identifier(*identifier);
        return identifier.has_value();
    }
    if (is_empty) {
        fields.fault(*column, "is empty; every row needs a value here");
        return false;
    }
    out = std::string(without_blanks(field));
    if (wanted.kind == Meaning::Kind::text) return true;
    const auto day = read_day(out);
    if (day) {
        out = *day;
        return true;
    }
    fields.fault(*column, "\"" + out + "\" is no day; write it as 2026-01-31 or 31-01-2026");
    return false;
}

Result<std::optional<SheetRow>> Sheet::next(Faults& faults) {
    for (;;) {
        const auto row = table_.next();
        if (!row) {
            if (!table_.can_continue()) return row.error();
            faults.add(table_.place(), row.error().message);
            continue;
        }
        if (!*row) return std::optional<SheetRow>();
        RowReader fields(table_, **row, faults);
        SheetRow read;
        read.line = (*row)->line;
        read.values.resize(meanings_->size());
        bool whole = true;
        for (std::size_t i = 0; i < meanings_->size(); ++i)
            whole = read_value(fields, **row, i, read.values[i]) && whole;
        if (whole) return std::optional(std::move(read));
    }
}

Place Sheet::place_of(const SheetRow& row, std::size_t meaning) const {
    if (columns_[meaning]) return {row.line, *columns_[meaning] + 1};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if ((*meanings_)[i].is_needed && columns_[i]) return {row.line, *columns_[i] + 1};
    }
    return {row.line, 0};
}

}  // namespace jejak::csv
