#include "workflows/appraisal/deciding.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {

Answer decide(const Case& now, const Finalise&) {
    const Appraisal& state = now.state;
    if (state.review && now.context.actor.role != roles::supervisor) {
        return now.no("not_permitted",
                      "the supervisor who reviewed sets the result; others only where the review "
                      "was waived");
    }
    if (state.review && state.feedback_was_closed && !state.review_was_considered) {
        return now.no("feedback_not_weighed",
                      "confirm or revise the review in the light of the feedback first");
    }
    auto evaluated = scoring::evaluate(now.policy, scoring_inputs(state, now.policy));
    if (const auto* missing = std::get_if<scoring::Missing>(&evaluated)) {
        return now.no("score_incomplete", missing->text());
    }
    auto& outcome = std::get<scoring::Outcome>(evaluated);
    return now.yes(Finalised{std::move(outcome.score_text), std::move(outcome.predicate),
                             std::move(outcome.derivation),
                             now.due(now.policy.deadlines.acknowledge_days)});
}

Answer decide(const Case& now, const AcknowledgeResult& acknowledge) {
    if (now.state.acknowledged) {
        return now.no("already_acknowledged", "the result has been acknowledged before");
    }
    return now.yes(
        ResultAcknowledged{now.about_subject(acknowledge.comment),
                           now.end_after(now.today(), now.policy.deadlines.objection_days)});
}

Answer decide(const Case& now, const DeliverResult& deliver) {
    const bool on_paper = deliver.way == "paper";
    if (!on_paper && deliver.way != "post" && deliver.way != "portal") {
        return now.no("delivery_not_valid", "a result is delivered on paper, by post or portal");
    }
    if (now.state.objection_due_at != Instant{}) {
        return now.no("already_received", "the window for an objection runs already, until " +
                                              to_text(now.state.objection_due_at));
    }
    const auto day = organisation::parse_day(deliver.delivered_on);
    if (!day || now.today() < *day) {
        return now.no("delivery_not_valid", "\"" + deliver.delivered_on +
                                                "\" is no day until today; write it as 2026-01-10");
    }
    Sha256 hash;
    const bool is_named = from_hex(deliver.document_sha256, hash.data(), hash.size());
    if (!is_named && (deliver.way != "portal" || !deliver.document_sha256.empty())) {
        return now.no("document_missing",
                      "the signed form or the receipt is named by the 64 hex digits of its "
                      "SHA-256");
    }
    if (on_paper && deliver.witness.is_empty()) {
        return now.no("witness_missing", "say who witnessed that she was given it");
    }
    // Sent or laid out it is deemed to be received after the policy's days; handed over, at once.
    const auto deemed = on_paper ? 0U : now.policy.deadlines.deemed_receipt_days.value_or(0);
    const organisation::Day received{day->value + static_cast<std::int32_t>(deemed)};
    return now.yes(ResultDelivered{deliver.way, deliver.delivered_on, to_text(received),
                                   is_named ? to_hex(hash) : "", now.about_subject(deliver.witness),
                                   now.end_after(received, now.policy.deadlines.objection_days)});
}

}  // namespace jejak::appraisal
