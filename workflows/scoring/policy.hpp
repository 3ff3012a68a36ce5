#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/ids.hpp"
#include "workflows/scoring/consequences.hpp"
#include "workflows/scoring/procedure.hpp"
#include "workflows/scoring/rational.hpp"
#include "workflows/scoring/vocabulary.hpp"

// A policy: the document that says how an appraisal is scored and run (grammar: README.md).
// Plain data, compiled from its text by parse_policy; never changed afterwards.
namespace jejak::scoring {

struct ScaleLabel {
    Rational value;
    Text text;
};
// A word that stands for a value of a scale, in normal form (spelling.hpp).
struct ScaleWord {
    std::string word;
    Rational value;
};
struct Scale {
    Rational minimum{1}, maximum{5};
    std::uint32_t decimals = 0;
    std::vector<ScaleLabel> labels;
    std::vector<ScaleWord> words;
};

// Counts criteria by their level instead of adding their scores (PermenPANRB 6/2022).
struct OrdinalRule {
    Rational above, expected;  // scores from which a criterion is above, or as expected
    Rational most{1, 2};       // a share greater than this is "most"
    Rational small{1, 2};      // of the main criteria at most this share may be below
};
struct Group {
    std::string id;
    Text title;
    Constant weight{100};  // all groups together: exactly 100, unless the policy names its total
    GroupMeasure measure = GroupMeasure::mean;
    std::optional<OrdinalRule> ordinal;
    std::optional<Rational> cap;
    std::optional<MissingRule> missing_criterion;  // none: the policy's
    std::optional<Citation> source;
    std::vector<std::uint32_t> criteria;  // indices into Policy::criteria
};
struct Criterion {
    std::string id;
    Text title;
    std::uint32_t group = 0;
    Constant weight{1};
    std::optional<Rational> expected_level;  // on the rating scale
    std::optional<Scale> scale;
    std::vector<std::uint32_t> speakers;  // indices into Policy::sources: who speaks to it
    std::optional<Citation> source;
};
// Where items of a plan belong: utama, tambahan.
struct PlanSection {
    std::string id;  // "" where the plan has no sections
    Text title;
    std::uint32_t group = 0;
    bool main = true;  // counts as a main result in an ordinal group
    std::uint32_t minimum_items = 1;
    std::optional<Rational> weight_sum;    // of its items, where the policy asks for one
    std::optional<std::uint32_t> convert;  // index into Policy::conversions
    std::vector<std::uint32_t> speakers;   // of its items, as of a criterion
};
// Criteria that each appraisal brings along; they alone make up their groups.
struct Plan {
    std::vector<PlanSection> sections;  // at least one
    PlanWeights weights = PlanWeights::own;
    std::optional<Citation> source;
};
// How the parts of a period make up the whole: a transfer, a change of superior, quarters.
struct Parts {
    PartRule how = PartRule::months;
    std::uint32_t minimum_months = 0;  // a shorter part does not count
};
struct Source {
    std::string id;
    Text title;
    SourceKind by = SourceKind::supervisor;
    Constant weight{1};         // 0: shown, never scored
    std::uint32_t minimum = 1;  // ratings of a criterion below which the source is missing there
    std::uint32_t minimum_disclosure = 1;  // raters below which no aggregate may be shown
    Constant factor{1};                    // rating * factor lies on the common scale
    std::vector<bool> groups;              // per group: does it speak to it?
    std::optional<Parts> parts;            // carried; none: the one carried in last counts
    std::optional<Scale> scale;
    std::optional<Citation> source;
};
// A line through two points, or a constant, for all numbers that reach it.
struct Piece {
    Rational from;
    bool exclusive = false;
    Rational x, y, slope;  // y + (number - x) * slope
};
struct Conversion {
    std::string id;
    std::vector<Piece> pieces;  // the highest first; the last takes all that is lower
    std::optional<Citation> source;
};
// The achievement of a plan's item: formula, cap, rounding, conversion, in this order.
struct Measured {
    Formula formula = Formula::normal;
    std::optional<Rational> cap;  // an achievement is never below 0 and never above this
    std::optional<RoundingRule> rounding;
    std::optional<Rational> maximum_target;  // for 100 % of a target that cannot be exceeded
    std::optional<std::uint32_t> convert;    // index into Policy::conversions
    std::optional<Citation> source;
};
// PermenPANRB 14/2017: sum(mean of element * element_weight) * factor, then rounded.
struct Survey {
    std::uint32_t elements = 9;
    Rational element_weight{1, 9};
    Rational factor{25};
    Rational minimum{1}, maximum{4};  // of an answer
    std::uint32_t decimals = 2;
    RoundingMode mode = RoundingMode::half_up;
    std::uint32_t criterion = 0;
    std::optional<Citation> source;
};
// A value computed from groups and earlier steps. Values are counted groups first, then steps.
struct Step {
    struct Term {
        std::uint32_t value = 0;  // index of a group or an earlier step
        Constant factor{1};
    };
    struct Flagged {
        std::string flag;
        Rational factor;
    };
    std::string id;
    Text title;
    StepRule how = StepRule::sum;
    std::vector<Term> of;        // sum, mean
    std::uint32_t value = 0;     // flagged, blend
    std::uint32_t with = 0;      // blend
    std::vector<Flagged> flags;  // the greatest factor whose flag is set
    Rational otherwise;          // where none is set
    std::optional<Rational> minimum, maximum;
    std::optional<RoundingRule> rounding;
    std::optional<Citation> source;
};
// Holds from `from` upwards: inclusive, or exclusive ("above"). Kept from the highest downwards.
struct Band {
    std::string code;
    Text title;
    Rational from;
    bool exclusive = false;
    std::vector<std::string> flags;  // all must be set, otherwise the next band is tried
};
struct Matrix {
    std::uint32_t row = 0, column = 0;  // groups or steps
    std::vector<Band> rows, columns;    // ratings of each axis, highest first
    std::vector<std::string> cells;     // predicate codes, rows.size() * columns.size(), row by row
    std::vector<std::pair<std::string, Text>> titles;        // of ratings and predicates
    std::vector<std::pair<std::string, std::string>> words;  // in normal form, and their code
    std::optional<Citation> source;
};
// A further reading of a number, beside the predicate.
struct Classification {
    std::string id;
    Text title;
    std::optional<std::uint32_t> value;  // group or step; none: the total
    std::vector<Band> bands;
    std::optional<Citation> source;
};
// The periods and the scope that a policy is for. Dates are texts YYYY-MM-DD, inclusive.
struct Applies {
    std::string from;
    std::string until;                  // "": until another one does
    std::vector<std::string> units;     // none: all
    std::vector<std::string> kinds;     // none: all
    std::vector<std::string> statuses;  // pns, pppk, other; none: all
};

struct Policy {
    std::string id;
    Text title;
    std::vector<Citation> citations;
    std::optional<Applies> applies;
    Scale scale;
    std::vector<Group> groups;
    std::vector<Criterion> criteria;
    std::optional<Plan> plan;
    std::vector<Source> sources;
    std::optional<Measured> measured;
    std::optional<Survey> survey;
    MissingRule missing_source = MissingRule::refuse;
    MissingRule missing_criterion = MissingRule::refuse;
    std::optional<RoundingRule> round_criterion, round_group, round_total;
    std::optional<Rational> cap_total;
    std::vector<Conversion> conversions;
    std::vector<Step> steps;
    Total total = Total::of_groups;
    std::uint32_t total_value = 0;  // where Total::named
    std::vector<Band> bands;
    std::optional<Citation> bands_source;
    std::optional<Matrix> matrix;
    std::vector<Classification> classifications;
    std::optional<Distribution> distribution;
    std::optional<CreditRule> credit;
    std::vector<ServiceKind> services;
    std::vector<Recommendation> recommendations;
    Stages stages;
    Feedback feedback;
    Deadlines deadlines;
    Requires requirements;
    std::optional<Panel> panel;      // decides about objections; none: the superior alone
    std::vector<std::string> flags;  // that it knows, sorted
    std::string canonical;           // the document in canonical form
    Sha256 hash{};                   // SHA-256 of `canonical`: the policy's name
    std::string hash_text;           // in hex
};

}  // namespace jejak::scoring
