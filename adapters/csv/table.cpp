#include "adapters/csv/table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "adapters/csv/number.hpp"
#include "adapters/csv/utf8.hpp"

namespace jejak::csv {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{64} << 10;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view separators = ",;\t";

std::string name_of_separator(char separator) {
    return separator == '\t' ? "tab" : std::string(1, separator);
}

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(' ') == std::string_view::npos;
}

// Whether the line is "sep=" and one character, quoted or not, in any case.
bool is_separator_line(std::string_view line) {
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') {
        line = line.substr(1, line.size() - 2);
    }
    const auto matches = [](char letter, char small) {
        return letter == small || letter + ('a' - 'A') == small;
    };
    return line.size() == 5 && std::equal(line.begin(), line.begin() + 3, "sep", matches) &&
           line[3] == '=';
}

}  // namespace

Table::Table(ByteSource source, std::string name)
    : source_(std::move(source)), name_(std::move(name)) {}

Result<Table> Table::open(const std::string& path) {
    auto source = ByteSource::open(path);
    if (!source) return source.error();
    return read_headings(Table(std::move(*source), path));
}

Result<Table> Table::from_memory(std::string text, std::string name) {
    return read_headings(Table(ByteSource::of_memory(std::move(text)), std::move(name)));
}

Result<Table> Table::read_headings(Table table) {
    if (auto done = table.skip_preamble(); !done) return done.error();
    if (auto done = table.choose_separator(); !done) return done.error();
    const auto found = table.next_record();
    if (!found) return found.error();
    if (!*found) {
        return table.fatal({}, "there is no heading line; write the names of the columns first");
    }
    if (auto done = table.check_text(); !done) return done.error();
    for (const std::string_view field : table.fields_) {
        const std::string heading(trim(field));
        const Place place{table.place_.line, table.headings_.size() + 1};
        if (heading.empty()) {
            return table.fatal(place, "the heading is empty; name the column or remove it");
        }
        const auto earlier = std::find(table.headings_.begin(), table.headings_.end(), heading);
        if (earlier != table.headings_.end()) {
            return table.fatal(place, "the heading \"" + heading +
                                          "\" is there already, in column " +
                                          std::to_string(earlier - table.headings_.begin() + 1) +
                                          "; rename one of the two");
        }
        table.headings_.push_back(heading);
    }
    return table;
}

Result<std::size_t> Table::column_of(std::string_view heading) const {
    const auto found = std::find(headings_.begin(), headings_.end(), heading);
    if (found != headings_.end()) return static_cast<std::size_t>(found - headings_.begin());
    std::string message = name_ + ": there is no column \"" + std::string(heading) + "\"; it has";
    for (std::size_t index = 0; index < headings_.size(); ++index) {
        message += (index == 0 ? " \"" : ", \"") + headings_[index] + "\"";
    }
    return error(ErrorCode::not_found, std::move(message));
}

Result<std::optional<Row>> Table::next() {
    if (broken_) return *broken_;
    const auto found = next_record();
    if (!found) return found.error();
    if (!*found) return std::optional<Row>();
    if (auto done = check_text(); !done) return done.error();
    if (auto done = check_width(); !done) return done.error();
    return std::optional<Row>(Row{place_.line, fields_});
}

std::string Table::describe(Place place) const {
    std::string text = name_;
    if (place.line > 0) text += ", line " + std::to_string(place.line);
    if (place.column == 0) return text;
    text += ", column " + std::to_string(place.column);
    if (place.column <= headings_.size()) text += " (" + headings_[place.column - 1] + ")";
    return text;
}

Error Table::fault(Place place, std::string_view message) {
    place_ = place;
    return error(ErrorCode::invalid_input, describe(place) + ": " + std::string(message));
}

Error Table::fatal(Place place, std::string_view message) {
    broken_ = fault(place, message);
    return *broken_;
}

