#include "tools/load/timings.hpp"

#include <algorithm>

namespace jejak::load {

double Timings::quantile_ms(double share) const {
    if (us_.empty()) return 0;
    auto sorted = us_;
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + place, sorted.end());
    return sorted[static_cast<std::size_t>(place)] / 1000.0;
}

}  // namespace jejak::load
