#include "workflows/scoring/spelling.hpp"

namespace jejak::scoring {

std::string normal_form(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c - 'A' + 'a');
        } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            out += c;
        }
    }
    return out;
}

}  // namespace jejak::scoring
