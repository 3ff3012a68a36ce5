#include "workflows/appraisal/differences.hpp"

#include <algorithm>
#include <map>

#include "workflows/scoring/questions.hpp"

namespace jejak::appraisal {
namespace {

// Everything that can differ, by name, as text.
class Facets {
  public:
    Facets(const Appraisal& state, const scoring::Policy& policy) {
        add("phase", std::string(name_of(state.phase)));
        add("policy", state.policy);
        add("period", state.period);
        add("unit", state.unit);
        add("post", state.post);
        if (!state.supervisor.is_nil()) add("supervisor", to_hex(state.supervisor));
        if (!state.superior.is_nil()) add("superior", to_hex(state.superior));
        add_plan(state);
        add_ratings("self", state.self_assessment);
        add_ratings("review", state.review);
        for (const auto& flag : state.flags)
            add("flag." + flag, "set");
        add_sources(state, policy);
        if (state.survey) {
            for (std::size_t i = 0; i < state.survey->element_means.size(); ++i) {
                add("survey." + std::to_string(i + 1), state.survey->element_means[i]);
            }
            add("survey.respondents", std::to_string(state.survey->respondents));
        }
        for (const auto& [criterion, parts] : state.carried) {
            for (const auto& part : parts) {
                add("carried." + criterion + "." + part.period, part.score);
            }
        }
        if (state.result) {
            add("result.score", state.result->score);
            add("result.predicate", state.result->predicate);
        }
    }
    [[nodiscard]] const std::map<std::string, std::string>& all() const { return all_; }

  private:
    void add(const std::string& what, const std::string& value) {
        if (!value.empty()) all_.insert_or_assign(what, value);
    }
    void add_plan(const Appraisal& state) {
        for (const auto& item : state.plan) {
            const std::string name = "plan." + item.item;
            add(name, item.result.empty() ? "agreed" : item.result);
            add(name + ".target", item.target.value_or(""));
            add(name + ".target_upper", item.target_upper.value_or(""));
            add(name + ".weight", item.weight.value_or(""));
            add(name + ".supports", item.supports);
        }
        for (const auto& [item, number] : state.realisations)
            add("realisation." + item, number);
    }
    void add_ratings(const std::string& of, const std::optional<RatingSet>& set) {
        if (!set) return;
        for (const auto& rating : set->ratings)
            add(of + "." + rating.criterion, rating.value);
    }
    // What raters said, as sums, where enough of them did.
    void add_sources(const Appraisal& state, const scoring::Policy& policy) {
        const auto inputs = scoring_inputs(state, policy);
        for (const auto& given : inputs.sources) {
            const auto& source = policy.sources[given.source];
            const bool by_raters = source.by == scoring::SourceKind::peer ||
                                   source.by == scoring::SourceKind::subordinate ||
                                   source.by == scoring::SourceKind::community;
            if (!by_raters) continue;
            const auto least = std::max(source.minimum, source.minimum_disclosure);
            if (given.raters < least) {
                add(source.id, "fewer than " + std::to_string(least) + " raters");
                continue;
            }
            for (const auto& ratings : given.ratings) {
                const auto own = policy.criteria.size();
                const auto& id = ratings.criterion < own ? policy.criteria[ratings.criterion].id
                                                         : inputs.plan[ratings.criterion - own].id;
                if (ratings.count < least) continue;
                add(source.id + "." + id,
                    ratings.sum.compact() + " by " + std::to_string(ratings.count));
            }
        }
    }

    std::map<std::string, std::string> all_;
};

}  // namespace

std::vector<Difference> differences(const Appraisal& before, const Appraisal& after,
                                    const scoring::Policy& policy) {
    const Facets first(before, policy), second(after, policy);
    std::map<std::string, Difference> found;
    for (const auto& [what, value] : first.all())
        found[what] = {what, value, ""};
    for (const auto& [what, value] : second.all()) {
        auto& difference = found[what];
        difference.what = what;
        difference.after = value;
    }
    std::vector<Difference> differing;
    for (auto& [what, difference] : found) {
        if (difference.before != difference.after) differing.push_back(std::move(difference));
    }
    return differing;
}

}  // namespace jejak::appraisal