// Adds bytes behind the unread ones, which move to the front of the buffer.
Result<void> Table::fill() {
    if (begin_ > 0) std::memmove(buffer_.data(), buffer_.data() + begin_, available());
    end_ -= begin_;
    begin_ = 0;
    if (end_ == buffer_.size()) buffer_.resize(std::max(buffer_bytes, 2 * buffer_.size()));
    const auto count = source_.read(buffer_.data() + end_, buffer_.size() - end_);
    if (!count) {
        broken_ = error(count.error().code, describe({line_, 0}) + ": " + count.error().message);
        return *broken_;
    }
    end_ += *count;
    source_ended_ = *count == 0;
    return {};
}

// The bytes up to and with the next line end, which stay unread; with `over_quotes` a line end
// between quotes does not count. Empty at the end of the file; without a line end if that is too
// far away.
Result<std::string_view> Table::peek_line(bool over_quotes) {
    bool is_quoted = false;
    std::size_t at = 0;
    while (true) {
        const std::string_view text = unread();
        for (; over_quotes && at < text.size(); ++at) {
            if (text[at] == '"') is_quoted = !is_quoted;
            if (text[at] == '\n' && !is_quoted) return text.substr(0, at + 1);
        }
        const auto end = over_quotes ? std::string_view::npos : text.find('\n', at);
        if (end != std::string_view::npos) return text.substr(0, end + 1);
        if (source_ended_ || text.size() > row_bytes_max) return text;
        at = text.size();
        if (auto filled = fill(); !filled) return filled.error();
    }
}

Result<void> Table::skip_preamble() {
    if (auto filled = fill(); !filled) return filled.error();
    if (available() == 0) return fatal({}, "the file is empty; export it again");
    if (unread().starts_with(byte_order_mark)) begin_ += byte_order_mark.size();
    if (unread().starts_with("\xFF\xFE") || unread().starts_with("\xFE\xFF")) {
        return fatal({}, "the text is UTF-16; save it as \"CSV UTF-8\"");
    }
    if (unread().starts_with("PK\x03\x04") || unread().starts_with("\xD0\xCF\x11\xE0")) {
        return fatal({},
                     "this is a spreadsheet's own format; save it as \"CSV UTF-8\", or "
                     "turn it into one with tools/xlsx-to-csv");
    }
    const auto raw = peek_line(false);
    if (!raw) return raw.error();
    std::string_view line = without_line_end(*raw);
    if (!is_separator_line(line)) return {};
    const char named = line[line.find('=') + 1];
    if (separators.find(named) == std::string_view::npos) {
        return fatal({line_, 0}, "this separator is not known; use , or ; or a tab");
    }
    separator_ = named;
    begin_ += raw->size();
    ++line_;
    return {};
}

Result<void> Table::choose_separator() {
    auto raw = peek_line(true);
    while (raw && !raw->empty() && is_blank(without_line_end(*raw))) {
        begin_ += raw->size();
        ++line_;
        raw = peek_line(true);
    }
    if (!raw) return raw.error();
    if (separator_ != '\0') return {};
    std::array<std::size_t, separators.size()> counts{};
    bool is_quoted = false;
    for (const char letter : *raw) {
        if (letter == '"') is_quoted = !is_quoted;
        const auto index = separators.find(letter);
        if (!is_quoted && index != std::string_view::npos) ++counts[index];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    if (*most > 0 && std::count(counts.begin(), counts.end(), *most) > 1) {
        return fatal({line_, 0},
                     "two separators are equally frequent in the heading line; put a line "
                     "\"sep=;\" (or \"sep=,\") before it to tell which is meant");
    }
    separator_ = separators[static_cast<std::size_t>(most - counts.begin())];
    return {};
}

// Leaves the next record that is not blank in fields_, false at the end of the file.
Result<bool> Table::next_record() {
    while (true) {
        const auto raw = peek_line(false);
        if (!raw) return raw.error();
        place_ = {line_, 0};
        if (raw->empty()) return false;
        pieces_.clear();
        const std::string_view line = without_line_end(*raw);
        if (line.find('"') != std::string_view::npos) {
            if (auto done = split_quoted(); !done) return done.error();
            return true;
        }
        if (raw->size() > row_bytes_max) {
            return fatal(place_, "the row is longer than 1 MiB; is this a table of text?");
        }
        if (line.find('\r') != std::string_view::npos) {
            return fatal(place_, "a carriage return stands alone; save with line ends LF or CR LF");
        }
        if (!is_blank(line)) split_plain(line);
        take_pieces();
        begin_ += raw->size();
        ++line_;
        if (!pieces_.empty()) return true;
    }
}

void Table::split_plain(std::string_view line) {
    std::size_t from = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] != separator_) continue;
        pieces_.push_back({from, at, false});
        from = at + 1;
    }
    pieces_.push_back({from, line.size(), false});
}

