#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/ids.hpp"
#include "workflows/scoring/rational.hpp"
#include "workflows/scoring/vocabulary.hpp"

// A policy: the document that says how an appraisal is scored and run (grammar: README.md).
// Plain data, compiled from its text by parse_policy; never changed afterwards.
namespace jejak::scoring {

struct Citation {
    std::string text;
    std::string confidence;  // "S" read in a source, "D" derived, "C" seen in code, "M" memory, ""
};

struct ScaleLabel {
    Rational value;
    Text text;
};
struct Scale {
    Rational minimum{1}, maximum{5};
    std::uint32_t decimals = 0;
    std::vector<ScaleLabel> labels;
};

struct Group {
    std::string id;
    Text title;
    Rational weight{100};  // all groups together: exactly 100
    GroupMeasure measure = GroupMeasure::mean;
    std::vector<std::uint32_t> criteria;  // indices into Policy::criteria
};
struct Criterion {
    std::string id;
    Text title;
    std::uint32_t group = 0;
    Rational weight{1};
    std::optional<Rational> expected_level;  // on the rating scale
    std::optional<Scale> scale;
};
// Criteria that each appraisal brings along; they alone make up their group.
struct Plan {
    std::uint32_t group = 0;
    PlanWeights weights = PlanWeights::own;
    std::uint32_t minimum_items = 1;
};
struct Source {
    std::string id;
    Text title;
    SourceKind by = SourceKind::supervisor;
    Rational weight{1};         // 0: shown, never scored
    std::uint32_t minimum = 1;  // ratings of a criterion below which the source is missing there
    std::uint32_t minimum_disclosure = 1;  // raters below which no aggregate may be shown
    Rational factor{1};                    // rating * factor lies on the common scale
    std::vector<bool> groups;              // per group: does it speak to it?
    std::optional<Scale> scale;
};
struct Measured {
    Formula formula = Formula::normal;
    std::optional<Rational> cap;  // an achievement is never below 0 and never above this
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
};
struct RoundingRule {
    std::uint32_t decimals = 2;
    RoundingMode mode = RoundingMode::half_up;
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
    std::uint32_t row = 0, column = 0;  // groups
    std::vector<Band> rows, columns;    // ratings of each axis, highest first
    std::vector<std::string> cells;     // predicate codes, rows.size() * columns.size(), row by row
    std::vector<std::pair<std::string, Text>> titles;  // of ratings and predicates
};
struct Stages {
    StageRule self_assessment = StageRule::required;
    StageRule review = StageRule::required;
    StageRule feedback = StageRule::required;
};
struct Feedback {
    std::uint32_t window_days = 14;
    bool invited_only = true;
    std::vector<std::uint32_t> sources;  // indices; peer, subordinate or community
};
// Calendar days; none: no clock runs.
struct Deadlines {
    std::optional<std::uint32_t> self_assessment_days, review_days, gate_days, acknowledge_days,
        objection_days;
};

struct Policy {
    std::string id;
    Text title;
    std::vector<Citation> citations;
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
    std::vector<Band> bands;
    std::optional<Matrix> matrix;
    Stages stages;
    Feedback feedback;
    Deadlines deadlines;
    std::string canonical;  // the document in canonical form
    Sha256 hash{};          // SHA-256 of `canonical`: the policy's name
};

}  // namespace jejak::scoring
