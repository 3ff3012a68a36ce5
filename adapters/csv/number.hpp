#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::csv {

// Numbers of spreadsheets, kept as text from the first digit to the last: never floating point.

// `text` without blanks, tabs and no-break spaces (U+00A0) at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

// The canonical decimal that `text` stands for: digits, one dot if there is a fraction, no leading
// or trailing zeros, "-" only before a number below zero: "4", "7.9", "-0.5", "0".
// A comma alone is a decimal comma and a dot alone a decimal point, whatever the separator of the
// table: "7,9" is 7.9, and so "1,234" is 1.234 and not a thousand and more. Where both signs are
// present the last is the decimal one and the others must part groups of three: "1.234,5" is
// 1234.5. Errors: invalid_input, quoting the text, with a remedy: empty, no number, the same sign
// several times ("1.234.567"), scientific notation, more than 64 characters.
[[nodiscard]] Result<std::string> parse_decimal(std::string_view text);

// Orders two canonical decimals by value. A text that is not canonical gives a meaningless answer.
[[nodiscard]] std::strong_ordering compare_decimals(std::string_view left, std::string_view right);

// Whether a spreadsheet has turned a long identifier into a number and lost digits of it: written
// as "1,98E+17", or 18 digits (a NIP) that end in 000, because spreadsheets keep 15 digits and the
// serial number of a NIP begins at 001.
[[nodiscard]] bool is_ruined_identifier(std::string_view text);

}  // namespace jejak::csv
