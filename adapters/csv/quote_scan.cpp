#include "adapters/csv/quote_scan.hpp"

namespace jejak::csv {

QuoteScan::Outcome QuoteScan::feed(char letter, std::size_t at, char separator) {
    switch (state_) {
        case State::field_start:
            piece_ = Piece{at, at, false};
            if (letter != '"') {
                state_ = State::plain;
                return feed_plain(letter, at, separator);
            }
            piece_.from = at + 1;
            newlines_before_quote_ = newlines_;
            state_ = State::quoted;
            return Outcome::more;
        case State::plain:
            return feed_plain(letter, at, separator);
        case State::quoted:
            if (letter == '"') state_ = State::quote_closed;
            if (letter == '\n') ++newlines_;
            return Outcome::more;
        case State::quote_closed:
            return feed_after_quote(letter, at, separator);
        case State::return_after_quote:
            return letter == '\n' ? end_field(at - 2, true) : Outcome::text_after_quote;
    }
    return Outcome::done;
}

QuoteScan::Outcome QuoteScan::feed_plain(char letter, std::size_t at, char separator) {
    if (letter == '\n') return end_field(last_was_return_ ? at - 1 : at, true);
    if (last_was_return_) return Outcome::lone_return;
    if (letter == separator) return end_field(at, false);
    if (letter == '"') return Outcome::stray_quote;
    last_was_return_ = letter == '\r';
    return Outcome::more;
}

QuoteScan::Outcome QuoteScan::feed_after_quote(char letter, std::size_t at, char separator) {
    if (letter == separator || letter == '\n') return end_field(at - 1, letter == '\n');
    if (letter == '"') {
        piece_.has_doubled_quotes = true;
        state_ = State::quoted;
        return Outcome::more;
    }
    if (letter != '\r') return Outcome::text_after_quote;
    state_ = State::return_after_quote;
    return Outcome::more;
}

QuoteScan::Outcome QuoteScan::finish(std::size_t at) {
    switch (state_) {
        case State::field_start:
            piece_ = Piece{at, at, false};
            return end_field(at, true);
        case State::plain:
            return end_field(last_was_return_ ? at - 1 : at, true);
        case State::quoted:
            return Outcome::open_quote;
        case State::quote_closed:
            return end_field(at - 1, true);
        case State::return_after_quote:
            return end_field(at - 2, true);
    }
    return Outcome::done;
}

QuoteScan::Outcome QuoteScan::end_field(std::size_t to, bool ends_record) {
    piece_.to = to;
    pieces_.push_back(piece_);
    state_ = State::field_start;
    last_was_return_ = false;
    return ends_record ? Outcome::done : Outcome::more;
}

}  // namespace jejak::csv
