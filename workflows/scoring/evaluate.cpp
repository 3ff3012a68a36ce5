#include "workflows/scoring/evaluate.hpp"

#include <algorithm>
#include <cstddef>

#include "workflows/scoring/conversion.hpp"
#include "workflows/scoring/heard.hpp"
#include "workflows/scoring/made.hpp"
#include "workflows/scoring/mean.hpp"
#include "workflows/scoring/measured.hpp"
#include "workflows/scoring/predicate.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/rounded.hpp"
#include "workflows/scoring/steps.hpp"

namespace jejak::scoring {
namespace {

// Ratings of one criterion by one source.
struct Cell {
    std::uint32_t count = 0;
    Rational sum;
};

class Evaluation {
  public:
    // Without `explains` the derivation stays empty but for its flags.
    Evaluation(const Policy& policy, const Inputs& inputs, bool explains)
        : policy_(policy),
          inputs_(inputs),
          explains_(explains),
          own_(policy.criteria.size()),
          criteria_(own_ + inputs.plan.size()),
          sources_(policy.sources.size()),
          cells_(criteria_ * sources_) {
        for (std::uint32_t s = 0; policy.measured && s < sources_; ++s)
            measures_ |= policy.sources[s].by == SourceKind::measured && counts(s);
        values_.reserve(policy.groups.size() + policy.steps.size());
    }

    std::variant<Outcome, Missing> run() {
        check_plan_size();
        gather_ratings();
        gather_survey();
        if (explains_) begin_derivation();
        for (std::uint32_t g = 0; g < policy_.groups.size(); ++g)
            score_group(g);
        derivation_.flags = known_flags(policy_, inputs_.flags);
        if (missing_.empty()) run_steps(policy_, explains_, derivation_, values_, missing_);
        // Where something is missing the steps were not run, and their values are not there.
        const auto total = missing_.empty() ? exact_total() : std::nullopt;
        if (missing_.empty() && policy_.total != Total::none && !total) {
            refuse({"nilai", "the score"}, {"tidak ada yang dinilai", "nothing was rated"});
        }
        if (missing_.empty()) check_matrix();
        if (!missing_.empty()) return Missing{std::move(missing_), std::move(derivation_)};
        return conclude(total.value_or(Rational()));
    }

  private:
    void refuse(Text what, Text why) { missing_.push_back({std::move(what), std::move(why)}); }

    void check_plan_size() {
        if (auto problem = check_plan(policy_, inputs_.plan)) {
            refuse({"rencana", "the plan"}, {*problem, *problem});
        }
    }

    void refuse_unknown(const char* id, const char* en, std::uint32_t index) {
        const auto number = std::to_string(index);
        refuse({id + number, en + number},
               {"tidak ada dalam kebijakan atau rencana", "is not in the policy or plan"});
    }

    void check_matrix() {
        if (!policy_.matrix) return;
        for (const auto value : {policy_.matrix->row, policy_.matrix->column}) {
            if (values_[value]) continue;
            const auto& id = value_id(policy_, value);
            refuse({"kelompok " + id, "group " + id},
                   {"tidak punya kriteria yang bernilai, padahal matriks memerlukannya",
                    "has no criterion with a score, but the matrix needs it"});
        }
    }

    std::optional<Rational> exact_total() const {
        if (policy_.total == Total::none) return std::nullopt;
        if (policy_.total == Total::named) return values_[policy_.total_value];
        if (totals_.weights.is_zero()) return std::nullopt;
        return totals_.value();
    }

    Cell& cell(std::size_t criterion, std::size_t source) {
        return cells_[criterion * sources_ + source];
    }

    void gather_ratings() {
        for (const auto& given : inputs_.sources) {
            if (given.source >= sources_) {
                refuse_unknown("sumber ", "source ", given.source);
                continue;
            }
            const bool counted = counts(given.source);
            for (const auto& rating : given.ratings) {
                if (rating.criterion >= criteria_) {
                    refuse_unknown("kriteria ", "criterion ", rating.criterion);
                } else if (counted) {
                    auto& sum = cell(rating.criterion, given.source);
                    sum.count += rating.count;
                    sum.sum += rating.sum;
                }
            }
        }
    }

