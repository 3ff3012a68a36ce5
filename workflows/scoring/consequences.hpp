#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workflows/scoring/rational.hpp"
#include "workflows/scoring/vocabulary.hpp"

// What a policy says about the time after the score: what the predicates of a unit should look
// like, what they are worth, and what is recommended. Nothing here changes a score.
namespace jejak::scoring {

// Percent of a unit's employees that have one of `predicates`.
struct DistributionLimit {
    enum class Kind { at_least, at_most, more_than, some };
    std::vector<std::string> predicates;
    Kind kind = Kind::at_most;
    Rational percent;  // some: at least one employee, unused
};
struct DistributionRule {
    std::string organisation;  // its predicate
    Text title;
    std::vector<std::string> words;  // that name it, in normal form
    std::vector<DistributionLimit> limits;
};
// SE MenPANRB 3/2023: the organisation's predicate limits those of its employees.
struct Distribution {
    std::vector<DistributionRule> rules;
    std::optional<Citation> source;
};

// Angka kredit: percent of the predicate * coefficient of the post * months / 12.
struct CreditRule {
    struct Coefficient {
        std::string id;
        Text title;
        Rational value;  // a year
    };
    std::vector<std::pair<std::string, Rational>> percents;  // by predicate
    std::vector<Coefficient> coefficients;
    std::optional<RoundingRule> rounding;
    std::optional<Citation> source;
};

// What is counted of a person's services (jumlah pengaduan yang ditangani dan cara
// penyelesaiannya): "complaints", and the ways in which they ended.
struct ServiceKind {
    struct Way {
        std::string id;
        Text title;
    };
    std::string id;
    Text title;
    std::vector<Way> ways;
    std::optional<Citation> source;
};

// At least so many services of a kind that ended in one of `ways`.
struct ServicesWanted {
    std::string kind;
    std::vector<std::string> ways;  // none: all
    std::uint32_t at_least = 1;
};

// Holds where all that stands here holds.
struct Condition {
    std::vector<std::string> predicates, flags;  // any of
    std::optional<Rational> gap_below;           // of a criterion's score to what is expected
    std::vector<std::string> criteria;           // for gap_below; none: all
    std::optional<Rational> achievement_below;   // of an item of the plan, in percent
    std::optional<Rational> score_from, score_below;
    std::vector<std::pair<std::string, std::vector<std::string>>> classifications;
    std::optional<ServicesWanted> services;
};
struct Recommendation {
    std::string id;
    RecommendationKind kind = RecommendationKind::development;
    Text text;
    Condition when;
    std::optional<Citation> source;
};

}  // namespace jejak::scoring
