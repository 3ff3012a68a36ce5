#include "adapters/csv/number.hpp"

#include <algorithm>
#include <cstddef>

#include "adapters/csv/utf8.hpp"

namespace jejak::csv {
namespace {

constexpr std::size_t number_size_max = 64;
constexpr std::size_t nip_digits = 18;
constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_digit);
}

Error refusal(std::string_view text, std::string_view reason) {
    std::string message = "\"" + std::string(utf8_front(text, number_size_max));
    message += text.size() > number_size_max ? "...\" " : "\" ";
    return error(ErrorCode::invalid_input, std::move(message) + std::string(reason));
}

std::string_view without_sign(std::string_view text) {
    const bool has_sign = !text.empty() && (text.front() == '-' || text.front() == '+');
    return text.substr(has_sign ? 1 : 0);
}

// Digits with at most one decimal sign, an E, an optional sign and digits.
bool is_scientific(std::string_view text) {
    const auto letter = text.find_first_of("eE");
    if (letter == std::string_view::npos || letter == 0) return false;
    const std::string_view mantissa = without_sign(text.substr(0, letter));
    const std::string_view exponent = without_sign(text.substr(letter + 1));
    const auto is_sign = [](char sign) { return sign == '.' || sign == ','; };
    return !exponent.empty() && all_digits(exponent) && !mantissa.empty() &&
           is_digit(mantissa.front()) &&
           std::count_if(mantissa.begin(), mantissa.end(), is_sign) <= 1 &&
           std::all_of(mantissa.begin(), mantissa.end(),
                       [&](char each) { return is_digit(each) || is_sign(each); });
}

// The digits of "1.234.567" if `sign` parts them into groups of three behind one of 1 to 3; else
// "".
std::string joined_groups(std::string_view text, char sign) {
    std::string digits;
    const auto first = text.find(sign);
    if (first == 0 || first > 3) return "";
    digits = text.substr(0, first);
    for (std::size_t at = first; at < text.size(); at += 4) {
        const std::string_view group = text.substr(at + 1, 3);
        if (text[at] != sign || group.size() != 3 || !all_digits(group)) return "";
        digits += group;
    }
    return all_digits(digits) ? digits : "";
}

std::string canonical(bool negative, std::string_view whole, std::string_view fraction) {
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
    std::string number = negative && !(whole.empty() && fraction.empty()) ? "-" : "";
    number += whole.empty() ? "0" : whole;
    if (!fraction.empty()) (number += '.') += fraction;
    return number;
}

struct Magnitude {
    bool negative;
    std::string_view whole;
    std::string_view fraction;
};

Magnitude magnitude_of(std::string_view number) {
    const bool negative = !number.empty() && number.front() == '-';
    number.remove_prefix(negative ? 1 : 0);
    const auto dot = number.find('.');
    if (dot == std::string_view::npos) return {negative, number, {}};
    return {negative, number.substr(0, dot), number.substr(dot + 1)};
}

}  // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        if (text.front() == ' ' || text.front() == '\t') {
            text.remove_prefix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else {
            break;
        }
    }
    while (!text.empty()) {
        if (text.back() == ' ' || text.back() == '\t') {
            text.remove_suffix(1);
        } else if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        } else {
            break;
        }
    }
    return text;
}

Result<std::string> parse_decimal(std::string_view text) {
    text = trim(text);
    if (text.empty()) {
        return error(ErrorCode::invalid_input, "there is no number; write one, such as 4 or 7.9");
    }
    if (text.size() > number_size_max) return refusal(text, "is too long for a number");
    if (is_scientific(text)) {
        return refusal(text,
                       "is in scientific notation: the spreadsheet destroyed this number; "
                       "format the column as text and export again");
    }
    const bool negative = text.front() == '-';
    const std::string_view digits = without_sign(text);
    if (digits.find_first_not_of("0123456789.,") != std::string_view::npos ||
        digits.find_first_of("0123456789") == std::string_view::npos) {
        return refusal(text, "is not a number; write digits and a decimal sign, such as 7.9");
    }
    const auto decimal = digits.find_last_of(".,");
    if (decimal == std::string_view::npos) return canonical(negative, digits, "");
    const std::string_view fraction = digits.substr(decimal + 1);
    if (fraction.empty()) return refusal(text, "has no digits after its decimal sign; add them");
    const std::string_view before = digits.substr(0, decimal);
    if (all_digits(before)) return canonical(negative, before, fraction);
    const char group_sign = digits[decimal] == ',' ? '.' : ',';
    if (before.find(digits[decimal]) != std::string_view::npos) {
        return refusal(text, "has several decimal signs; write it without thousands separators");
    }
    const std::string whole = joined_groups(before, group_sign);
    if (whole.empty()) {
        return refusal(text,
                       "does not part its thousands into groups of three digits; write it "
                       "without thousands separators");
    }
    return canonical(negative, whole, fraction);
}

std::strong_ordering compare_decimals(std::string_view left, std::string_view right) {
    const Magnitude a = magnitude_of(left);
    const Magnitude b = magnitude_of(right);
    if (a.negative != b.negative) {
        return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
    }
    // Without leading and trailing zeros the longer whole is larger, and fractions order as text.
    std::strong_ordering order = a.whole.size() <=> b.whole.size();
    if (order == 0) order = a.whole.compare(b.whole) <=> 0;
    if (order == 0) order = a.fraction.compare(b.fraction) <=> 0;
    return a.negative ? 0 <=> order : order;
}

bool is_ruined_identifier(std::string_view text) {
    text = trim(text);
    if (is_scientific(text)) return text.find('+') != std::string_view::npos;
    return text.size() == nip_digits && all_digits(text) && text.ends_with("000");
}

}  // namespace jejak::csv
