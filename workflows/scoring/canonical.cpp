#include "workflows/scoring/canonical.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <utility>
#include <vector>

namespace jejak::scoring {

namespace json = boost::json;

namespace {

void append_quoted(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (const auto byte = static_cast<unsigned char>(c); byte < 0x20) {
                    out += "\\u00";
                    out += hex[byte >> 4U];
                    out += hex[byte & 15U];
                } else {
                    out += c;
                }
        }
    }
    out += '"';
}

// Hears the parser and builds the canonical text from the inside out. A refusal stops the parser
// with `refusal` set; what remains empty was not JSON.
struct Writer {
    static constexpr std::size_t max_object_size = SIZE_MAX;
    static constexpr std::size_t max_array_size = SIZE_MAX;
    static constexpr std::size_t max_key_size = SIZE_MAX;
    static constexpr std::size_t max_string_size = SIZE_MAX;

    using Code = boost::system::error_code;
    // An object has members (key, text); an array has texts under empty keys.
    using Members = std::vector<std::pair<std::string, std::string>>;

    std::vector<Members> open{1};
    std::vector<std::string> keys{1};
    std::string partial;
    std::string refusal;

    bool refuse(Code& code, std::string why) {
        refusal = std::move(why);
        code = json::error::syntax;
        return false;
    }
    bool value(std::string text) {
        open.back().emplace_back(std::exchange(keys.back(), {}), std::move(text));
        return true;
    }
    bool begin() {
        open.emplace_back();
        keys.emplace_back();
        return true;
    }
    bool end(char opening, char closing, bool keyed) {
        std::string text(1, opening);
        for (const auto& [key, member] : open.back()) {
            if (text.size() > 1) text += ',';
            if (keyed) append_quoted(text, key), text += ':';
            text += member;
        }
        text += closing;
        open.pop_back();
        keys.pop_back();
        return value(std::move(text));
    }

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_array_begin(Code&) { return begin(); }
    bool on_array_end(std::size_t, Code&) { return end('[', ']', false); }
    bool on_object_begin(Code&) { return begin(); }
    bool on_object_end(std::size_t, Code& code) {
        auto& members = open.back();
        std::sort(members.begin(), members.end());
        const auto twice =
            std::adjacent_find(members.begin(), members.end(),
                               [](const auto& a, const auto& b) { return a.first == b.first; });
        if (twice != members.end()) {
            return refuse(code,
                          "the object that ends here has \"" + twice->first + "\" twice; keep one");
        }
        return end('{', '}', true);
    }
    bool on_key_part(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        return true;
    }
    bool on_key(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        keys.back() = std::exchange(partial, {});
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        return true;
    }
    bool on_string(json::string_view text, std::size_t, Code&) {
        partial.append(text.data(), text.size());
        std::string quoted;
        append_quoted(quoted, std::exchange(partial, {}));
        return value(std::move(quoted));
    }
    bool on_number_part(json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, Code&) {
        return value(std::to_string(number));
    }
    bool on_uint64(std::uint64_t number, json::string_view, Code&) {
        return value(std::to_string(number));
    }
    bool on_double(double, json::string_view, Code& code) {
        return refuse(code,
                      "a number that is not an integer of 64 bits; write it as a string, such as "
                      "\"7.35\"");
    }
    bool on_bool(bool truth, Code&) { return value(truth ? "true" : "false"); }
    bool on_null(Code&) { return value("null"); }
    bool on_comment_part(json::string_view, Code&) { return true; }
    bool on_comment(json::string_view, Code&) { return true; }
};

Error not_canonical(std::string_view text, std::size_t offset, const std::string& why) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const auto line_start = before.rfind('\n');
    const auto column =
        before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
    return error(ErrorCode::invalid_input, "line " + std::to_string(line) + ", column " +
                                               std::to_string(column) + ": " + why);
}

}  // namespace

Result<std::string> canonical_form(std::string_view text) {
    static constexpr std::size_t text_bytes_max = 16 * canonical_bytes_max;
    if (text.size() > text_bytes_max) {
        return error(ErrorCode::invalid_input,
                     "the document has " + std::to_string(text.size()) +
                         " bytes, more than any policy needs; shorten it");
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return error(ErrorCode::invalid_input,
                     "the document begins with a byte order mark; save it as UTF-8 without one");
    }
    json::parse_options options;
    options.max_depth = canonical_depth_max;
    json::basic_parser<Writer> parser(options);
    boost::system::error_code code;
    const auto consumed = parser.write_some(false, text.data(), text.size(), code);
    const auto& writer = parser.handler();
    if (!writer.refusal.empty()) return not_canonical(text, consumed, writer.refusal);
    if (code) return not_canonical(text, consumed, "not JSON: " + code.message());
    if (consumed != text.size()) {
        return not_canonical(text, consumed, "more after the document; keep one value");
    }
    std::string out = writer.open.front().front().second;
    if (out.size() > canonical_bytes_max) {
        return error(
            ErrorCode::invalid_input,
            "the document has " + std::to_string(out.size()) +
                " bytes in canonical form; at most 60000 are allowed, so shorten its texts");
    }
    return out;
}

}  // namespace jejak::scoring
