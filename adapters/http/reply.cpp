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

constexpr std::array<std::string_view, 15> transport_fields = {"Access-Control-Allow-Credentials",
                                                               "Access-Control-Allow-Origin",
                                                               "Access-Control-Expose-Headers",
                                                               "Connection",
                                                               "Content-Length",
                                                               "Content-Type",
                                                               "Date",
                                                               "Keep-Alive",
                                                               "Referrer-Policy",
                                                               "Server",
                                                               "Strict-Transport-Security",
                                                               "Trailer",
                                                               "Transfer-Encoding",
                                                               "Upgrade",
                                                               "X-Content-Type-Options"};

// What most heads need, so that one is not moved while it grows.
constexpr std::size_t usual_head_bytes = 512;

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

void add_status_line(std::string& head, unsigned status) {
    namespace beast_http = boost::beast::http;
    const std::string_view phrase = beast_http::obsolete_reason(beast_http::int_to_status(status));
    head.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(phrase);
    head += "\r\n";
}

// Most answers are given in the second of the one before.
std::string_view date_of(std::chrono::system_clock::time_point now) {
    struct Written {
        std::chrono::sys_seconds second{std::chrono::seconds(-1)};
        std::string date;
    };
    static thread_local Written last;
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != last.second) last = {second, http_date(now)};
    return last.date;
}

// The handler's fields that may be sent, and those that it may set in the place of ours.
void add_fields_of_handler(std::string& head, const Pairs& headers) {
    bool cached = false;
    bool restricted = false;
    for (const auto& [name, value] : headers) {
        if (!is_sendable(name, value)) continue;
        add_field(head, name, value);
        cached = cached || boost::beast::iequals(name, "Cache-Control");
        restricted = restricted || boost::beast::iequals(name, "Content-Security-Policy");
    }
    if (!cached) add_field(head, "Cache-Control", "no-store");
    if (!restricted) {
        add_field(head, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
}

void add_fields_for_browsers(std::string& head, const Delivery& delivery) {
    add_field(head, "X-Content-Type-Options", "nosniff");
    add_field(head, "Referrer-Policy", "no-referrer");
    if (delivery.secure) add_field(head, "Strict-Transport-Security", "max-age=31536000");
    if (delivery.varies_by_origin) add_field(head, "Vary", "Origin");
    if (delivery.origin.empty()) return;
    add_field(head, "Access-Control-Allow-Origin", delivery.origin);
    add_field(head, "Access-Control-Expose-Headers", "ETag, Location, Retry-After, Jejak-Position");
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
    const bool streamed = response.source != nullptr && !bodyless;
    Reply reply;
    reply.chunked = streamed && !delivery.http_1_0;
    reply.close = delivery.close || (streamed && delivery.http_1_0);
    std::string& head = reply.head;
    head.reserve(usual_head_bytes);
    add_status_line(head, response.status);
    add_field(head, "Date", date_of(now));
    if (reply.chunked) {
        add_field(head, "Transfer-Encoding", "chunked");
    } else if (!bodyless && !streamed) {
        add_field(head, "Content-Length", std::to_string(response.body.size()));
    }
    if (!bodyless && !response.content_type.empty()) {
        add_field(head, "Content-Type", response.content_type);
    }
    add_fields_of_handler(head, response.headers);
    add_fields_for_browsers(head, delivery);
    if (reply.close) add_field(head, "Connection", "close");
    if (delivery.keep_alive && !reply.close) add_field(head, "Connection", "keep-alive");
    head += "\r\n";
    if (bodyless || delivery.head_only) return reply;
    streamed ? reply.source.swap(response.source) : reply.body.swap(response.body);
    return reply;
}

}  // namespace jejak::http
