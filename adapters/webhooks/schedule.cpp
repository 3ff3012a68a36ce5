#include "adapters/webhooks/schedule.hpp"

#include <algorithm>
#include <charconv>

namespace jejak::webhooks {
namespace {

constexpr std::int64_t micros_per_s = 1'000'000;
constexpr std::int64_t retry_after_s_max = 86'400;
constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// RFC 9110, section 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<Instant> parse_http_date(std::string_view field) {
    if (field.size() != 29 || field.substr(3, 2) != ", " || !field.ends_with(" GMT")) return {};
    const auto month = std::find(month_names.begin(), month_names.end(), field.substr(8, 3));
    if (month == month_names.end()) return {};
    const auto number = std::to_string(month - month_names.begin() + 101).substr(1);
    std::string text(field.substr(12, 4));
    text.append("-").append(number).append("-").append(field.substr(5, 2));
    text.append("T").append(field.substr(17, 8)).append("Z");
    const auto instant = parse_instant(text);
    return instant ? std::optional(*instant) : std::nullopt;
}

std::string reason_of(const Answer& answer) {
    return answer.status == 0 ? answer.trouble : "answered " + std::to_string(answer.status);
}

}  // namespace

Decision decide(std::uint32_t attempt, const Answer& answer, Instant now, double chance) {
    using Kind = Decision::Kind;
    if (answer.status >= 200 && answer.status < 300) return {Kind::delivered, {}, ""};
    std::string reason = reason_of(answer);
    if (answer.status == 410) return {Kind::gone, {}, std::move(reason)};
    if (attempt >= attempt_delays_s.size()) return {Kind::dead, {}, std::move(reason)};
    auto delay_micros = static_cast<std::int64_t>(
        static_cast<double>(attempt_delays_s[attempt] * micros_per_s) * (0.9 + 0.2 * chance));
    if (answer.status == 429 || answer.status == 503) {
        const auto asked_s = parse_retry_after(answer.retry_after, now).value_or(0);
        delay_micros = std::max(delay_micros, std::min(asked_s, retry_after_s_max) * micros_per_s);
    }
    return {Kind::again, Instant{now.micros_since_epoch + delay_micros}, std::move(reason)};
}

std::optional<std::int64_t> parse_retry_after(std::string_view field, Instant now) {
    std::int64_t seconds = 0;
    const auto* const end = field.data() + field.size();
    const auto read = std::from_chars(field.data(), end, seconds);
    if (read.ptr == end && read.ec == std::errc()) {
        return seconds > 0 ? std::optional(seconds) : std::nullopt;
    }
    if (read.ec == std::errc::result_out_of_range && read.ptr == end && field.front() != '-') {
        return INT64_MAX;
    }
    const auto date = parse_http_date(field);
    if (!date || *date <= now) return std::nullopt;
    return (date->micros_since_epoch - now.micros_since_epoch) / micros_per_s;
}

}  // namespace jejak::webhooks
