#pragma once

#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak::intake {

// Who someone is outside, as documents write it: "nip:198501012010011001", "student:17".
struct OutsideIdentifier {
    std::string name_space;  // 1..32 lower-case letters, digits and _
    std::string identifier;  // 1..128 printable ASCII characters, no blank at either end

    [[nodiscard]] std::string text() const { return name_space + ":" + identifier; }
    friend bool operator==(const OutsideIdentifier&, const OutsideIdentifier&) = default;
};

// Errors: invalid_input with the remedy; among them a NIP that is not 18 digits or that a
// spreadsheet has turned into "1,98E+17". The identifier itself is never repeated in full.
[[nodiscard]] Result<OutsideIdentifier> parse_identifier(std::string_view text);

// True for texts in which 18 digits stand in a row: a NIP has no place in ids, grounds and links.
[[nodiscard]] bool holds_nip(std::string_view text);

// The namespace in which answers write a person whose registration is not known to the reader. Not
// an outside identifier: parse_identifier refuses it.
inline constexpr std::string_view pseudonym_name_space = "pseudonym";

}  // namespace jejak::intake
