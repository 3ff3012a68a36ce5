#include "workflows/appraisal/events.hpp"

// Old shapes of recorded events lifted to those of today. Each step stays for ever.
namespace jejak::appraisal {

Opened Opened::upcast(const OpenedV1& old) {
    return {old.subject,
            old.post,
            old.unit,
            old.period,
            old.kind,
            old.supervisor,
            old.superior,
            old.policy,
            old.policy_sha256,
            old.policy_position,
            old.self_assessment_due_at,
            ""};
}

SupervisorReassigned SupervisorReassigned::upcast(const SupervisorReassignedV1& old) {
    return {old.supervisor, old.superior, old.previous_supervisor, old.reason, ""};
}

PlanAgreed PlanAgreed::upcast(const PlanAgreedV2& old) {
    PlanAgreed out;
    out.expectations = old.expectations;
    for (const PlanItemV2& item : old.results) {
        out.results.push_back({item.item, item.result, item.indicator, item.aspect,
                               item.unit_of_measure, item.target, item.target_upper, item.weight,
                               item.formula, item.section, item.target_is_maximum, "", ""});
    }
    return out;
}

ScoreCarriedIn ScoreCarriedIn::upcast(const ScoreCarriedInV1& old) {
    return {old.criterion, old.appraisal, old.version,   old.period,
            old.policy,    old.score,     old.predicate, ""};
}

PlanAgreedV2 PlanAgreedV2::upcast(const PlanAgreedV1& old) {
    PlanAgreedV2 out;
    out.expectations = old.expectations;
    for (const PlanItemV1& item : old.results) {
        out.results.push_back({item.item, item.result, item.indicator, item.aspect,
                               item.unit_of_measure, item.target, item.target_upper, item.weight,
                               item.formula, "", false});
    }
    return out;
}

Finalised Finalised::upcast(const FinalisedV1& old) {
    return {old.score, old.predicate, scoring::upcast(old.derivation), old.acknowledge_due_at};
}

ResultChanged ResultChanged::upcast(const ResultChangedV1& old) {
    return {old.replaced,
            old.ratings,
            old.previous_score,
            old.previous_predicate,
            old.score,
            old.predicate,
            scoring::upcast(old.derivation),
            old.reasons};
}

}  // namespace jejak::appraisal