    // A source without weight is shown and never scored.
    [[nodiscard]] bool counts(std::uint32_t source) const {
        return explains_ || !policy_.sources[source].weight.is_zero();
    }

    void begin_derivation() {
        derivation_.policy = policy_.id;
        derivation_.policy_sha256 = policy_.hash_text;
        derivation_.groups.reserve(policy_.groups.size());
        derivation_.sources = heard_sources(policy_, inputs_);
        if (survey_index_) {
            derivation_.survey = heard_survey(*policy_.survey, *inputs_.survey, *survey_index_);
        }
    }

    void gather_survey() {
        if (!policy_.survey || !inputs_.survey) return;
        const auto& rule = *policy_.survey;
        const auto& given = *inputs_.survey;
        if (given.element_means.size() != rule.elements) {
            const auto has = std::to_string(given.element_means.size());
            const auto wants = std::to_string(rule.elements);
            refuse({"survei", "the survey"}, {"memuat " + has + " dari " + wants + " unsur",
                                              "has " + has + " of " + wants + " elements"});
            return;
        }
        for (const auto& mean : given.element_means)
            survey_sum_ += mean;
        const auto exact = survey_sum_ * rule.element_weight * rule.factor;
        survey_index_ = rounded(exact, RoundingRule{rule.decimals, rule.mode}, "survey", "");
    }

    Rational rounded(const Rational& number, const std::optional<RoundingRule>& rule,
                     const char* at, const std::string& subject) {
        return scoring::rounded(number, rule, at, subject, explains_ ? &derivation_ : nullptr);
    }

    // `c` is none of the policy's own.
    const PlanItem& item_of(std::uint32_t c) const { return inputs_.plan[c - own_]; }

    const std::string& criterion_id(std::uint32_t c) const {
        return c < own_ ? policy_.criteria[c].id : item_of(c).id;
    }

    const Rational& criterion_weight(std::uint32_t c) const {
        static const Rational one(1);
        if (c < own_) return policy_.criteria[c].weight;
        return policy_.plan->weights == PlanWeights::own ? item_of(c).weight : one;
    }

    // What a source says of a criterion, with the count of those who said it; nothing: too few.
    struct Said {
        std::uint32_t count = 0;
        const Rational* sum = nullptr;
        const Rational* mean = nullptr;  // until the next source is asked
    };

    Said said(std::uint32_t s, std::uint32_t c, const std::optional<Rational>& achievement) {
        const auto& source = policy_.sources[s];
        if (source.by == SourceKind::measured) {
            if (!achievement) return {};
            return {1, &*achievement, &*achievement};
        }
        if (source.by == SourceKind::survey) {
            const auto count = survey_index_ ? inputs_.survey->respondents : 0;
            if (!survey_index_ || count < source.minimum) return {count};
            return {count, &survey_sum_, &*survey_index_};
        }
        const auto& ratings = cell(c, s);
        if (ratings.count < source.minimum) return {ratings.count};
        if (ratings.count == 1) return {1, &ratings.sum, &ratings.sum};
        mean_ = ratings.sum;
        mean_ /= ratings.count;
        return {ratings.count, &ratings.sum, &mean_};
    }

    struct Scored {
        Rational score;
        Rational expected;  // had every rater given the expected level; 0 where there is none
    };
    // On the scale of ratings; null: none, or nobody asks.
    [[nodiscard]] const Rational* expected_level(std::uint32_t c) const {
        if (c >= own_) return nullptr;
        const auto& criterion = policy_.criteria[c];
        const bool asked =
            explains_ || policy_.groups[criterion.group].measure == GroupMeasure::fit;
        return asked && criterion.expected_level ? &*criterion.expected_level : nullptr;
    }
    std::optional<Scored> score_criterion(std::uint32_t c, CriterionNode& node);
    std::optional<Rational> achievement(std::uint32_t c, CriterionNode& node);
    bool counts_as_zero(std::uint32_t c, bool silent, bool refused);
    void score_group(std::uint32_t g);
    std::optional<Rational> group_score(std::uint32_t g, const Mean& scores, const Mean& expected);
    void add_criterion(std::uint32_t c, GroupNode& node, Mean& scores, Mean& expected);
    Rational ordinal_score(const OrdinalRule& rule, const std::string& group);
    bool is_main(std::uint32_t c) const;
    Outcome conclude(const Rational& exact);

