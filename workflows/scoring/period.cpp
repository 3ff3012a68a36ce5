#include "workflows/scoring/period.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <vector>

namespace jejak::scoring {

namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const bool only =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || !only || read.ptr != end) return std::nullopt;
    return value;
}

int days_in(int year, int month) {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

std::string two(int number) {
    return std::string(number < 10 ? "0" : "") + std::to_string(number);
}

Period months(std::string_view year, int first, int last) {
    const std::string of(year);
    return {of + "-" + two(first) + "-01",
            of + "-" + two(last) + "-" + two(days_in(*digits(year), last))};
}

// One year, half, quarter, month or day.
std::optional<Period> parse_part(std::string_view text) {
    if (text.size() < 4 || !digits(text.substr(0, 4))) return std::nullopt;
    const auto year = text.substr(0, 4);
    if (text.size() == 4) return months(year, 1, 12);
    const auto rest = text.substr(5);
    if (text[4] != '-' || rest.size() < 2) return std::nullopt;
    const auto number = digits(rest.substr(1));
    if (rest[0] == 'Q' && rest.size() == 2 && number && *number >= 1 && *number <= 4) {
        return months(year, 3 * *number - 2, 3 * *number);
    }
    if (rest[0] == 'H' && rest.size() == 2 && number && (*number == 1 || *number == 2)) {
        return months(year, 6 * *number - 5, 6 * *number);
    }
    const auto month = digits(rest.substr(0, 2));
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    if (rest.size() == 2) return months(year, *month, *month);
    const auto day = digits(rest.substr(3));
    if (rest.size() != 5 || rest[2] != '-' || !day) return std::nullopt;
    if (*day < 1 || *day > days_in(*digits(year), *month)) return std::nullopt;
    return Period{std::string(text), std::string(text)};
}

bool allows(const std::vector<std::string>& names, std::string_view name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined_names(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

}  // namespace

bool is_date(std::string_view text) {
    return text.size() == 10 && parse_part(text).has_value();
}

std::optional<Period> parse_period(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return parse_part(text);
    const auto first = parse_part(text.substr(0, dots));
    const auto last = parse_part(text.substr(dots + 2));
    if (!first || !last || first->from > last->until) return std::nullopt;
    return Period{first->from, last->until};
}

std::uint32_t months_of(const Period& period) {
    const auto month = [](const std::string& date) {
        return *digits(std::string_view(date).substr(0, 4)) * 12 +
               *digits(std::string_view(date).substr(5, 2));
    };
    return static_cast<std::uint32_t>(month(period.until) - month(period.from) + 1);
}

std::uint32_t full_months_of(const Period& period) {
    const auto number = [](const std::string& date, std::size_t at, std::size_t size) {
        return static_cast<std::uint32_t>(*digits(std::string_view(date).substr(at, size)));
    };
    const auto months_until = [&](const std::string& date, bool with_middle) {
        return number(date, 0, 4) * 12 + number(date, 5, 2) - (with_middle ? 0U : 1U);
    };
    const auto last = months_until(period.until, number(period.until, 8, 2) >= 15);
    const auto before = months_until(period.from, number(period.from, 8, 2) > 15);
    return last > before ? last - before : 0;
}

std::uint32_t days_of(const Period& period) {
    const auto serial = [](const std::string& date) {
        const auto part = [&](std::size_t at, std::size_t size) {
            return *digits(std::string_view(date).substr(at, size));
        };
        int days = part(8, 2);
        const int year = part(0, 4);
        for (int month = 1; month < part(5, 2); ++month)
            days += days_in(year, month);
        const int before = year - 1;
        return 365 * before + before / 4 - before / 100 + before / 400 + days;
    };
    return static_cast<std::uint32_t>(serial(period.until) - serial(period.from) + 1);
}

bool lies_within(const Period& part, const Period& whole) {
    return whole.from <= part.from && part.until <= whole.until;
}

bool overlap(const Period& a, const Period& b) {
    return a.from <= b.until && b.from <= a.until;
}

bool applies_to(const Policy& policy, std::string_view period, std::string_view unit,
                std::string_view kind) {
    if (!policy.applies) return true;
    const auto& applies = *policy.applies;
    const auto time = parse_period(period);
    if (!time || time->from < applies.from) return false;
    if (!applies.until.empty() && time->until > applies.until) return false;
    return allows(applies.units, unit) && allows(applies.kinds, kind);
}

Result<std::shared_ptr<const Policy>> choose_policy(
    const std::vector<std::shared_ptr<const Policy>>& policies, std::string_view period,
    std::string_view unit, std::string_view kind) {
    const auto what = "period " + std::string(period) + ", unit " + std::string(unit) + ", kind " +
                      std::string(kind);
    if (!parse_period(period)) {
        return error(ErrorCode::invalid_input,
                     "\"" + std::string(period) +
                         "\" says no time; write 2025, 2025-Q1, 2025-07 or 2025-07..2025-12");
    }
    const auto rank = [](const Policy& policy) {
        return std::make_tuple(!policy.applies->units.empty(), !policy.applies->kinds.empty(),
                               policy.applies->from);
    };
    std::shared_ptr<const Policy> best;
    std::string tie;
    for (const auto& policy : policies) {
        if (!policy->applies || !applies_to(*policy, period, unit, kind)) continue;
        if (best && rank(*policy) == rank(*best)) tie = policy->id;
        if (best && rank(*policy) <= rank(*best)) continue;
        best = policy;
        tie.clear();
    }
    if (best && tie.empty()) return best;
    if (best) {
        return error(ErrorCode::invalid_input,
                     best->id + " and " + tie + " both apply to " + what + "; name the policy");
    }
    return error(ErrorCode::not_found,
                 "no published policy applies to " + what + "; publish one, or name the policy");
}

std::string scope_text(const Applies& applies) {
    auto out = "from " + applies.from;
    if (!applies.until.empty()) out += " until " + applies.until;
    if (!applies.units.empty()) out += ", units " + joined_names(applies.units);
    if (!applies.kinds.empty()) out += ", kinds " + joined_names(applies.kinds);
    if (!applies.statuses.empty()) out += ", for " + joined_names(applies.statuses);
    return out;
}

}  // namespace jejak::scoring
