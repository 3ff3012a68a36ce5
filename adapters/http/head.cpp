#include "adapters/http/head.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <charconv>
#include <string>
#include <utility>

#include "adapters/http/header_text.hpp"
#include "adapters/http/target.hpp"

namespace jejak::http {
namespace {

using HeadParser = boost::beast::http::request_parser<boost::beast::http::empty_body>;

constexpr std::string_view end_of_head = "\r\n\r\n";

Refusal malformed_head(std::string detail) {
    return {400, "malformed_request", std::move(detail)};
}

Refusal invalid_framing(std::string detail) {
    return {400, "invalid_framing", std::move(detail)};
}

Refusal target_too_long() {
    return {414, "target_too_long", "the request target is longer than is taken"};
}

bool same_letters(std::string_view left, std::string_view right) {
    return boost::beast::iequals(left, right);
}

std::size_t count_of(const Request& request, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(request.headers.begin(), request.headers.end(),
                      [&](const auto& field) { return same_letters(field.first, name); }));
}

// The second word of the request line, as far as it is there.
std::string_view target_in(std::string_view input) {
    input = input.substr(0, input.find('\r'));
    const auto blank = input.find(' ');
    if (blank == std::string_view::npos) return {};
    input.remove_prefix(blank + 1);
    return input.substr(0, input.find(' '));
}

Refusal header_too_large(std::string_view input, const Limits& limits) {
    if (target_in(input).size() > limits.target_bytes_max) return target_too_long();
    return {431, "header_too_large", "the header is longer than is taken"};
}

// "GET / HTTP/2.0": a request line with a version that is none of ours.
bool names_another_version(std::string_view head) {
    const auto line = head.substr(0, head.find("\r\n"));
    const auto word = line.substr(line.rfind(' ') + 1);
    const auto is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
    return std::count(line.begin(), line.end(), ' ') == 2 && word.size() == 8 &&
           word.starts_with("HTTP/") && is_digit(word[5]) && word[6] == '.' && is_digit(word[7]);
}

Refusal refusal_of_parser(const boost::beast::error_code& fault, std::string_view head) {
    using enum boost::beast::http::error;
    if (fault == bad_version && names_another_version(head)) {
        return {505, "version_not_supported", "HTTP/1.1 and HTTP/1.0 are spoken here"};
    }
    if (fault == bad_content_length || fault == multiple_content_length ||
        fault == bad_transfer_encoding) {
        return invalid_framing("Content-Length and Transfer-Encoding leave the body's end open");
    }
    if (fault == bad_method) return malformed_head("the method is no token");
    if (fault == bad_target) return malformed_head("the request target is empty or has blanks");
    if (fault == bad_version) return malformed_head("the request line ends with no HTTP version");
    if (fault == bad_field) return malformed_head("a header field has no name or an invalid one");
    if (fault == bad_value) return malformed_head("a header field has an invalid value");
    return malformed_head("the header is not as RFC 9112 has it");
}

bool is_decimal(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char b) { return b >= '0' && b <= '9'; });
}

// uri-host [ ":" port ] (RFC 9112, section 3.2), without the sub-delims that no host has: a comma
// would be two values merged.
bool is_host(std::string_view text) {
    const auto colon = text.rfind(':');
    const bool has_port = colon != std::string_view::npos && !text.ends_with(']');
    const auto host = has_port ? text.substr(0, colon) : text;
    if (has_port && colon + 1 < text.size() && !is_decimal(text.substr(colon + 1))) return false;
    const bool literal = host.starts_with('[') && host.ends_with(']');
    const auto name = literal ? host.substr(1, host.size() - 2) : host;
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char byte) {
        return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z') || byte == '.' || byte == '-' || byte == '_' ||
               (literal && byte == ':');
    });
}

// Transfer-Encoding as this server takes it: "chunked", once.
Accepted<bool> is_chunked(const Head& head) {
    const std::size_t count = count_of(head.request, "Transfer-Encoding");
    if (count == 0) return false;
    if (head.http_1_0) return invalid_framing("HTTP/1.0 has no Transfer-Encoding");
    if (count > 1) return invalid_framing("Transfer-Encoding stands twice");
    const auto value = *head.request.header("Transfer-Encoding");
    if (same_letters(value, "chunked")) return true;
    for (std::string_view rest = value; !rest.empty();) {
        auto coding = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), coding.size() + 1));
        coding.remove_prefix(std::min(coding.size(), coding.find_first_not_of(" \t")));
        coding = coding.substr(0, coding.find_last_not_of(" \t") + 1);
        if (is_token(coding) && !same_letters(coding, "chunked")) {
            return Refusal{501, "coding_not_supported",
                           "the only transfer coding that is taken is chunked"};
        }
    }
    return invalid_framing("Transfer-Encoding is not chunked, once");
}

Accepted<Framing> framing_of(const Head& head) {
    const auto chunked = is_chunked(head);
    if (!chunked) return chunked.error();
    const std::size_t lengths = count_of(head.request, "Content-Length");
    if (lengths > 1) return invalid_framing("Content-Length stands twice");
    if (lengths == 0) return Framing{*chunked, 0};
    if (*chunked) return invalid_framing("Content-Length stands beside Transfer-Encoding");
    const auto text = *head.request.header("Content-Length");
    Framing framing;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), framing.content_length);
    if (!is_decimal(text) || read.ec != std::errc()) {
        return invalid_framing("Content-Length is not a number of bytes");
    }
    return framing;
}

