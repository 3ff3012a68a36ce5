#include <algorithm>

#include "engine/record/digest.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::appraisal {
namespace {

using scoring::Rational;

// Recorded numbers were checked before they were recorded; one that no longer reads counts as
// absent, since a fold never fails.
std::optional<Rational> number(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    auto parsed = Rational::parse(*text);
    if (!parsed) return std::nullopt;
    return *parsed;
}

std::vector<scoring::PlanItem> plan_items(const Appraisal& state, const scoring::Policy& policy) {
    std::vector<scoring::PlanItem> items;
    for (const PlanItem& planned : state.plan) {
        scoring::PlanItem item;
        item.id = planned.item;
        if (const auto weight = number(planned.weight)) item.weight = *weight;
        item.target = number(planned.target);
        item.target_upper = number(planned.target_upper);
        if (planned.formula == "normal") item.formula = scoring::Formula::normal;
        if (planned.formula == "inverse") item.formula = scoring::Formula::inverse;
        item.section = scoring::find_section(policy, planned.section).value_or(0);
        item.target_is_maximum = planned.target_is_maximum;
        const auto realised = state.realisations.find(planned.item);
        if (realised != state.realisations.end()) item.realisation = number(realised->second);
        items.push_back(std::move(item));
    }
    return items;
}

// Adds up what one source said, criterion by criterion.
class SourceTotals {
  public:
    SourceTotals(const scoring::Policy& policy, const std::vector<scoring::PlanItem>& plan)
        : policy_(policy), plan_(plan), ratings_(policy.criteria.size() + plan.size()) {}

    void add(std::string_view criterion, std::string_view sum, std::uint32_t count) {
        const auto value = Rational::parse(sum);
        if (value) add(criterion, *value, count);
    }
    void add(std::string_view criterion, const Rational& sum, std::uint32_t count) {
        const auto index = scoring::find_criterion(policy_, plan_, criterion);
        if (!index) return;
        ratings_[*index].sum += sum;
        ratings_[*index].count += count;
    }
    void add_act(std::uint32_t raters, const std::vector<std::uint32_t>& versions) {
        totals_.raters += raters;
        totals_.versions.insert(totals_.versions.end(), versions.begin(), versions.end());
    }
    [[nodiscard]] bool empty() const { return totals_.versions.empty(); }
    [[nodiscard]] scoring::SourceRatings take(std::uint32_t source) {
        totals_.source = source;
        std::sort(totals_.versions.begin(), totals_.versions.end());
        for (std::uint32_t i = 0; i < ratings_.size(); ++i) {
            if (ratings_[i].count == 0) continue;
            ratings_[i].criterion = i;
            totals_.ratings.push_back(std::move(ratings_[i]));
        }
        return std::move(totals_);
    }

  private:
    const scoring::Policy& policy_;
    const std::vector<scoring::PlanItem>& plan_;
    std::vector<scoring::CriterionRatings> ratings_;
    scoring::SourceRatings totals_;
};

void add_ratings(SourceTotals& totals, const std::optional<RatingSet>& set) {
    if (!set || set->ratings.empty()) return;
    totals.add_act(1, set->versions);
    for (const Rating& rating : set->ratings)
        totals.add(rating.criterion, rating.value, 1);
}

// How often a part counts: once, or by its months or days; 0 where it is too short.
std::uint32_t times_of(const scoring::Parts& rule, const CarriedScore& part) {
    const auto period = scoring::parse_period(part.period);
    if (!period || scoring::full_months_of(*period) < rule.minimum_months) return 0;
    if (rule.how == scoring::PartRule::months) return scoring::full_months_of(*period);
    return rule.how == scoring::PartRule::days ? scoring::days_of(*period) : 1;
}

// Of those that count the one whose period ended last; of two the one carried in last.
const CarriedScore* last_part(const scoring::Parts& rule, const std::vector<CarriedScore>& all) {
    const auto end = [](const CarriedScore& part) {
        const auto period = scoring::parse_period(part.period);
        return period ? period->until : std::string();
    };
    const CarriedScore* last = nullptr;
    for (const auto& part : all) {
        if (times_of(rule, part) == 0) continue;
        if (last == nullptr || end(part) >= end(*last)) last = &part;
    }
    return last;
}

void add_carried(SourceTotals& totals, const Appraisal& state,
                 const std::optional<scoring::Parts>& rule) {
    for (const auto& [criterion, parts] : state.carried) {
        const auto add = [&, &criterion = criterion](const CarriedScore& part,
                                                     std::uint32_t times) {
            const auto score = Rational::parse(part.score);
            if (!score || times == 0) return;
            totals.add_act(1, {part.version});
            totals.add(criterion, *score * Rational(times), times);
        };
        if (!rule) {
            add(parts.back(), 1);
        } else if (rule->how == scoring::PartRule::last) {
            if (const auto* last = last_part(*rule, parts)) add(*last, 1);
        } else {
            for (const auto& part : parts)
                add(part, times_of(*rule, part));
        }
    }
}

void add_raters(SourceTotals& totals, const Appraisal& state, const std::string& source) {
    for (const auto& [rater, given] : state.feedback) {
        if (given.source != source) continue;
        totals.add_act(1, {given.version});
        for (const Score& score : given.ratings)
            totals.add(score.criterion, score.value, 1);
    }
    const auto recorded = state.recorded_sources.find(source);
    if (recorded == state.recorded_sources.end()) return;
    totals.add_act(recorded->second.respondents, {recorded->second.version});
    for (const SourceSum& sum : recorded->second.sums) {
        totals.add(sum.criterion, sum.sum, sum.count);
    }
}

}  // namespace

scoring::Inputs scoring_inputs(const Appraisal& state, const scoring::Policy& policy) {
    scoring::Inputs inputs;
    inputs.plan = plan_items(state, policy);
    inputs.flags = state.flags;
    for (std::uint32_t i = 0; i < policy.sources.size(); ++i) {
        SourceTotals totals(policy, inputs.plan);
        switch (policy.sources[i].by) {
            case scoring::SourceKind::self:
                add_ratings(totals, state.self_assessment);
                break;
            case scoring::SourceKind::supervisor:
                add_ratings(totals, state.review);
                break;
            case scoring::SourceKind::peer:
            case scoring::SourceKind::subordinate:
            case scoring::SourceKind::community:
                add_raters(totals, state, policy.sources[i].id);
                break;
            case scoring::SourceKind::survey:
            case scoring::SourceKind::measured:
                break;  // from inputs.survey and inputs.plan
            case scoring::SourceKind::carried:
                add_carried(totals, state, policy.sources[i].parts);
                break;
        }
        if (!totals.empty()) inputs.sources.push_back(totals.take(i));
    }
    if (state.survey) {
        scoring::SurveyResult survey;
        for (const std::string& mean : state.survey->element_means) {
            survey.element_means.push_back(number(mean).value_or(Rational()));
        }
        survey.respondents = state.survey->respondents;
        survey.version = state.survey->version;
        inputs.survey = std::move(survey);
    }
    return inputs;
}

StreamId slot_of(PersonId subject, std::string_view period, std::string_view kind) {
    const Sha256 digest =
        record::sha256({{reinterpret_cast<const char*>(subject.bytes.data()), subject.bytes.size()},
                        period,
                        std::string_view("\0", 1),
                        kind});
    return *StreamId::make("claim", "slot-" + to_hex(digest.data(), 16));
}

}  // namespace jejak::appraisal
