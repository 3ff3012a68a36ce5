#pragma once

#include <string>
#include <string_view>

namespace jejak::scoring {

// What remains of a label when nobody cares how it is written: its letters (small) and digits.
// "DI ATAS ESPEKTASI" and "diatas-espektasi" are the same; letters beyond ASCII are dropped.
[[nodiscard]] std::string normal_form(std::string_view label);

}  // namespace jejak::scoring
