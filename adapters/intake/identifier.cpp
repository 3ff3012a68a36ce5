#include "adapters/intake/identifier.hpp"

#include <algorithm>

namespace jejak::intake {
namespace {

constexpr std::size_t name_space_size_max = 32;
constexpr std::size_t identifier_size_max = 128;
constexpr std::size_t nip_digits = 18;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Error refusal(std::string message) {
    return error(ErrorCode::invalid_input, std::move(message));
}

// "1,98501012010011E+17": what a spreadsheet shows, and exports, for a long number.
bool is_spreadsheet_number(std::string_view text) {
    const auto exponent = text.find_first_of("eE");
    if (exponent == std::string_view::npos || exponent + 2 >= text.size()) return false;
    const std::string_view mantissa = text.substr(0, exponent);
    const std::string_view power = text.substr(exponent + 2);
    return text[exponent + 1] == '+' && !mantissa.empty() && is_digit(mantissa.front()) &&
           std::all_of(mantissa.begin(), mantissa.end(),
                       [](char c) { return is_digit(c) || c == ',' || c == '.'; }) &&
           std::all_of(power.begin(), power.end(), is_digit);
}

Result<void> check_identifier(std::string_view name_space, std::string_view identifier) {
    if (identifier.empty() || identifier.size() > identifier_size_max) {
        return refusal("the identifier after \"" + std::string(name_space) +
                       ":\" needs 1 to 128 characters, this one has " +
                       std::to_string(identifier.size()));
    }
    const bool printable = std::all_of(identifier.begin(), identifier.end(),
                                       [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!printable || identifier.front() == ' ' || identifier.back() == ' ') {
        return refusal("the identifier after \"" + std::string(name_space) +
                       ":\" may hold printable ASCII characters only, without a blank at its ends");
    }
    if (is_spreadsheet_number(identifier)) {
        return refusal(
            "a spreadsheet has shortened the identifier to \"" + std::string(identifier) +
            "\" and its last digits are lost; format that column as text, fill it from the source "
            "again and export anew");
    }
    const bool is_nip = identifier.size() == nip_digits &&
                        std::all_of(identifier.begin(), identifier.end(), is_digit);
    if (name_space == "nip" && !is_nip) {
        return refusal("a NIP has 18 digits, this one has " + std::to_string(identifier.size()) +
                       " characters; write it without blanks, as in \"nip:198501012010011001\"");
    }
    return {};
}

}  // namespace

Result<OutsideIdentifier> parse_identifier(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        return refusal(
            "a person is written with a namespace, as in \"nip:198501012010011001\"; "
            "the colon is missing");
    }
    const std::string_view name_space = text.substr(0, colon);
    const bool is_word = !name_space.empty() && name_space.size() <= name_space_size_max &&
                         std::all_of(name_space.begin(), name_space.end(), [](char c) {
                             return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
                         });
    if (!is_word) {
        return refusal(
            "the namespace before the colon needs 1 to 32 lower-case letters, digits "
            "or _, as in \"nip:198501012010011001\"");
    }
    if (name_space == pseudonym_name_space) {
        return refusal(
            "a pseudonym is not taken from outside; name the person by the identifier "
            "that she was registered with");
    }
    const std::string_view identifier = text.substr(colon + 1);
    if (auto checked = check_identifier(name_space, identifier); !checked) return checked.error();
    return OutsideIdentifier{std::string(name_space), std::string(identifier)};
}

bool holds_nip(std::string_view text) {
    std::size_t run = 0;
    for (const char c : text) {
        run = is_digit(c) ? run + 1 : 0;
        if (run == nip_digits) return true;
    }
    return false;
}

}  // namespace jejak::intake
