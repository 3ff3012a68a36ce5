#include "workflows/scoring/conversion.hpp"

#include <algorithm>

namespace jejak::scoring {

namespace {

Rational on_line(const Piece& piece, const Rational& number) {
    return piece.y + (number - piece.x) * piece.slope;
}

}  // namespace

Rational converted(const Conversion& conversion, const Rational& number) {
    for (const auto& piece : conversion.pieces) {
        if (piece.exclusive ? number > piece.from : number >= piece.from) {
            return on_line(piece, number);
        }
    }
    return on_line(conversion.pieces.back(), number);
}

Limits limits_of(const Conversion& conversion, const Limits& limits) {
    if (conversion.pieces.empty()) return {0, 0};  // its problem is noted
    std::optional<Rational> least, greatest;
    bool no_least = false, no_greatest = false;
    const auto add = [&](const Rational& value) {
        least = least ? std::min(*least, value) : value;
        greatest = greatest ? std::max(*greatest, value) : value;
    };
    // The end of a piece, or where its line leads without one: `direction` is 1 upwards.
    const auto add_end = [&](const Piece& piece, const std::optional<Rational>& end,
                             int direction) {
        add(end ? on_line(piece, *end) : piece.y);
        if (end || piece.slope.is_zero()) return;
        (piece.slope.sign() == direction ? no_greatest : no_least) = true;
    };
    std::optional<Rational> upper = limits.greatest;
    for (const auto& piece : conversion.pieces) {
        const bool last = &piece == &conversion.pieces.back();
        auto lower = std::optional(piece.from);
        if (last || (limits.least && *limits.least > piece.from)) lower = limits.least;
        if (upper && piece.from > *upper && !last) continue;  // no number comes so high
        add_end(piece, lower, -1);
        add_end(piece, upper, 1);
        upper = piece.from;
        if (limits.least && *limits.least > piece.from) break;  // nor so low
    }
    if (no_least) least.reset();
    if (no_greatest) greatest.reset();
    return {least, greatest};
}

}  // namespace jejak::scoring
