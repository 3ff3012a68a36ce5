#include "workflows/scoring/predicate.hpp"

#include <algorithm>

namespace jejak::scoring {

namespace {

bool reaches(const Rational& score, const Band& band) {
    return band.exclusive ? score > band.from : score >= band.from;
}

// The highest rating that is reached. The lowest reaches down to every possible score (check), so
// what lies below, were there any, belongs to it.
std::size_t rating_of(const std::vector<Band>& ratings, const Rational& score) {
    const auto found = std::find_if(ratings.begin(), ratings.end(),
                                    [&](const Band& band) { return reaches(score, band); });
    return std::min(static_cast<std::size_t>(found - ratings.begin()), ratings.size() - 1);
}

std::string threshold_of(const Band& band) {
    return (band.exclusive ? "> " : ">= ") + band.from.compact();
}

}  // namespace

std::vector<std::string> flags_of(const Policy& policy) {
    std::vector<std::string> out;
    for (const auto& band : policy.bands)
        out.insert(out.end(), band.flags.begin(), band.flags.end());
    for (const auto& step : policy.steps) {
        for (const auto& flagged : step.flags)
            out.push_back(flagged.flag);
    }
    for (const auto& rule : policy.recommendations)
        out.insert(out.end(), rule.when.flags.begin(), rule.when.flags.end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> known_flags(const Policy& policy, const std::vector<std::string>& flags) {
    std::vector<std::string> out;
    std::copy_if(policy.flags.begin(), policy.flags.end(), std::back_inserter(out),
                 [&](const std::string& flag) {
                     return std::find(flags.begin(), flags.end(), flag) != flags.end();
                 });
    return out;
}

PredicateStep find_predicate(const Policy& policy, const Rational& total,
                             const std::vector<std::optional<Rational>>& values,
                             const std::vector<std::string>& flags) {
    PredicateStep step;
    if (const auto& matrix = policy.matrix) {
        const auto row = rating_of(matrix->rows, *values[matrix->row]);
        const auto column = rating_of(matrix->columns, *values[matrix->column]);
        step.by = "matrix";
        step.row = matrix->rows[row].code;
        step.column = matrix->columns[column].code;
        step.code = matrix->cells[row * matrix->columns.size() + column];
        return step;
    }
    for (const auto& band : policy.bands) {
        const bool last = &band == &policy.bands.back();
        if (!reaches(total, band) && !last) continue;
        const auto missing =
            std::find_if_not(band.flags.begin(), band.flags.end(), [&](const std::string& flag) {
                return std::find(flags.begin(), flags.end(), flag) != flags.end();
            });
        if (missing != band.flags.end()) {
            step.passed_over.push_back({band.code, *missing});
            continue;
        }
        step.by = "bands";
        step.code = band.code;
        step.threshold = threshold_of(band);
        break;
    }
    return step;
}

std::vector<ClassNode> find_classes(const Policy& policy, const Rational& total,
                                    const std::vector<std::optional<Rational>>& values) {
    std::vector<ClassNode> out;
    for (const auto& classification : policy.classifications) {
        const auto number = classification.value ? values[*classification.value] : total;
        if (!number) continue;
        const auto& band = classification.bands[rating_of(classification.bands, *number)];
        out.push_back({classification.id, number->compact(), band.code, threshold_of(band)});
    }
    return out;
}

}  // namespace jejak::scoring
