#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace jejak::tools::backend {

enum class Language { en, id };

// For Content-Language and the member of an answer that names it.
[[nodiscard]] constexpr std::string_view language_tag(Language language) {
    return language == Language::id ? "id" : "en";
}

// What a code of problem+json means, in one sentence a language, with what to do next. Its title
// (RFC 9457, section 3.1.3): the same each time; what differs from time to time is in the detail.
struct Wording {
    std::string_view code, en, id;

    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::id ? id : en;
    }
};

// All there are: three tables, each sorted by code; no code stands in two of them.
[[nodiscard]] std::span<const Wording> appraisal_wordings();  // rules of workflows/appraisal/
[[nodiscard]] std::span<const Wording> record_wordings();     // rules of all else that is recorded
[[nodiscard]] std::span<const Wording> transport_wordings();  // ErrorCode, HTTP

// Null for a code without words, which tests/tidy keeps from happening. Never owns.
[[nodiscard]] const Wording* wording_of(std::string_view code);

// The same in one table that is sorted by code.
[[nodiscard]] constexpr const Wording* find_wording(std::span<const Wording> table,
                                                    std::string_view code) {
    const auto found = std::ranges::lower_bound(table, code, {}, &Wording::code);
    return found != table.end() && found->code == code ? &*found : nullptr;
}

// The parts of preferred_language.
namespace accept_language {

constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr std::string_view without_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// language-range of RFC 4647, section 2.1: "*", or letters and then parts of letters and digits.
constexpr bool is_range(std::string_view text) {
    if (text == "*") return true;
    for (bool is_first = true;; is_first = false) {
        const auto part = text.substr(0, text.find('-'));
        const bool is_well_formed = std::ranges::all_of(
            part, [&](char c) { return is_letter(c) || (!is_first && is_digit(c)); });
        if (part.empty() || part.size() > 8 || !is_well_formed) return false;
        if (part.size() == text.size()) return true;
        text.remove_prefix(part.size() + 1);
    }
}

// ";q=0.5" in thousandths; nothing at all is 1000 (RFC 9110, section 12.4.2).
constexpr std::optional<int> quality_of(std::string_view weight) {
    if (weight.empty()) return 1000;
    weight = without_blanks(weight.substr(1));
    if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return std::nullopt;
    const auto value = weight.substr(2);
    if (value.empty() || value.size() > 5 || (value[0] != '0' && value[0] != '1')) {
        return std::nullopt;
    }
    if (value.size() > 1 && value[1] != '.') return std::nullopt;
    int thousandths = (value[0] - '0') * 1000;
    int unit = 100;
    for (std::size_t i = 2; i < value.size(); ++i, unit /= 10) {
        if (!is_digit(value[i])) return std::nullopt;
        thousandths += (value[i] - '0') * unit;
    }
    if (thousandths > 1000) return std::nullopt;
    return thousandths;
}

// Its first part decides, as in a lookup (RFC 4647, section 3.4). "in" was Indonesian until 1989.
constexpr std::optional<Language> language_of(std::string_view range) {
    const auto tag = range.substr(0, range.find('-'));
    const auto is = [&](char first, char second) {
        return tag.size() == 2 && (tag[0] | 0x20) == first && (tag[1] | 0x20) == second;
    };
    if (is('e', 'n')) return Language::en;
    if (is('i', 'd') || is('i', 'n')) return Language::id;
    return std::nullopt;
}

struct Wish {
    int quality = -1;      // in thousandths; -1: not asked for
    std::size_t rank = 0;  // of equal ones the one that stands first; "*" comes after all by name
    bool is_by_name = false;

    constexpr void hear(int its_quality, std::size_t its_rank) {
        if (is_by_name && its_quality <= quality) return;
        *this = {its_quality, its_rank, true};
    }
};

}  // namespace accept_language

// The better one of ours for the value of Accept-Language, several lines joined by ", " (RFC 9110,
// section 12.5.4). English if the value is empty or malformed, asks for neither or refuses both.
[[nodiscard]] constexpr Language preferred_language(std::string_view value) {
    using namespace accept_language;
    Wish english, indonesian;
    int any_other = -1;
    for (std::size_t rank = 0; !value.empty(); ++rank) {
        const auto element = value.substr(0, value.find(','));
        value.remove_prefix(std::min(value.size(), element.size() + 1));
        const auto trimmed_element = without_blanks(element);
        if (trimmed_element.empty()) continue;
        const auto end = std::min(trimmed_element.find(';'), trimmed_element.size());
        const auto range = without_blanks(trimmed_element.substr(0, end));
        const auto quality = quality_of(trimmed_element.substr(end));
        if (!is_range(range) || !quality) return Language::en;
        if (range == "*") any_other = std::max(any_other, *quality);
        const auto language = language_of(range);
        // "en-GB;q=0" refuses a variety that is not ours.
        if (!language || (*quality == 0 && range.size() > 2)) continue;
        (*language == Language::en ? english : indonesian).hear(*quality, rank);
    }
    for (Wish* wish : {&english, &indonesian}) {
        if (!wish->is_by_name) *wish = {any_other, static_cast<std::size_t>(-1), false};
    }
    if (indonesian.quality <= 0 || indonesian.quality < english.quality) return Language::en;
    const bool is_first = indonesian.rank < english.rank;
    return indonesian.quality > english.quality || is_first ? Language::id : Language::en;
}

}  // namespace jejak::tools::backend
