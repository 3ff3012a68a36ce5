#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/csv/byte_source.hpp"
#include "adapters/csv/quote_scan.hpp"
#include "engine/result.hpp"

namespace jejak::csv {

// No row may be larger: an open quote shall not pull a whole file into memory.
inline constexpr std::size_t row_bytes_max = std::size_t{1} << 20;

// Fields of one row, as many as there are headings. Valid until the next call of Table::next.
struct Row {
    std::uint64_t line = 0;  // physical line of the file on which the row starts, from 1
    std::span<const std::string_view> fields;
};

// A place in a table. Columns count from 1; column 0 is the whole row.
struct Place {
    std::uint64_t line = 0;
    std::size_t column = 0;
};

// Reads delimited text with a heading line, row by row, in memory bounded by row_bytes_max.
//
//   file    = [BOM] ["sep=" separator end] heading *(end row) [end]   ; blank lines anywhere
//   row     = field *(separator field)
//   field   = plain / quoted          ; RFC 4180: a quote inside of a quoted field is doubled
//   end     = LF / CR LF
//
// The separator, one of , ; and tab, is the one that the heading line has most of, unless a first
// line "sep=;" names it. The text is UTF-8. Blanks around headings are dropped, in fields they
// stay. Movable; not for use by several threads at once.
class Table {
  public:
    // Opens a file, plain or gzip, and reads its headings. Errors: environment (missing,
    // unreadable, cut off), invalid_input (empty, UTF-16, a spreadsheet's own format, a bad
    // heading).
    [[nodiscard]] static Result<Table> open(const std::string& path);
    // The same for a text in memory; `name` stands for the path in messages.
    [[nodiscard]] static Result<Table> from_memory(std::string text, std::string name);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::vector<std::string>& headings() const { return headings_; }
    [[nodiscard]] char separator() const { return separator_; }
    // Index from 0 of the column with exactly this heading; not_found lists those there are.
    [[nodiscard]] Result<std::size_t> column_of(std::string_view heading) const;

    // The next row; nothing at the end. Errors name file, line and column. After an error of which
    // can_continue() is true (a row of the wrong width, or with bytes that are no text) the next
    // call goes on behind that row; after any other it repeats the error.
    [[nodiscard]] Result<std::optional<Row>> next();
    [[nodiscard]] bool can_continue() const { return !broken_; }

    // Where the last row started, or the last error is.
    [[nodiscard]] Place place() const { return place_; }
    // "ratings.csv, line 3, column 2 (d)", without the parts that are not known.
    [[nodiscard]] std::string describe(Place place) const;

  private:
    Table(ByteSource source, std::string name);
    [[nodiscard]] static Result<Table> read_headings(Table table);
    [[nodiscard]] std::size_t available() const { return end_ - begin_; }
    [[nodiscard]] std::string_view unread() const { return {&buffer_[begin_], available()}; }
    [[nodiscard]] Error fault(Place place, std::string_view message);
    [[nodiscard]] Error fatal(Place place, std::string_view message);
    [[nodiscard]] Result<void> fill();
    [[nodiscard]] Result<std::string_view> peek_line(bool over_quotes);
    [[nodiscard]] Result<void> skip_preamble();
    [[nodiscard]] Result<void> choose_separator();
    [[nodiscard]] Result<bool> next_record();
    [[nodiscard]] Result<void> split_quoted();
    void split_plain(std::string_view line);
    void take_pieces();
    [[nodiscard]] Result<void> check_text();
    [[nodiscard]] Result<void> check_width();

    ByteSource source_;
    std::string name_;
    std::vector<std::string> headings_;
    char separator_ = '\0';

    std::vector<char> buffer_;
    std::size_t begin_ = 0;  // unread bytes are buffer_[begin_, end_)
    std::size_t end_ = 0;
    bool source_ended_ = false;
    std::uint64_t line_ = 1;  // of the byte at begin_

    Place place_;
    std::vector<Piece> pieces_;  // of buffer_, from begin_
    std::vector<std::string_view> fields_;
    std::optional<Error> broken_;
};

}  // namespace jejak::csv
