#include "engine/ids.hpp"

#include <algorithm>

namespace jejak {
namespace {

constexpr std::size_t stream_id_size_max = 96;
constexpr std::size_t command_id_size_max = 64;

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == ':' || c == '@';
}

Error bad_token(std::string_view what, std::string_view text) {
    std::string quoted;  // control characters must not reach a terminal or a log line
    for (const char c : text.substr(0, 100))
        quoted += (c >= 0x20 && c < 0x7f) ? c : '?';
    return error(ErrorCode::invalid_input, std::string(what) + " \"" + quoted +
                                               "\" may hold letters, digits and . _ - : @ only");
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::string to_hex(const std::uint8_t* bytes, std::size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(size * 2, '0');
    for (std::size_t i = 0; i < size; ++i) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return text;
}

bool from_hex(std::string_view text, std::uint8_t* out, std::size_t size) {
    if (text.size() != size * 2) return false;
    for (std::size_t i = 0; i < size; ++i) {
        const int high = hex_value(text[2 * i]);
        const int low = hex_value(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        out[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

Result<StreamId> StreamId::make(std::string_view workflow, std::string_view key) {
    const bool workflow_is_word =
        !workflow.empty() && std::all_of(workflow.begin(), workflow.end(),
                                         [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    if (!workflow_is_word) return bad_token("the workflow name", workflow);
    if (key.empty() || workflow.size() + 1 + key.size() > stream_id_size_max) {
        return error(ErrorCode::invalid_input,
                     "a stream key needs 1 to " +
                         std::to_string(stream_id_size_max - workflow.size() - 1) +
                         " characters, this one has " + std::to_string(key.size()));
    }
    if (!std::all_of(key.begin(), key.end(), is_key_character)) return bad_token("the key", key);
    std::string text(workflow);
    text += '/';
    text += key;
    return StreamId(std::move(text));
}

Result<StreamId> StreamId::parse(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return error(ErrorCode::invalid_input,
                     "a stream id reads \"workflow/key\"; the slash is missing");
    }
    return make(text.substr(0, slash), text.substr(slash + 1));
}

std::string_view StreamId::workflow() const {
    return std::string_view(text_).substr(0, text_.find('/'));
}

std::string_view StreamId::key() const {
    const auto slash = text_.find('/');
    return slash == std::string::npos ? std::string_view{}
                                      : std::string_view(text_).substr(slash + 1);
}

Result<CommandId> CommandId::make(std::string_view text) {
    if (text.empty() || text.size() > command_id_size_max) {
        return error(
            ErrorCode::invalid_input,
            "a command id needs 1 to 64 characters, this one has " + std::to_string(text.size()));
    }
    if (!std::all_of(text.begin(), text.end(), is_key_character)) {
        return bad_token("the command id", text);
    }
    return CommandId(std::string(text));
}

}  // namespace jejak
