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

Formula formula_of(const Measured& measured, const PlanItem& item) {
    return item.formula.value_or(measured.formula);
}

}  // namespace

std::optional<Achievement> achievement_of(const Measured& measured, const PlanItem& item) {
    if (!item.target || !item.realisation || item.target->sign() <= 0) return std::nullopt;
    const auto ratio = *item.realisation / nearest_target(item);
    Achievement out;
    out.by_formula = (formula_of(measured, item) == Formula::normal ? ratio : 2 - ratio) * 100;
    out.value = out.by_formula;
    if (out.value.sign() < 0) out.value = 0;
    if (measured.cap && out.by_formula > *measured.cap) out.value = *measured.cap;
    return out;
}

MeasuredLine line_of(const Measured& measured, const PlanItem& item,
                     const Achievement& achievement) {
    MeasuredLine line;
    line.target = item.target->compact();
    if (item.target_upper) line.target_upper = item.target_upper->compact();
    line.realisation = item.realisation->compact();
    line.formula = name_of(formula_of(measured, item));
    line.achievement = achievement.by_formula.compact();
    if (achievement.value != achievement.by_formula) line.limited_to = achievement.value.compact();
    return line;
}

}  // namespace jejak::scoring
