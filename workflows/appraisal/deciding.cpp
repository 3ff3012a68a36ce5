#include "workflows/appraisal/deciding.hpp"

#include <algorithm>
#include <set>

#include "workflows/organisation/facts.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::appraisal {
namespace {

// The plan as scoring knows it, for looking up criteria by name.
std::vector<scoring::PlanItem> plan_of(const Case& now) {
    return scoring_inputs(now.state, now.policy).plan;
}

// The number in canonical form, or why the source may not give it to the criterion.
Result<std::string> checked_value(const Case& now, const std::vector<scoring::PlanItem>& plan,
                                  std::uint32_t source, const std::string& criterion,
                                  const std::string& value) {
    const auto index = scoring::find_criterion(now.policy, plan, criterion);
    const std::string who = "source " + now.policy.sources[source].id;
    if (!index) {
        return error(ErrorCode::invalid_input, "there is no criterion \"" + criterion +
                                                   "\" in policy " + now.policy.id +
                                                   " or in the plan");
    }
    if (!scoring::rates(now.policy, plan, source, *index)) {
        return error(ErrorCode::invalid_input, who + " does not rate \"" + criterion + "\"");
    }
    const auto number = scoring::check_rating(now.policy, plan, source, *index, value);
    if (!number) {
        return error(ErrorCode::invalid_input, "\"" + criterion + "\": " + number.error().message);
    }
    return number->compact();
}

// Of the unit of the appraisal, by the records that the context refers to.
organisation::Zone zone_of_unit(const Appraisal& state, const Context& context) {
    const auto day = organisation::day_in_wib(context.now);
    StreamId missing;
    return organisation::zone_of(
        context.references, organisation::chain_of(context.references, state.unit, day, missing),
        day);
}

// So many days later: calendar days, or working days by the calendar that the policy names.
organisation::Day plus_counted(const Case& now, organisation::Day from, std::uint32_t days) {
    const auto& name = now.policy.deadlines.calendar;
    if (name.empty()) return {from.value + static_cast<std::int32_t>(days)};
    static const organisation::Facts no_holidays;
    const auto* facts =
        now.context.references.find<organisation::Facts>(organisation::stream_of_calendar(name));
    return organisation::plus_working_days(facts == nullptr ? no_holidays : *facts, from, days);
}

}  // namespace

Rejection Case::no(std::string rule, std::string message) const {
    return Rejection{std::move(rule),
                     state.phase == Phase::unopened ? "" : std::string(name_of(state.phase)),
                     std::move(message)};
}

Accepted<Event> Case::yes(Event event) const {
    Accepted<Event> accepted;
    accepted.events.push_back(std::move(event));
    accepted.policy = state.policy_position;
    return accepted;
}

Instant Case::due(const std::optional<std::uint32_t>& days) const {
    if (!days) return {};
    if (policy.deadlines.calendar.empty()) {
        return plus_days(context.now, static_cast<int>(*days));
    }
    // Which days count is a question of the unit's zone; the time of day stays as it is.
    const auto from = organisation::day_of(context.now, zone_of_unit(state, context));
    return plus_days(context.now, plus_counted(*this, from, *days).value - from.value);
}

organisation::Day Case::today() const {
    return organisation::day_of(context.occurred_at, zone_of_unit(state, context));
}

Instant Case::end_after(organisation::Day from, const std::optional<std::uint32_t>& days) const {
    if (!days) return {};
    return organisation::end_of(plus_counted(*this, from, *days), zone_of_unit(state, context));
}

void skip_unused_stages(const Case& now, Phase phase, std::vector<Event>& events) {
    constexpr auto unused = scoring::StageRule::unused;
    const auto& stages = now.policy.stages;
    if (phase == Phase::draft && stages.self_assessment == unused) {
        events.emplace_back(
            SelfAssessmentWaived{"not_used", {}, now.due(now.policy.deadlines.review_days)});
        phase = Phase::self_assessed;
    }
    if (phase == Phase::self_assessed && stages.review == unused) {
        events.emplace_back(ReviewWaived{"not_used", {}});
        phase = Phase::supervisor_reviewed;
    }
    // Without a source nobody could open a window, and a required stage would never end.
    const bool no_feedback = stages.feedback == unused || now.policy.feedback.sources.empty();
    if (phase == Phase::supervisor_reviewed && no_feedback) {
        events.emplace_back(FeedbackWaived{"not_used", {}});
    }
}