Result<void> Table::split_quoted() {
    using Outcome = QuoteScan::Outcome;
    QuoteScan scan(pieces_);
    auto outcome = Outcome::more;
    std::size_t at = 0;
    bool ended = false;
    while (outcome == Outcome::more) {
        if (at > row_bytes_max) {
            outcome = Outcome::open_quote;
        } else if (at < available()) {
            outcome = scan.feed(buffer_[begin_ + at], at, separator_);
            ++at;
        } else if (source_ended_) {
            ended = true;
            outcome = scan.finish(at);
        } else if (auto filled = fill(); !filled) {
            return filled.error();
        }
    }
    const Place here{line_ + scan.newlines(), pieces_.size() + 1};
    const Place quote{line_ + scan.newlines_before_quote(), pieces_.size() + 1};
    switch (outcome) {
        case Outcome::stray_quote:
            return fatal(here,
                         "a quote inside of a field that does not begin with one; put the "
                         "field in quotes and double the quote inside");
        case Outcome::text_after_quote:
            return fatal(here,
                         "there is text behind the closing quote; double a quote that "
                         "belongs to the field");
        case Outcome::lone_return:
            return fatal(here, "a carriage return stands alone; save with line ends LF or CR LF");
        case Outcome::open_quote:
            return fatal(quote,
                         "the quote that opens here is not closed before the end or 1 MiB further; "
                         "close it");
        case Outcome::done:
        case Outcome::more:
            break;
    }
    take_pieces();
    begin_ += at;
    line_ += scan.newlines() + (ended ? 0 : 1);
    return {};
}

// Makes fields of the pieces; a doubled quote becomes one, in the buffer itself.
void Table::take_pieces() {
    fields_.clear();
    for (const Piece& piece : pieces_) {
        char* const from = buffer_.data() + begin_ + piece.from;
        std::size_t size = piece.to - piece.from;
        if (piece.has_doubled_quotes) {
            char* out = from;
            for (const char* at = from; at < from + size; ++at) {
                *out++ = *at;
                if (*at == '"') ++at;
            }
            size = static_cast<std::size_t>(out - from);
        }
        fields_.emplace_back(from, size);
    }
}

Result<void> Table::check_text() {
    for (std::size_t index = 0; index < fields_.size(); ++index) {
        if (is_utf8_text(fields_[index])) continue;
        const bool has_nul = fields_[index].find('\0') != std::string_view::npos;
        return fault({place_.line, index + 1},
                     has_nul ? "a NUL byte; this is no text, or UTF-16: save it as \"CSV UTF-8\""
                             : "the bytes are not UTF-8; save the file as \"CSV UTF-8\"");
    }
    return {};
}

Result<void> Table::check_width() {
    const std::size_t have = fields_.size();
    const std::size_t want = headings_.size();
    if (have == want) return {};
    const std::string counts = "the row has " + std::to_string(have) + " fields and the heading " +
                               std::to_string(want) + "; ";
    if (have < want) return fault({place_.line, have + 1}, counts + "add those that are missing");
    return fault({place_.line, want + 1}, counts + "put a field that contains the separator " +
                                              name_of_separator(separator_) + " in quotes");
}

}  // namespace jejak::csv
