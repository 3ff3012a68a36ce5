#include "adapters/http/target.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "adapters/csv/utf8.hpp"

namespace jejak::http {
namespace {

Refusal invalid_target(std::string detail) {
    return {400, "invalid_target", std::move(detail)};
}

bool is_visible_ascii(char byte) {
    return byte > ' ' && byte < '\x7f';
}

// pchar and "/" (RFC 3986, section 3.3).
bool is_path_octet(char byte) {
    return is_visible_ascii(byte) &&
           std::string_view("\"#<>?[\\]^`{|}").find(byte) == std::string_view::npos;
}

bool is_query_octet(char byte) {
    return is_visible_ascii(byte) && std::string_view("\"#<>").find(byte) == std::string_view::npos;
}

int hex_digit_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char byte) {
        return static_cast<unsigned char>(byte) < 0x20 || byte == '\x7f';
    });
}

Accepted<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && plus_is_blank) {
            decoded += ' ';
        } else if (text[at] != '%') {
            decoded += text[at];
        } else {
            const int high = at + 2 < text.size() ? hex_digit_value(text[at + 1]) : -1;
            const int low = at + 2 < text.size() ? hex_digit_value(text[at + 2]) : -1;
            if (high < 0 || low < 0) {
                return invalid_target(
                    "a % in the target is not followed by two hexadecimal digits");
            }
            decoded += static_cast<char>(high * 16 + low);
            at += 2;
        }
    }
    if (has_control_character(decoded)) {
        return invalid_target("the target has an escaped control character");
    }
    if (!csv::is_utf8_text(decoded))
        return invalid_target("the escapes of the target are no UTF-8");
    return decoded;
}

// The part before `separator`; `rest` is what follows it.
std::string_view part_before(std::string_view& rest, char separator) {
    const auto at = rest.find(separator);
    const auto part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
    return part;
}

Accepted<std::string> decoded_path(std::string_view raw) {
    if (!raw.starts_with('/')) return invalid_target("the path of the target begins with no /");
    if (!std::all_of(raw.begin(), raw.end(), is_path_octet)) {
        return invalid_target("the path has a character that has to be escaped (RFC 3986)");
    }
    std::string path;
    for (std::string_view rest = raw.substr(1);;) {
        const bool last = rest.find('/') == std::string_view::npos;
        const auto segment = percent_decoded(part_before(rest, '/'), false);
        if (!segment) return segment.error();
        if (segment->find('/') != std::string::npos) {
            return invalid_target("the path has an escaped /");
        }
        if (*segment == "." || *segment == "..") {
            return invalid_target("the path has a segment . or ..; resolve it before you ask");
        }
        path += '/' + *segment;
        if (last) return path;
    }
}

Accepted<Pairs> decoded_query(std::string_view raw) {
    if (!std::all_of(raw.begin(), raw.end(), is_query_octet)) {
        return invalid_target("the query has a character that has to be escaped (RFC 3986)");
    }
    Pairs query;
    while (!raw.empty()) {
        std::string_view value = part_before(raw, '&');
        if (value.empty()) continue;
        auto decoded_name = percent_decoded(part_before(value, '='), true);
        if (!decoded_name) return decoded_name.error();
        auto decoded_value = percent_decoded(value, true);
        if (!decoded_value) return decoded_value.error();
        query.emplace_back(std::move(*decoded_name), std::move(*decoded_value));
    }
    return query;
}

}  // namespace

Accepted<Target> parse_target(std::string_view target) {
    const auto path = decoded_path(part_before(target, '?'));
    if (!path) return path.error();
    const auto query = decoded_query(target);
    if (!query) return query.error();
    return Target{*path, *query};
}

}  // namespace jejak::http
