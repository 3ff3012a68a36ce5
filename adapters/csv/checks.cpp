#include "adapters/csv/checks.hpp"

#include <algorithm>
#include <utility>

#include "adapters/csv/number.hpp"

namespace jejak::csv {

Result<Scale> parse_scale(std::string_view text) {
    const auto refuse = [&](const std::string& reason) {
        return error(ErrorCode::invalid_input,
                     "the scale \"" + std::string(text) + "\" " + reason + "; write it as 1:5");
    };
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return refuse("has no colon");
    auto min = parse_decimal(text.substr(0, colon));
    if (!min) return refuse("has a bad smallest score: " + min.error().message);
    auto max = parse_decimal(text.substr(colon + 1));
    if (!max) return refuse("has a bad largest score: " + max.error().message);
    if (compare_decimals(*min, *max) >= 0) return refuse("does not ascend");
    return Scale{std::move(*min), std::move(*max)};
}

void Faults::add(Place place, std::string message) {
    ++count_;
    if (kept_.size() < kept_max) kept_.push_back({place, std::move(message)});
}

std::string Faults::text(std::size_t lines_max) const {
    std::string text;
    const std::size_t shown = std::min(lines_max, kept_.size());
    for (std::size_t index = 0; index < shown; ++index) {
        text += kept_[index].message + "\n";
    }
    if (shown < count_) text += "and " + std::to_string(count_ - shown) + " more\n";
    return text;
}

void RowReader::fault(std::size_t index, std::string_view message) {
    const Place place{row_.line, index + 1};
    faults_.add(place, table_.describe(place) + ": " + std::string(message));
}

std::optional<std::string> RowReader::identifier(std::size_t index) {
    const std::string_view text = trim(row_.fields[index]);
    if (text.empty()) {
        fault(index, "the field is empty; write who is meant, or remove the row");
        return std::nullopt;
    }
    const auto is_control = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    };
    if (std::any_of(text.begin(), text.end(), is_control)) {
        fault(index, "there is a line break or another control character; remove it");
        return std::nullopt;
    }
    if (is_ruined_identifier(text)) {
        fault(index, "\"" + std::string(text) +
                         "\": the spreadsheet destroyed this number; format the column as text, "
                         "enter it again and export again");
        return std::nullopt;
    }
    return std::string(text);
}

std::optional<std::string> RowReader::score(std::size_t index, const Scale& scale) {
    auto number = parse_decimal(row_.fields[index]);
    if (!number) {
        fault(index, number.error().message);
        return std::nullopt;
    }
    if (compare_decimals(*number, scale.min) < 0 || compare_decimals(*number, scale.max) > 0) {
        fault(index, "the score " + *number + " is outside of the scale " + scale.min + ":" +
                         scale.max + "; correct the score or name another scale");
        return std::nullopt;
    }
    return std::move(*number);
}

std::optional<std::string> RowReader::count(std::size_t index) {
    auto number = parse_decimal(row_.fields[index]);
    if (!number) {
        fault(index, number.error().message);
        return std::nullopt;
    }
    if (compare_decimals(*number, "0") < 0) {
        fault(index, "the count " + *number + " is below 0; correct it");
        return std::nullopt;
    }
    return std::move(*number);
}

std::string RateeUnits::add(const std::string& ratee, const std::string& unit, std::uint64_t line) {
    const auto [place, is_new] = first_.try_emplace(ratee, First{unit, line});
    if (is_new || place->second.unit == unit) return "";
    return "\"" + ratee + "\" is in unit \"" + unit + "\" here and in \"" + place->second.unit +
           "\" on line " + std::to_string(place->second.line) + "; a ratee has one unit";
}

std::uint64_t RatingPairs::add(const std::string& ratee, const std::string& rater,
                               std::uint64_t line) {
    const auto number_of = [](std::unordered_map<std::string, std::uint32_t>& numbers,
                              const std::string& name) {
        return numbers.try_emplace(name, static_cast<std::uint32_t>(numbers.size())).first->second;
    };
    const std::uint64_t pair =
        (std::uint64_t{number_of(ratees_, ratee)} << 32U) | number_of(raters_, rater);
    const auto [place, is_new] = lines_.try_emplace(pair, line);
    return is_new ? 0 : place->second;
}

}  // namespace jejak::csv
