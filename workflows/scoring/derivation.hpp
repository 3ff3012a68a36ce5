#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/policy.hpp"

// Why a score is what it is: recorded when an appraisal is finalised, computed again by `verify`.
// Numbers are Rational::compact() texts. Only strings, integers, vectors, optionals and described
// structs, so that generic code encodes it. No sum of a source that had too few raters stands here.
namespace jejak::scoring {

inline constexpr std::size_t listed_versions_max = 256;

// The events of the stream that a source's numbers come from, ascending, each once; above 256 of
// them only their count and the SHA-256 (hex) of their versions as big-endian 32-bit numbers.
struct SourceInputs {
    std::string source;
    std::uint32_t raters = 0;
    std::uint32_t events = 0;
    std::vector<std::uint32_t> versions;
    std::string versions_sha256;
    friend bool operator==(const SourceInputs&, const SourceInputs&) = default;
};
// mean = sum / count; the source brings mean * factor into the criterion, with this weight.
// For a survey: respondents, sum of the elements' means, index. For a measured item: 1, the
// achievement, the achievement.
struct SourceLine {
    std::string source;
    std::uint32_t count = 0;
    std::string sum, mean, factor, weight;
    friend bool operator==(const SourceLine&, const SourceLine&) = default;
};
struct MeasuredLine {
    std::string target;
    std::optional<std::string> target_upper;
    std::string realisation, formula;
    std::string achievement;                // in percent, as the formula gives it
    std::optional<std::string> limited_to;  // when the cap, or 0, replaced it
    friend bool operator==(const MeasuredLine&, const MeasuredLine&) = default;
};
struct CriterionNode {
    std::string criterion, weight;
    std::optional<std::string> score;     // none: left out (see Derivation::missing)
    std::optional<std::string> expected;  // the score at the expected level
    std::optional<std::string> gap;       // score - expected
    std::optional<MeasuredLine> measured;
    std::vector<SourceLine> sources;
    friend bool operator==(const CriterionNode&, const CriterionNode&) = default;
};
struct GroupNode {
    std::string group, weight, measure;
    std::optional<std::string> score;
    std::vector<CriterionNode> criteria;
    friend bool operator==(const GroupNode&, const GroupNode&) = default;
};
struct SurveyNode {
    std::uint32_t version = 0;
    std::uint32_t respondents = 0;
    std::vector<std::string> element_means;
    std::string element_weight, factor, index;
    friend bool operator==(const SurveyNode&, const SurveyNode&) = default;
};
// `level` is source, criterion or group; `rule` what the policy did about it.
struct MissingStep {
    std::string level, criterion, source;  // a group stands in `criterion`
    std::uint32_t count = 0, minimum = 0;
    std::string rule;
    friend bool operator==(const MissingStep&, const MissingStep&) = default;
};
// Only roundings that changed a number. `at` is survey, achievement, criterion, group, step or
// total.
struct RoundingStep {
    std::string at, subject, before, after;
    std::uint32_t decimals = 0;
    std::string mode;
    friend bool operator==(const RoundingStep&, const RoundingStep&) = default;
};
struct PassedOver {
    std::string code, missing_flag;
    friend bool operator==(const PassedOver&, const PassedOver&) = default;
};
// What a conversion made of an achievement; `conversion` is its id, or "maximum_target".
struct ConversionStep {
    std::string criterion, conversion, before, after;
    friend bool operator==(const ConversionStep&, const ConversionStep&) = default;
};
// How many of a group's criteria are at which level (OrdinalRule).
struct OrdinalStep {
    std::string group;
    std::uint32_t criteria = 0, above = 0, not_below = 0, main = 0, main_below = 0;
    friend bool operator==(const OrdinalStep&, const OrdinalStep&) = default;
};
// A group, or a step (by its min or max), that was limited.
struct LimitStep {
    std::string value, before, after;
    friend bool operator==(const LimitStep&, const LimitStep&) = default;
};
struct Term {
    std::string value, number, factor;
    friend bool operator==(const Term&, const Term&) = default;
};
// A step of the policy with what went in. `flag` is the one whose factor counted, "" for none.
struct StepNode {
    std::string step, how;
    std::vector<Term> terms;
    std::string flag, result;
    friend bool operator==(const StepNode&, const StepNode&) = default;
};
struct ClassNode {
    std::string classification, number, code, threshold;
    friend bool operator==(const ClassNode&, const ClassNode&) = default;
};
// `by` is bands, matrix or "" (the policy names no predicates).
struct PredicateStep {
    std::string by, code;
    std::string threshold;                // bands: ">= 91" or "> 100"
    std::string row, column;              // matrix: the two ratings
    std::vector<PassedOver> passed_over;  // bands reached but for a flag
    friend bool operator==(const PredicateStep&, const PredicateStep&) = default;
};
struct Derivation {
    std::string policy, policy_sha256;
    std::vector<std::string> flags;  // set, and known to the policy; sorted
    std::vector<SourceInputs> sources;
    std::optional<SurveyNode> survey;
    std::vector<GroupNode> groups;
    std::vector<MissingStep> missing;
    std::vector<RoundingStep> rounding;
    std::optional<std::string> capped_from;  // the total before the policy's cap
    std::string total;                       // "" where the policy's total is none
    PredicateStep predicate;
    std::vector<ConversionStep> conversions;
    std::vector<OrdinalStep> ordinals;
    std::vector<LimitStep> limits;
    std::vector<StepNode> steps;
    std::vector<ClassNode> classes;
    friend bool operator==(const Derivation&, const Derivation&) = default;
};

BOOST_DESCRIBE_STRUCT(SourceInputs, (), (source, raters, events, versions, versions_sha256))
BOOST_DESCRIBE_STRUCT(SourceLine, (), (source, count, sum, mean, factor, weight))
BOOST_DESCRIBE_STRUCT(MeasuredLine, (),
                      (target, target_upper, realisation, formula, achievement, limited_to))
BOOST_DESCRIBE_STRUCT(CriterionNode, (),
                      (criterion, weight, score, expected, gap, measured, sources))
BOOST_DESCRIBE_STRUCT(GroupNode, (), (group, weight, measure, score, criteria))
BOOST_DESCRIBE_STRUCT(SurveyNode, (),
                      (version, respondents, element_means, element_weight, factor, index))
BOOST_DESCRIBE_STRUCT(MissingStep, (), (level, criterion, source, count, minimum, rule))
BOOST_DESCRIBE_STRUCT(RoundingStep, (), (at, subject, before, after, decimals, mode))
BOOST_DESCRIBE_STRUCT(PassedOver, (), (code, missing_flag))
BOOST_DESCRIBE_STRUCT(ConversionStep, (), (criterion, conversion, before, after))
BOOST_DESCRIBE_STRUCT(OrdinalStep, (), (group, criteria, above, not_below, main, main_below))
BOOST_DESCRIBE_STRUCT(LimitStep, (), (value, before, after))
BOOST_DESCRIBE_STRUCT(Term, (), (value, number, factor))
BOOST_DESCRIBE_STRUCT(StepNode, (), (step, how, terms, flag, result))
BOOST_DESCRIBE_STRUCT(ClassNode, (), (classification, number, code, threshold))
BOOST_DESCRIBE_STRUCT(PredicateStep, (), (by, code, threshold, row, column, passed_over))
BOOST_DESCRIBE_STRUCT(Derivation, (),
                      (policy, policy_sha256, flags, sources, survey, groups, missing, rounding,
                       capped_from, total, predicate, conversions, ordinals, limits, steps,
                       classes))

// As it was recorded before policies had steps (Finalised and ResultChanged, version 1).
struct DerivationV1 {
    std::string policy, policy_sha256;
    std::vector<std::string> flags;
    std::vector<SourceInputs> sources;
    std::optional<SurveyNode> survey;
    std::vector<GroupNode> groups;
    std::vector<MissingStep> missing;
    std::vector<RoundingStep> rounding;
    std::optional<std::string> capped_from;
    std::string total;
    PredicateStep predicate;
};
BOOST_DESCRIBE_STRUCT(DerivationV1, (),
                      (policy, policy_sha256, flags, sources, survey, groups, missing, rounding,
                       capped_from, total, predicate))
[[nodiscard]] Derivation upcast(const DerivationV1&);

}  // namespace jejak::scoring
