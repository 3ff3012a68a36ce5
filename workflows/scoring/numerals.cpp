#include "workflows/scoring/numerals.hpp"

namespace jejak::scoring {

std::string numeral(std::string decimal, Language language) {
    const char point = language == Language::id ? ',' : '.';
    const char thousands = language == Language::id ? '.' : ',';
    const auto dot = decimal.find('.');
    if (dot != std::string::npos) decimal[dot] = point;
    const std::size_t first = decimal.starts_with('-') ? 1 : 0;
    for (auto i = dot == std::string::npos ? decimal.size() : dot; i > first + 3;) {
        i -= 3;
        decimal.insert(i, 1, thousands);
    }
    return decimal;
}

}  // namespace jejak::scoring