std::optional<std::uint32_t> source_by(const scoring::Policy& policy, scoring::SourceKind by) {
    for (std::uint32_t i = 0; i < policy.sources.size(); ++i) {
        if (policy.sources[i].by == by) return i;
    }
    return std::nullopt;
}

std::variant<std::vector<Rating>, Rejection> checked_ratings(const Case& now,
                                                             scoring::SourceKind by,
                                                             const std::vector<Rating>& ratings) {
    std::vector<Rating> checked;
    if (ratings.empty()) return checked;
    const auto source = source_by(now.policy, by);
    if (!source) {
        return now.no("source_unknown", "policy " + now.policy.id + " takes no ratings from " +
                                            boost::describe::enum_to_string(by, ""));
    }
    const auto plan = plan_of(now);
    std::set<std::string> seen;
    for (const Rating& rating : ratings) {
        if (!seen.insert(rating.criterion).second) {
            return now.no("rating_not_valid", "\"" + rating.criterion + "\" is rated twice");
        }
        auto value = checked_value(now, plan, *source, rating.criterion, rating.value);
        if (!value) return now.no("rating_not_valid", value.error().message);
        checked.push_back(
            {rating.criterion, std::move(*value), now.about_subject(rating.justification)});
    }
    return checked;
}

std::variant<std::vector<Score>, Rejection> checked_scores(const Case& now, std::uint32_t source,
                                                           const std::vector<Score>& scores) {
    const auto plan = plan_of(now);
    std::vector<Score> checked;
    for (const Score& score : scores) {
        const auto again = std::find_if(checked.begin(), checked.end(), [&](const Score& s) {
            return s.criterion == score.criterion;
        });
        if (again != checked.end()) {
            return now.no("rating_not_valid", "\"" + score.criterion + "\" is rated twice");
        }
        auto value = checked_value(now, plan, source, score.criterion, score.value);
        if (!value) return now.no("rating_not_valid", value.error().message);
        checked.push_back({score.criterion, std::move(*value)});
    }
    if (checked.empty()) return now.no("rating_not_valid", "no criterion is rated");
    return checked;
}

std::variant<std::vector<Achievement>, Rejection> checked_achievements(
    const Case& now, const std::vector<Achievement>& achievements) {
    std::vector<Achievement> checked;
    for (const Achievement& achievement : achievements) {
        const auto& plan = now.state.plan;
        const auto known = std::any_of(plan.begin(), plan.end(), [&](const PlanItem& item) {
            return item.item == achievement.item;
        });
        if (!known) {
            return now.no("achievement_not_valid",
                          "the plan has no item \"" + achievement.item + "\"");
        }
        const auto again = std::any_of(checked.begin(), checked.end(), [&](const Achievement& a) {
            return a.item == achievement.item;
        });
        if (again) {
            return now.no("achievement_not_valid", "\"" + achievement.item + "\" stands twice");
        }
        const auto number = scoring::Rational::parse(achievement.realisation);
        if (!number) {
            return now.no("achievement_not_valid",
                          "\"" + achievement.item + "\": " + number.error().message);
        }
        checked.push_back(
            {achievement.item, number->compact(), now.about_subject(achievement.note)});
    }
    return checked;
}

std::vector<std::string> unrated(const Case& now, std::uint32_t source,
                                 const std::vector<Rating>& ratings) {
    const auto plan = plan_of(now);
    std::vector<std::string> missing;
    const auto criteria = static_cast<std::uint32_t>(now.policy.criteria.size());
    for (std::uint32_t i = 0; i < criteria + plan.size(); ++i) {
        if (!scoring::rates(now.policy, plan, source, i)) continue;
        const auto group = scoring::group_of(now.policy, plan, i);
        const auto rule =
            now.policy.groups[group].missing_criterion.value_or(scoring::MissingRule::refuse);
        if (rule != scoring::MissingRule::refuse) continue;  // the policy lets it be left out
        const std::string& id = i < criteria ? now.policy.criteria[i].id : plan[i - criteria].id;
        const auto rated = std::any_of(ratings.begin(), ratings.end(),
                                       [&](const Rating& r) { return r.criterion == id; });
        if (!rated) missing.push_back(id);
    }
    return missing;
}

}  // namespace jejak::appraisal
