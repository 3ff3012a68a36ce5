#include "tools/comparison.hpp"

#include <algorithm>

#include "adapters/json/described.hpp"
#include "tools/bundled_policies.hpp"
#include "tools/publish.hpp"
#include "workflows/scoring/check.hpp"

namespace jejak::tools {
namespace {

boost::json::object answer_json(const appraisal::Explanation& explanation) {
    if (const auto* missing = std::get_if<scoring::Missing>(&explanation.answer)) {
        return {{"score", nullptr}, {"predicate", nullptr}, {"missing", missing->text()}};
    }
    const auto& outcome = std::get<scoring::Outcome>(explanation.answer);
    return {{"score", outcome.score_text},
            {"predicate", outcome.predicate},
            {"derivation", json::to_json(outcome.derivation, json::Names{})}};
}

}  // namespace

// What is changed, as the flags say it. "--without x": a source of the policy, else a rater.
Result<std::vector<appraisal::Change>> changes_of(const Changes& wanted,
                                                  const scoring::Policy& policy) {
    std::vector<appraisal::Change> changes;
    for (const auto& name : wanted.without) {
        appraisal::Change change;
        const bool is_source =
            std::any_of(policy.sources.begin(), policy.sources.end(),
                        [&](const scoring::Source& source) { return source.id == name; });
        change.kind = is_source ? appraisal::Change::Kind::without_source
                                : appraisal::Change::Kind::without_rater;
        (is_source ? change.source : change.rater) = name;
        changes.push_back(std::move(change));
    }
    for (const auto& text : wanted.settings) {
        auto change = appraisal::parse_setting(text);
        if (!change) return change.error();
        changes.push_back(std::move(*change));
    }
    return changes;
}

Result<Rules> rules_of(const Workspace& workspace, const appraisal::Appraisal& state,
                       const std::string& other, bool may_be_a_file) {
    auto pinned = published_policy(workspace, state.policy);
    if (!pinned) return pinned.error();
    if (!*pinned) {
        return error(ErrorCode::corruption,
                     "policy \"" + state.policy + "\" cannot be read; run jejak verify");
    }
    if (other.empty()) return Rules{*pinned, *pinned};
    auto published = published_policy(workspace, other);
    if (!published) return published.error();
    if (*published) return Rules{*pinned, *published};
    if (!may_be_a_file) {
        for (const BundledPolicy& bundled : bundled_policies()) {
            if (bundled.id != other) continue;
            auto parsed = scoring::parse_policy(bundled.document);
            if (!parsed) return parsed.error();
            return Rules{*pinned, std::move(*parsed)};
        }
        return error(ErrorCode::not_found, "there is no policy \"" + other + "\"");
    }
    auto found = policy_for_dry_run(&workspace, other);  // bundled or a file
    if (!found) return found.error();
    return Rules{*pinned, *found};
}

std::string score_text(const std::optional<scoring::Score>& score) {
    return score ? score->value.compact() : "refused";
}

boost::json::object comparison_json(const std::string& token,
                                    const appraisal::Comparison& comparison) {
    boost::json::array effects;
    for (const auto& effect : comparison.effects) {
        boost::json::object view{{"change", effect.change},
                                 {"score_alone", nullptr},
                                 {"predicate_alone", nullptr},
                                 {"share", nullptr}};
        if (effect.alone) {
            view["score_alone"] = effect.alone->value.compact();
            view["predicate_alone"] = effect.alone->predicate;
        }
        if (effect.share) view["share"] = effect.share->compact();
        effects.push_back(std::move(view));
    }
    boost::json::object view{{"appraisal", token},
                             {"before", answer_json(comparison.before)},
                             {"after", answer_json(comparison.after)},
                             {"difference", nullptr},
                             {"predicate_changes", comparison.predicate_changes()},
                             {"effects", std::move(effects)}};
    if (comparison.difference) view["difference"] = comparison.difference->compact();
    return view;
}

boost::json::array left_out_json(const appraisal::Appraisal& state, const scoring::Policy& policy) {
    const auto base = scoring::score(policy, appraisal::scoring_inputs(state, policy));
    boost::json::array all;
    for (const auto& each : appraisal::leave_one_out(state, policy)) {
        const bool both = base && each.score;
        all.push_back(boost::json::object{
            {"rater", to_hex(each.rater)},
            {"source", each.source},
            {"score", score_text(each.score)},
            {"effect", both ? (base->value - each.score->value).compact() : "-"},
            {"predicate_changes",
             (base ? base->predicate : "") != (each.score ? each.score->predicate : "")}});
    }
    return all;
}

}  // namespace jejak::tools
