#include "workflows/appraisal/what_if.hpp"

#include <algorithm>
#include <array>

#include "workflows/scoring/questions.hpp"

namespace jejak::appraisal {
namespace {

using scoring::Rational;

std::vector<scoring::PlanItem> plan_items_of(const Appraisal& state,
                                             const scoring::Policy& policy) {
    return scoring_inputs(state, policy).plan;
}

// The canonical number of a value, on the scale of this source for this criterion.
Result<std::string> on_scale(const Appraisal& state, const scoring::Policy& policy,
                             std::string_view source_id, const Change& change) {
    const auto source = scoring::find_source(policy, source_id);
    const auto criterion =
        scoring::find_criterion(policy, plan_items_of(state, policy), change.criterion);
    if (!source || !criterion) {
        return error(ErrorCode::not_found, "there is no criterion \"" + change.criterion +
                                               "\" in policy " + policy.id + " or in the plan");
    }
    const auto number =
        scoring::read_rating(scoring::scale_of(policy, *source, *criterion), change.value);
    if (!number) {
        return error(ErrorCode::invalid_input,
                     "\"" + change.criterion + "\": " + number.error().message);
    }
    return number->compact();
}

// The id of the policy's source of this kind; "" for none.
std::string source_of(const scoring::Policy& policy, scoring::SourceKind kind) {
    for (const auto& source : policy.sources) {
        if (source.by == kind) return source.id;
    }
    return "";
}

bool holds_version(const std::optional<RatingSet>& set, std::uint32_t version) {
    return set &&
           std::find(set->versions.begin(), set->versions.end(), version) != set->versions.end();
}

// Replaces the value of a criterion; false where there is none.
template <class Ratings>
bool replace_value(Ratings& ratings, const std::string& criterion, const std::string& value) {
    const auto found = std::find_if(ratings.begin(), ratings.end(),
                                    [&](const auto& r) { return r.criterion == criterion; });
    if (found == ratings.end()) return false;
    found->value = value;
    return true;
}

Error nothing_said(const Change& change, const std::string& who) {
    return error(ErrorCode::not_found, who + " says nothing of \"" + change.criterion +
                                           "\" that could be replaced; `jejak explain` shows the "
                                           "inputs and their events");
}

Result<void> set_rating(Appraisal& state, const scoring::Policy& policy, const Change& change) {
    const auto set = [&](auto& ratings, const std::string& source,
                         const std::string& who) -> Result<void> {
        const auto value = on_scale(state, policy, source, change);
        if (!value) return value.error();
        if (!replace_value(ratings, change.criterion, *value)) return nothing_said(change, who);
        return {};
    };
    const auto version = change.version;
    const auto said = "event " + std::to_string(version);
    if (version != 0 && holds_version(state.self_assessment, version)) {
        return set(state.self_assessment->ratings, source_of(policy, scoring::SourceKind::self),
                   said);
    }
    for (auto& [rater, given] : state.feedback) {
        if (version != 0 && given.version == version) return set(given.ratings, given.source, said);
    }
    for (auto& [criterion, parts] : state.carried) {
        for (auto& part : parts) {
            if (criterion != change.criterion || (version != 0 && part.version != version))
                continue;
            if (version == 0 && state.review) continue;
            const auto value =
                on_scale(state, policy, source_of(policy, scoring::SourceKind::carried), change);
            if (!value) return value.error();
            part.score = *value;
            return {};
        }
    }
    if (version != 0 && !holds_version(state.review, version)) {
        return error(ErrorCode::not_found, said +
                                               " gave no rating that counts; `jejak explain` "
                                               "names the events that do");
    }
    if (!state.review) return nothing_said(change, "no review");
    return set(state.review->ratings, source_of(policy, scoring::SourceKind::supervisor),
               "the review");
}

Result<void> set_realisation(Appraisal& state, const Change& change) {
    const auto number = Rational::parse(change.value);
    if (!number) return error(ErrorCode::invalid_input, number.error().message);
    const auto planned =
        std::any_of(state.plan.begin(), state.plan.end(),
                    [&](const PlanItem& item) { return item.item == change.criterion; });
    if (!planned) {
        return error(ErrorCode::not_found, "the plan has no item \"" + change.criterion + "\"");
    }
    state.realisations.insert_or_assign(change.criterion, number->compact());
    return {};
}

Result<void> drop_source(Appraisal& state, const scoring::Policy& policy,
                         const std::string& source) {
    const auto found = scoring::find_source(policy, source);
    if (!found) {
        std::string known;
        for (const auto& each : policy.sources)
            known += (known.empty() ? "" : ", ") + each.id;
        return error(ErrorCode::not_found,
                     "policy " + policy.id + " has no source \"" + source + "\"; it has " + known);
    }
    switch (policy.sources[*found].by) {
        case scoring::SourceKind::self:
            state.self_assessment.reset();
            break;
        case scoring::SourceKind::supervisor:
            state.review.reset();
            break;
        case scoring::SourceKind::survey:
            state.survey.reset();
            break;
        case scoring::SourceKind::measured:
            state.realisations.clear();
            break;
        case scoring::SourceKind::carried:
            state.carried.clear();
            break;
        case scoring::SourceKind::peer:
        case scoring::SourceKind::subordinate:
        case scoring::SourceKind::community:
            std::erase_if(state.feedback,
                          [&](const auto& entry) { return entry.second.source == source; });
            state.recorded_sources.erase(source);
            break;
    }
    return {};
}

Result<void> drop_rater(Appraisal& state, const std::string& name) {
    std::vector<Handle> found;
    for (const auto& [rater, given] : state.feedback) {
        if (to_hex(rater).starts_with(name)) found.push_back(rater);
    }
    if (found.size() != 1) {
        return error(ErrorCode::not_found,
                     (found.empty() ? "no rater's handle begins with \""
                                    : "more than one rater's handle begins with \"") +
                         name + "\"; `jejak what-if ID --leave-one-out` lists them");
    }
    state.feedback.erase(found.front());
    return {};
}

std::optional<Rational> score_value(const std::optional<scoring::Score>& score,
                                    const scoring::Policy& policy) {
    if (!score || policy.total == scoring::Total::none) return std::nullopt;
    return score->value;
}

// The states and scores of all subsets of the changes; bit i: change i is made; the policy is the
// last bit where it changes too.
class Subsets {
  public:
    Subsets(const Appraisal& state, const scoring::Policy& pinned, const scoring::Policy& policy,
            const std::vector<Change>& changes)
        : state_(state), pinned_(pinned), policy_(policy), changes_(changes) {
        players_ = changes.size() + (pinned.hash == policy.hash ? 0 : 1);
    }
    [[nodiscard]] std::size_t players() const { return players_; }

