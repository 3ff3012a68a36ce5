#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jejak::csv {

// A field of a record as offsets from the record's start, without the quotes around it.
struct Piece {
    std::size_t from = 0;
    std::size_t to = 0;
    bool has_doubled_quotes = false;
};

// Cuts one record with quotes into pieces, fed byte after byte, so that the record may be longer
// than what has been read. Once an outcome other than `more` is returned it must not be fed again.
class QuoteScan {
  public:
    enum class Outcome {
        more,              // the record goes on
        done,              // the byte ended the record
        stray_quote,       // a quote inside of a field that does not begin with one
        text_after_quote,  // between a closing quote and the separator
        lone_return,       // CR without LF outside of quotes
        open_quote,        // the file ends inside of quotes
    };

    // Appends to `pieces`, which must outlive this.
    explicit QuoteScan(std::vector<Piece>& pieces) : pieces_(pieces) {}

    // `at` counts from 0 and grows by one with each call.
    [[nodiscard]] Outcome feed(char letter, std::size_t at, char separator);
    // Instead of a byte at `at`, at the end of the file.
    [[nodiscard]] Outcome finish(std::size_t at);

    // Line ends inside of quotes so far, and up to the quote that was opened last.
    [[nodiscard]] std::uint64_t newlines() const { return newlines_; }
    [[nodiscard]] std::uint64_t newlines_before_quote() const { return newlines_before_quote_; }

  private:
    enum class State { field_start, plain, quoted, quote_closed, return_after_quote };

    Outcome feed_plain(char letter, std::size_t at, char separator);
    Outcome feed_after_quote(char letter, std::size_t at, char separator);
    Outcome end_field(std::size_t to, bool ends_record);

    std::vector<Piece>& pieces_;
    State state_ = State::field_start;
    Piece piece_;
    bool last_was_return_ = false;
    std::uint64_t newlines_ = 0;
    std::uint64_t newlines_before_quote_ = 0;
};

}  // namespace jejak::csv
