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
    bool endless = false, bottomless = false;
    const auto add = [&](const Rational& value) {
        least = least ? std::min(*least, value) : value;
        greatest = greatest ? std::max(*greatest, value) : value;
    };
    std::optional<Rational> upper = limits.greatest;
    for (const auto& piece : conversion.pieces) {
        const bool last = &piece == &conversion.pieces.back();
        const auto lower = last ? limits.least : std::optional(piece.from);
        if (upper && lower && *lower > *upper) continue;  // no number comes so high
        if (lower) {
            add(on_line(piece, *lower));
        } else {
            bottomless |= piece.slope.sign() != 0;
            add(piece.y);
        }
        if (upper) {
            add(on_line(piece, *upper));
        } else {
            endless |= piece.slope.sign() != 0;
            add(piece.y);
        }
        upper = piece.from;
    }
    if (endless || bottomless) return {};
    return {least, greatest};
}

}  // namespace jejak::scoring
