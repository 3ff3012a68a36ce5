#include "adapters/http/header_text.hpp"

#include <algorithm>

namespace jejak::http {

bool is_field_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char byte) {
        return byte == '\t' || (static_cast<unsigned char>(byte) >= 0x20 && byte != '\x7f');
    });
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char byte) {
        return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
               (byte >= 'A' && byte <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(byte) != std::string_view::npos;
    });
}

}  // namespace jejak::http
