#include "adapters/http/reply.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <utility>

#include "adapters/http/header_text.hpp"

namespace jejak::http {
namespace {

constexpr std::array<std::string_view, 11> transport_fields = {"Connection",
                                                               "Content-Length",
                                                               "Content-Security-Policy",
                                                               "Content-Type",
                                                               "Date",
                                                               "Keep-Alive",
                                                               "Server",
                                                               "Trailer",
                                                               "Transfer-Encoding",
                                                               "Upgrade",
                                                               "X-Content-Type-Options"};

bool is_sendable(const std::string& name, const std::string& value) {
    if (!is_token(name)) {
        spdlog::error("http: a handler's header was dropped: its name is no token");
        return false;
    }
    const bool owned =
        std::any_of(transport_fields.begin(), transport_fields.end(),
                    [&](std::string_view field) { return boost::beast::iequals(field, name); });
    if (!owned && is_field_text(value)) return true;
    spdlog::error("http: a handler's header {} was dropped: {}", name,
                  owned ? "the transport sets it" : "its value has a control character");
    return false;
}

void add_field(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

std::string two_digits(unsigned number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string status_line(unsigned status) {
    namespace beast_http = boost::beast::http;
    const std::string_view phrase = beast_http::obsolete_reason(beast_http::int_to_status(status));
    return "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(phrase) + "\r\n";
}

// The handler's fields that may be sent; whether Cache-Control is one of them.
bool add_fields_of_handler(std::string& head, const Pairs& headers) {
    bool cached = false;
    for (const auto& [name, value] : headers) {
        if (!is_sendable(name, value)) continue;
        add_field(head, name, value);
        cached = cached || boost::beast::iequals(name, "Cache-Control");
    }
    return cached;
}

}  // namespace

std::string http_date(std::chrono::system_clock::time_point time) {
    static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed",
                                                        "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    const auto two = [](auto count) { return two_digits(static_cast<unsigned>(count)); };
    std::string text = days[std::chrono::weekday(day).c_encoding()];
    text += ", " + two_digits(static_cast<unsigned>(date.day())) + ' ';
    text += months[static_cast<unsigned>(date.month()) - 1];
    text += ' ' + std::to_string(static_cast<int>(date.year())) + ' ';
    text += two(clock.hours().count()) + ':' + two(clock.minutes().count()) + ':' +
            two(clock.seconds().count()) + " GMT";
    return text;
}

Reply reply_of(Response response, const Delivery& delivery,
               std::chrono::system_clock::time_point now) {
    if (response.status < 200 || response.status > 599) {
        spdlog::error("http: a handler answered with status {}; sent as 500", response.status);
        response = problem(500, "internal", "the server failed");
    }
    if (!is_field_text(response.content_type)) {
        spdlog::error("http: a handler's content type was dropped: it has a control character");
        response.content_type.clear();
    }
    const bool bodyless = response.status == 204 || response.status == 304;
    std::string head = status_line(response.status);
    add_field(head, "Date", http_date(now));
    if (!bodyless) {
        add_field(head, "Content-Length", std::to_string(response.body.size()));
        if (!response.content_type.empty()) add_field(head, "Content-Type", response.content_type);
    }
    if (!add_fields_of_handler(head, response.headers)) {
        add_field(head, "Cache-Control", "no-store");
    }
    add_field(head, "X-Content-Type-Options", "nosniff");
    add_field(head, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (delivery.close) add_field(head, "Connection", "close");
    if (delivery.keep_alive && !delivery.close) add_field(head, "Connection", "keep-alive");
    head += "\r\n";
    return {std::move(head), bodyless || delivery.head_only ? "" : std::move(response.body)};
}

}  // namespace jejak::http