std::optional<Refusal> fault_of_host(const Head& head) {
    const std::size_t count = count_of(head.request, "Host");
    if (count == 0 && head.http_1_0) return std::nullopt;
    if (count == 1 && is_host(*head.request.header("Host"))) return std::nullopt;
    return Refusal{400, "invalid_host", "the request needs one header Host with a host's name"};
}

std::optional<Refusal> fault_of_repetition(const Request& request) {
    static constexpr std::array<std::string_view, 3> single = {"Content-Type", "Authorization",
                                                               "Expect"};
    for (const std::string_view name : single) {
        if (count_of(request, name) > 1) {
            return Refusal{400, "duplicate_header", std::string(name) + " stands twice"};
        }
    }
    return std::nullopt;
}

// The target in origin form. The absolute form is for proxies, yet servers have to take it (RFC
// 9112, section 3.2.2); its host must be the one of Host, so that no two readers differ.
Accepted<std::string> origin_form(const Request& request) {
    std::string_view rest = request.target;
    if (rest.starts_with('/')) return std::string(rest);
    const auto scheme = rest.substr(0, rest.find("://"));
    if (!same_letters(scheme, "http") && !same_letters(scheme, "https")) {
        return Refusal{400, "invalid_target", "the target begins with no /"};
    }
    rest.remove_prefix(std::min(rest.size(), scheme.size() + 3));
    const auto authority = rest.substr(0, rest.find_first_of("/?#"));
    if (!same_letters(authority, request.header("Host").value_or(""))) {
        return Refusal{400, "invalid_target", "the host of the target is not the one of Host"};
    }
    rest.remove_prefix(authority.size());
    return (rest.starts_with('/') ? "" : "/") + std::string(rest);
}

std::optional<Refusal> read_target(Request& request, const Limits& limits) {
    if (request.target.size() > limits.target_bytes_max) return target_too_long();
    if (request.method == "CONNECT") {
        return Refusal{501, "method_not_supported", "this server is no proxy"};
    }
    if (request.method == "OPTIONS" && request.target == "*") {
        request.path = "*";
        return std::nullopt;
    }
    const auto origin = origin_form(request);
    if (!origin) return origin.error();
    auto target = parse_target(*origin);
    if (!target) return target.error();
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> Framing::fault_of_length(const Limits& limits) const {
    if (content_length <= limits.body_bytes_max) return std::nullopt;
    return Refusal{413, "body_too_large", "the body is longer than is taken"};
}

Accepted<std::optional<std::size_t>> find_head(std::string_view input, std::size_t& scanned,
                                               const Limits& limits) {
    for (; scanned < input.size(); ++scanned) {
        const char byte = input[scanned];
        if (scanned >= limits.header_bytes_max) return header_too_large(input, limits);
        if (byte == '\n') {
            const auto seen = input.substr(0, scanned + 1);
            if (!seen.ends_with("\r\n")) {
                return malformed_head("a line of the header ends without CR");
            }
            if (seen.ends_with(end_of_head)) return std::optional(scanned + 1);
        } else if (byte != '\r' && byte != '\t' &&
                   (static_cast<unsigned char>(byte) < 0x20 || byte == '\x7f')) {
            return malformed_head("the header has a control character");
        }
    }
    return std::optional<std::size_t>();
}

Accepted<Head> parse_head(std::string_view text, const Limits& limits) {
    // RFC 9112, section 5.2: a server may refuse folded lines; Beast joins them.
    if (text.find("\r\n ") != std::string_view::npos ||
        text.find("\r\n\t") != std::string_view::npos) {
        return malformed_head("a line of the header begins with a blank");
    }
    HeadParser parser;
    parser.header_limit(header_bytes_bound + 1);  // Beast's is not exact; find_head()'s is
    parser.body_limit(boost::none);               // ours comes after the checks of the framing
    boost::beast::error_code fault;
    const std::size_t parsed = parser.put(boost::asio::buffer(text), fault);
    if (fault) return refusal_of_parser(fault, text);
    if (!parser.is_header_done() || parsed != text.size()) {
        return malformed_head("the header is not as RFC 9112 has it");
    }
    Head head;
    const auto& fields = parser.get();
    head.http_1_0 = fields.version() == 10;
    head.keep_alive = parser.keep_alive();
    head.request.method = fields.method_string();
    head.request.target = fields.target();
    for (const auto& field : fields) {
        head.request.headers.emplace_back(field.name_string(), field.value());
    }
    const auto framing = framing_of(head);
    if (!framing) return framing.error();
    head.framing = *framing;
    if (const auto refusal = fault_of_host(head)) return *refusal;
    if (const auto refusal = fault_of_repetition(head.request)) return *refusal;
    if (const auto refusal = read_target(head.request, limits)) return *refusal;
    if (const auto expected = head.request.header("Expect"); expected && !head.http_1_0) {
        if (!same_letters(*expected, "100-continue")) {
            return Refusal{417, "expectation_failed", "the only expectation met is 100-continue"};
        }
        head.expects_continue = head.framing.has_body();
    }
    return head;
}

}  // namespace jejak::http