    [[nodiscard]] Result<Appraisal> state_of(std::size_t subset) const {
        Appraisal state = state_;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            if ((subset >> i & 1U) == 0) continue;
            auto changed = with_change(state, rules_of(subset), changes_[i]);
            if (!changed) return changed.error();
            state = std::move(*changed);
        }
        return state;
    }
    [[nodiscard]] const scoring::Policy& rules_of(std::size_t subset) const {
        const bool other = players_ > changes_.size() && (subset >> changes_.size() & 1U) != 0;
        return other ? policy_ : pinned_;
    }
    [[nodiscard]] std::optional<scoring::Score> score_of(std::size_t subset) const {
        const auto state = state_of(subset);
        if (!state) return std::nullopt;
        const auto& rules = rules_of(subset);
        return scoring::score(rules, scoring_inputs(*state, rules));
    }

  private:
    const Appraisal& state_;
    const scoring::Policy& pinned_;
    const scoring::Policy& policy_;
    const std::vector<Change>& changes_;
    std::size_t players_ = 0;
};

// share(i) = sum over subsets S without i of |S|! (n - |S| - 1)! / n! * (v(S + i) - v(S)).
void add_shares(const Subsets& subsets, std::vector<Effect>& effects) {
    const std::size_t n = subsets.players();
    if (n == 0 || n > shared_changes_max) return;
    std::vector<Rational> values;
    for (std::size_t subset = 0; subset < std::size_t{1} << n; ++subset) {
        const auto value = score_value(subsets.score_of(subset), subsets.rules_of(subset));
        if (!value) return;  // somewhere in between there is no score to split
        values.push_back(*value);
    }
    std::array<std::int64_t, shared_changes_max + 1> factorial{1};
    for (std::size_t i = 1; i <= n; ++i)
        factorial[i] = factorial[i - 1] * static_cast<std::int64_t>(i);
    for (std::size_t i = 0; i < n; ++i) {
        Rational share;
        for (std::size_t subset = 0; subset < values.size(); ++subset) {
            const std::size_t bit = std::size_t{1} << i;
            if ((subset & bit) != 0) continue;
            std::size_t size = 0;
            for (std::size_t rest = subset; rest != 0; rest &= rest - 1)
                ++size;
            share += Rational(factorial[size] * factorial[n - size - 1], factorial[n]) *
                     (values[subset | bit] - values[subset]);
        }
        effects[i].share = share;
    }
}

}  // namespace

