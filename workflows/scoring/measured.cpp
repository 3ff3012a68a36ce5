#include "workflows/scoring/measured.hpp"

#include <algorithm>

namespace jejak::scoring {

namespace {

// The end of the target that the realisation is measured against: of a range the nearer one, and
// inside it the realisation itself, which is 100 % (PermenPANRB 8/2021 is silent on the inside).
Rational nearest_target(const PlanItem& item) {
    if (!item.target_upper || *item.realisation < *item.target) return *item.target;
    return std::min(*item.realisation, *item.target_upper);
}

}  // namespace

Achievement achievement_of(const Measured& measured, const PlanItem& item) {
    if (!item.target || !item.realisation || item.target->sign() <= 0) return {};
    const auto formula = item.formula.value_or(measured.formula);
    const auto ratio = *item.realisation / nearest_target(item);
    auto percent = (formula == Formula::normal ? ratio : 2 - ratio) * 100;
    Achievement out;
    out.line.target = item.target->compact();
    if (item.target_upper) out.line.target_upper = item.target_upper->compact();
    out.line.realisation = item.realisation->compact();
    out.line.formula = name_of(formula);
    out.line.achievement = percent.compact();
    std::optional<Rational> limit;
    if (percent.sign() < 0) limit = 0;
    if (measured.cap && percent > *measured.cap) limit = measured.cap;
    if (limit) out.line.limited_to = limit->compact();
    out.value = limit ? *limit : percent;
    return out;
}

}  // namespace jejak::scoring
