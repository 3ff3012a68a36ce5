#include "workflows/appraisal/deciding.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

// Scores that come from elsewhere: other appraisals of the same person, the predicate of a unit.
namespace jejak::appraisal {
namespace {

// Rules: part_outside_period, parts_overlap. Parts of which the policy makes one score lie within
// the period of this appraisal, and no day counts twice.
std::optional<Rejection> check_part(const Case& now, const scoring::Source& source,
                                    const CarryScore& carry, const Appraisal& other) {
    if (!source.parts) return std::nullopt;
    const auto whole = scoring::parse_period(now.state.period);
    const auto part = scoring::parse_period(other.period);
    if (!whole || !part || !scoring::lies_within(*part, *whole)) {
        return now.no("part_outside_period", "appraisal \"" + carry.appraisal + "\" is about " +
                                                 other.period + ", which is no part of " +
                                                 now.state.period);
    }
    const auto carried = now.state.carried.find(carry.criterion);
    if (carried == now.state.carried.end()) return std::nullopt;
    for (const auto& before : carried->second) {
        const auto taken = scoring::parse_period(before.period);
        if (before.appraisal == carry.appraisal || !taken) continue;
        if (scoring::overlap(*taken, *part)) {
            return now.no("parts_overlap", "appraisals \"" + before.appraisal + "\" (" +
                                               before.period + ") and \"" + carry.appraisal +
                                               "\" (" + other.period + ") share days");
        }
    }
    return std::nullopt;
}

Answer from_appraisal(const Case& now, const scoring::Source& source, const scoring::Scale& scale,
                      const CarryScore& carry) {
    const auto stream = StreamId::make("appraisal", carry.appraisal);
    const auto* other = stream ? now.context.references.find<Appraisal>(*stream) : nullptr;
    if (other == nullptr || other->phase != Phase::finalised || !other->result) {
        return now.no("appraisal_not_final", "appraisal \"" + carry.appraisal +
                                                 "\" has no final score; finalise it first");
    }
    if (other->subject != now.state.subject) {
        return now.no("wrong_person", "appraisal \"" + carry.appraisal + "\" is of someone else");
    }
    if (auto no = check_part(now, source, carry, *other)) return std::move(*no);
    const auto score = scoring::read_rating(scale, other->result->score);
    if (!score) return now.no("rating_not_valid", score.error().message);
    return now.yes(ScoreCarriedIn{carry.criterion, carry.appraisal, other->result->version,
                                  other->period, other->policy, score->compact(),
                                  other->result->predicate, ""});
}

// The unit's achievement is that of whoever leads it (SE MenPANRB 3/2023).
Answer from_unit(const Case& now, const scoring::Scale& scale, const CarryScore& carry) {
    const auto post = organisation::stream_of_post(now.state.post);
    const auto* facts =
        post.empty() ? nullptr : now.context.references.find<organisation::Facts>(post);
    bool leads = false;
    if (facts != nullptr) {
        facts->for_each<organisation::PostPlaced>([&](const organisation::PostPlaced& placed) {
            leads = placed.is_head && placed.unit == carry.unit;
        });
    }
    if (!leads) {
        return now.no("not_the_head", "post \"" + now.state.post + "\" does not lead unit \"" +
                                          carry.unit + "\" in the organisation's records");
    }
    const auto stream = unit_result::stream_of(carry.unit, now.state.period);
    const auto* result = now.context.references.find<unit_result::UnitResult>(stream);
    if (result == nullptr || result->predicate.empty()) {
        return now.no("organisation_predicate_missing",
                      "unit \"" + carry.unit + "\" has no predicate for " + now.state.period +
                          "; the leader above it sets one (set_unit_predicate)");
    }
    const auto score = scoring::read_rating(scale, result->predicate);
    if (!score) return now.no("rating_not_valid", score.error().message);
    return now.yes(ScoreCarriedIn{carry.criterion, "", result->version, now.state.period,
                                  result->policy, score->compact(), result->predicate, carry.unit});
}

}  // namespace

Answer decide(const Case& now, const CarryScore& carry) {
    const auto& plan = scoring_inputs(now.state, now.policy).plan;
    const auto source = source_by(now.policy, scoring::SourceKind::carried);
    const auto criterion = scoring::find_criterion(now.policy, plan, carry.criterion);
    if (!source || !criterion || !scoring::speaks_to(now.policy, plan, *source, *criterion)) {
        return now.no("source_unknown", "policy " + now.policy.id + " takes no score from " +
                                            "elsewhere for \"" + carry.criterion + "\"");
    }
    const auto& scale = scoring::scale_of(now.policy, *source, *criterion);
    if (carry.unit.empty()) {
        return from_appraisal(now, now.policy.sources[*source], scale, carry);
    }
    if (!carry.appraisal.empty()) {
        return now.no("carry_not_valid", "name an appraisal or a unit, not both");
    }
    return from_unit(now, scale, carry);
}

}  // namespace jejak::appraisal