std::string Change::text() const {
    if (kind == Kind::without_source) return "without " + source;
    if (kind == Kind::without_rater) return "without rater " + rater;
    return criterion + (realisation ? ":realisasi" : "") +
           (version == 0 ? "" : "@" + std::to_string(version)) + "=" + value;
}

Result<Change> parse_setting(std::string_view text) {
    const auto wrong = [&] {
        return error(ErrorCode::invalid_input,
                     "\"" + std::string(text) +
                         "\" sets nothing; write kerja_sama=4, kerja_sama@17=4 (the value of event "
                         "17) or imunisasi:realisasi=95");
    };
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
        return wrong();
    }
    Change change;
    change.value = text.substr(equals + 1);
    std::string_view name = text.substr(0, equals);
    if (const auto at = name.find('@'); at != std::string_view::npos) {
        for (const char digit : name.substr(at + 1)) {
            if (digit < '0' || digit > '9' || change.version > 100'000'000) return wrong();
            change.version = change.version * 10 + static_cast<std::uint32_t>(digit - '0');
        }
        if (change.version == 0) return wrong();
        name = name.substr(0, at);
    }
    constexpr std::string_view realisation = ":realisasi";
    change.realisation = name.ends_with(realisation);
    if (change.realisation) name.remove_suffix(realisation.size());
    if (name.empty()) return wrong();
    change.criterion = name;
    return change;
}

Result<Appraisal> with_change(const Appraisal& state, const scoring::Policy& policy,
                              const Change& change) {
    Appraisal changed = state;
    Result<void> done;
    switch (change.kind) {
        case Change::Kind::without_source:
            done = drop_source(changed, policy, change.source);
            break;
        case Change::Kind::without_rater:
            done = drop_rater(changed, change.rater);
            break;
        case Change::Kind::set:
            done = change.realisation ? set_realisation(changed, change)
                                      : set_rating(changed, policy, change);
            break;
    }
    if (!done) return done.error();
    return changed;
}

bool Comparison::predicate_changes() const {
    const auto predicate = [](const Explanation& explanation) {
        const auto* outcome = std::get_if<scoring::Outcome>(&explanation.answer);
        return outcome == nullptr ? std::string() : outcome->predicate;
    };
    return predicate(before) != predicate(after);
}

Result<Comparison> compare(const Appraisal& state, const scoring::Policy& pinned,
                           const scoring::Policy& policy, const std::vector<Change>& changes) {
    const Subsets subsets(state, pinned, policy, changes);
    const std::size_t all = (std::size_t{1} << subsets.players()) - 1;
    const auto changed = subsets.state_of(all);
    if (!changed) return changed.error();
    Comparison comparison{explain(state, pinned), explain(*changed, policy), {}, {}};
    comparison.after.recorded = false;
    for (std::size_t i = 0; i < subsets.players(); ++i) {
        comparison.effects.push_back(
            {i < changes.size() ? changes[i].text() : "policy " + policy.id,
             subsets.score_of(std::size_t{1} << i),
             {}});
    }
    const auto before = score_value(subsets.score_of(0), pinned);
    const auto after = score_value(subsets.score_of(all), policy);
    if (before && after) comparison.difference = *after - *before;
    add_shares(subsets, comparison.effects);
    return comparison;
}

std::vector<LeftOut> leave_one_out(const Appraisal& state, const scoring::Policy& policy) {
    std::vector<LeftOut> left_out;
    // All but the one rater stays as it is: his numbers are taken off the sums of his source.
    scoring::Inputs inputs = scoring_inputs(state, policy);
    for (const auto& [rater, given] : state.feedback) {
        const auto source = scoring::find_source(policy, given.source);
        const auto totals = std::find_if(
            inputs.sources.begin(), inputs.sources.end(),
            [&](const scoring::SourceRatings& each) { return source && each.source == *source; });
        if (totals == inputs.sources.end()) continue;
        const auto add = [&, &given = given](int sign) {
            totals->raters = static_cast<std::uint32_t>(static_cast<int>(totals->raters) + sign);
            for (const Score& score : given.ratings) {
                const auto criterion =
                    scoring::find_criterion(policy, inputs.plan, score.criterion);
                const auto value = Rational::parse(score.value);
                if (!criterion || !value) continue;
                for (auto& ratings : totals->ratings) {
                    if (ratings.criterion != *criterion) continue;
                    ratings.count =
                        static_cast<std::uint32_t>(static_cast<int>(ratings.count) + sign);
                    ratings.sum += sign > 0 ? *value : -*value;
                }
            }
        };
        add(-1);
        left_out.push_back({rater, given.source, scoring::score(policy, inputs)});
        add(1);
    }
    return left_out;
}

}  // namespace jejak::appraisal