    const Policy& policy_;
    const Inputs& inputs_;
    bool explains_;
    bool measures_ = false;  // what the plan's items achieved is wanted
    std::size_t own_;        // criteria of the policy; those of the plan follow
    std::size_t criteria_;
    std::size_t sources_;
    std::vector<Cell> cells_;  // criterion by criterion, in each source by source
    Rational survey_sum_;
    std::optional<Rational> survey_index_;
    Rational mean_;  // of the ratings asked for last (Said)
    Mean totals_;
    std::vector<std::optional<Rational>> values_;  // of groups, then steps
    std::size_t items_ = 0;                        // of the group under way
    OrdinalStep levels_;                           // of the group under way
    CriterionNode unused_node_;                    // where nothing is explained
    GroupNode unused_group_;
    Derivation derivation_;
    std::vector<MissingPart> missing_;
};

// The weighted mean of what its sources say, on the common scale; none: left out, or refused.
std::optional<Evaluation::Scored> Evaluation::score_criterion(std::uint32_t c,
                                                              CriterionNode& node) {
    const bool planned = c >= own_;
    std::optional<Rational> achievement;
    if (planned && measures_) achievement = this->achievement(c, node);
    const auto* level = expected_level(c);
    const auto& speakers = planned ? policy_.plan->sections[item_of(c).section].speakers
                                   : policy_.criteria[c].speakers;
    if (explains_) node.sources.reserve(speakers.size());
    FewMean heard;
    Mean absent, expected, expected_of_absent;
    for (const auto s : speakers) {
        if (!counts(s)) continue;
        const auto& source = policy_.sources[s];
        const auto words = said(s, c, achievement);
        if (explains_ && words.mean) {
            append(node.sources, [&] {
                return SourceLine{source.id,
                                  words.count,
                                  words.sum->compact(),
                                  words.mean->compact(),
                                  source.factor.compact(),
                                  source.weight.compact()};
            });
        }
        if (source.weight.is_zero()) continue;
        if (words.mean) {
            heard.add(*words.mean * source.factor, source.weight);
        } else {
            absent.weights += source.weight;
            if (explains_)
                derivation_.missing.push_back({"source", node.criterion, source.id, words.count,
                                               source.minimum, name_of(policy_.missing_source)});
        }
        if (level)
            (words.mean ? expected : expected_of_absent).add(*level * source.factor, source.weight);
    }
    const bool refused = policy_.missing_source == MissingRule::refuse && !absent.weights.is_zero();
    const bool silent = heard.empty();
    if ((refused || silent) && !counts_as_zero(c, silent, refused)) return std::nullopt;
    if (silent || policy_.missing_source == MissingRule::zero) {
        heard.add(0, absent.weights);
        expected.sum += expected_of_absent.sum;
        expected.weights += expected_of_absent.weights;
    }
    Scored out{rounded(heard.value(), policy_.round_criterion, "criterion", node.criterion), {}};
    if (level) {
        out.expected = expected.value();
        if (!explains_) return out;
        node.expected = out.expected.compact();
        node.gap = (out.score - out.expected).compact();
    }
    return out;
}

// Percent by the formula, capped, rounded, converted.
std::optional<Rational> Evaluation::achievement(std::uint32_t c, CriterionNode& node) {
    const auto& item = item_of(c);
    const auto measured = achievement_of(*policy_.measured, item);
    if (!measured) return std::nullopt;
    if (explains_) node.measured = line_of(*policy_.measured, item, *measured);
    auto value = rounded(measured->value, policy_.measured->rounding, "achievement", item.id);
    const auto convert = [&](const std::string& conversion, Rational after) {
        if (explains_) {
            append(derivation_.conversions, [&] {
                return ConversionStep{item.id, conversion, value.compact(), after.compact()};
            });
        }
        value = std::move(after);
    };
    if (item.target_is_maximum && policy_.measured->maximum_target && value >= hundred) {
        convert("maximum_target", *policy_.measured->maximum_target);
    } else if (policy_.measured->convert) {
        const auto& table = policy_.conversions[*policy_.measured->convert];
        convert(table.id, converted(table, value));
    }
    if (const auto& own = policy_.plan->sections[item.section].convert) {
        const auto& table = policy_.conversions[*own];
        convert(table.id, converted(table, value));
    }
    return value;
}

// A criterion is silent, for it lacks all its sources, or lacks one under the rule "refuse".
bool Evaluation::counts_as_zero(std::uint32_t c, bool silent, bool refused) {
    const auto& id = criterion_id(c);
    const auto& group = policy_.groups[group_of(policy_, inputs_.plan, c)];
    const auto rule = group.missing_criterion.value_or(policy_.missing_criterion);
    if (!explains_) {
        if (refused || rule == MissingRule::refuse) refuse({}, {});
        return rule == MissingRule::zero;
    }
    if (refused || rule == MissingRule::refuse) {
        const auto sources = missing_sources(policy_, derivation_.missing, id);
        Text why = silent ? Text{"tidak punya sumber dengan penilai yang cukup",
                                 "has no source with enough raters"}
                          : Text{"kekurangan sumber dengan penilai yang cukup",
                                 "lacks a source with enough raters"};
        why.id += " (" + sources.id + ")";
        why.en += " (" + sources.en + ")";
        refuse({"kriteria " + id, "criterion " + id}, std::move(why));
        return false;
    }
    derivation_.missing.push_back({"criterion", id, "", 0, 0, name_of(rule)});
    return rule == MissingRule::zero;
}

void Evaluation::add_criterion(std::uint32_t c, GroupNode& node, Mean& scores, Mean& expected) {
    ++items_;
    const auto& weight = criterion_weight(c);
    if (explains_) {
        append(node.criteria, [&]() -> CriterionNode {
            const bool own = c < own_;
            return {criterion_id(c),
                    own ? policy_.criteria[c].weight.compact() : weight.compact(),
                    {},
                    {},
                    {},
                    {},
                    {}};
        });
    }
    auto& child = explains_ ? node.criteria.back() : unused_node_;
    const auto scored = score_criterion(c, child);
    if (!scored) return;
    if (explains_) child.score = scored->score.compact();
    scores.add(scored->score, weight);
    const auto& group = policy_.groups[group_of(policy_, inputs_.plan, c)];
    if (group.measure == GroupMeasure::fit) expected.add(scored->expected, weight);
    const auto& rule = group.ordinal;
    if (!rule) return;
    ++levels_.criteria;
    if (scored->score >= rule->above) ++levels_.above;
    const bool below = scored->score < rule->expected;
    if (!below) ++levels_.not_below;
    if (!is_main(c)) return;
    ++levels_.main;
    if (below) ++levels_.main_below;
}

void Evaluation::score_group(std::uint32_t g) {
    const auto& group = policy_.groups[g];
    if (explains_) {
        append(derivation_.groups, [&] {
            return GroupNode{group.id, group.weight.compact(), name_of(group.measure), {}, {}};
        });
        derivation_.groups.back().criteria.reserve(group.criteria.size() + inputs_.plan.size());
    }
    auto& node = explains_ ? derivation_.groups.back() : unused_group_;
    Mean scores, expected;
    items_ = 0;
    levels_ = OrdinalStep{};
    for (const auto c : group.criteria)
        add_criterion(c, node, scores, expected);
    for (std::size_t i = 0; policy_.plan && i < inputs_.plan.size(); ++i) {
        const auto c = static_cast<std::uint32_t>(own_ + i);
        if (group_of(policy_, inputs_.plan, c) == g) add_criterion(c, node, scores, expected);
    }
    const auto score = group_score(g, scores, expected);
    if (score) {
        if (explains_) node.score = score->compact();
        if (!group.weight.is_zero()) totals_.add(*score, group.weight);
    }
    values_.push_back(score);
}

bool Evaluation::is_main(std::uint32_t c) const {
    return c < own_ || policy_.plan->sections[item_of(c).section].main;
}

// PermenPANRB 6/2022: above if most are above and no main result is below; as expected if most are
// at least that and few main results are below; else below.
Rational Evaluation::ordinal_score(const OrdinalRule& rule, const std::string& group) {
    levels_.group = group;
    if (explains_) derivation_.ordinals.push_back(levels_);
    const Rational all(levels_.criteria);
    if (levels_.above > rule.most * all && levels_.main_below == 0) return rule.above;
    const bool few = levels_.main_below <= rule.small * levels_.main;
    if (levels_.not_below > rule.most * all && few) return rule.expected;
    return policy_.scale.minimum;
}

std::optional<Rational> Evaluation::group_score(std::uint32_t g, const Mean& scores,
                                                const Mean& expected) {
    const auto& group = policy_.groups[g];
    // No item at all brings no points; that is not the same as items that nobody rated.
    if (items_ == 0 && group.measure == GroupMeasure::points) return Rational();
    if (scores.weights.is_zero()) {
        derivation_.missing.push_back(
            {"group", group.id, "", 0, 0, name_of(MissingRule::renormalise)});
        return std::nullopt;
    }
    Rational exact;
    switch (group.measure) {
        case GroupMeasure::mean:
            exact = scores.value();
            break;
        case GroupMeasure::fit:
            exact = std::min(hundred, hundred * scores.sum / expected.sum);
            break;
        case GroupMeasure::points:
            exact = scores.sum / hundred;
            break;
        case GroupMeasure::ordinal:
            return ordinal_score(*group.ordinal, group.id);
    }
    if (group.cap && exact > *group.cap) {
        if (explains_)
            derivation_.limits.push_back({group.id, exact.compact(), group.cap->compact()});
        exact = *group.cap;
    }
    return rounded(exact, policy_.round_group, "group", group.id);
}

Outcome Evaluation::conclude(const Rational& exact) {
    auto total = exact;
    if (policy_.cap_total && total > *policy_.cap_total) {
        if (explains_) derivation_.capped_from = total.compact();
        total = *policy_.cap_total;
    }
    Outcome outcome;
    outcome.score = rounded(total, policy_.round_total, "total", "");
    if (explains_ && policy_.total != Total::none) {
        outcome.score_text = policy_.round_total
                                 ? outcome.score.decimal(policy_.round_total->decimals)
                                 : outcome.score.compact();
    }
    derivation_.total = outcome.score_text;
    derivation_.predicate = find_predicate(policy_, outcome.score, values_, derivation_.flags);
    if (explains_) derivation_.classes = find_classes(policy_, outcome.score, values_);
    outcome.predicate = derivation_.predicate.code;
    outcome.derivation = std::move(derivation_);
    return outcome;
}

}  // namespace

std::string Missing::text() const {
    std::string out;
    for (const auto& part : parts)
        out += (out.empty() ? "" : "; ") + part.what.en + " " + part.why.en;
    return out;
}

std::variant<Outcome, Missing> evaluate(const Policy& policy, const Inputs& inputs) {
    return Evaluation(policy, inputs, true).run();
}

std::optional<Score> score(const Policy& policy, const Inputs& inputs) {
    auto answer = Evaluation(policy, inputs, false).run();
    auto* outcome = std::get_if<Outcome>(&answer);
    if (outcome == nullptr) return std::nullopt;
    return Score{std::move(outcome->score), std::move(outcome->predicate)};
}

}  // namespace jejak::scoring
