#include "workflows/scoring/rounded.hpp"

#include "workflows/scoring/made.hpp"

namespace jejak::scoring {

Rational rounded(const Rational& number, const std::optional<RoundingRule>& rule, const char* at,
                 const std::string& subject, Derivation* derivation) {
    if (!rule) return number;
    auto after = number.round(rule->decimals, rule->mode);
    if (derivation != nullptr && after != number) {
        append(derivation->rounding, [&] {
            return RoundingStep{at,
                                subject,
                                number.compact(),
                                after.compact(),
                                rule->decimals,
                                name_of(rule->mode)};
        });
    }
    return after;
}

}  // namespace jejak::scoring
