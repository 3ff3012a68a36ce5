#include <algorithm>

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
    return now.yes(ResultAcknowledged{now.about_subject(acknowledge.comment)});
}

Answer decide(const Case& now, const FileObjection& objection) {
    if (now.state.objection_was_decided) {
        return now.no("objection_is_final",
                      "an objection was decided; that decision is final (PP 30/2019 Pasal 59(4))");
    }
    if (objection.reasons.is_empty()) {
        return now.no("reason_missing", "an objection has reasons (PP 30/2019 Pasal 59)");
    }
    const scoring::Inputs inputs = scoring_inputs(now.state, now.policy);
    for (const std::string& criterion : objection.contested) {
        if (!scoring::find_criterion(now.policy, inputs.plan, criterion)) {
            return now.no("criterion_unknown", "there is no criterion \"" + criterion + "\"");
        }
    }
    return now.yes(ObjectionFiled{objection.contested, now.about_subject(objection.reasons)});
}

Answer decide(const Case& now, const AnswerObjection& answer) {
    if (now.state.objection_was_answered) {
        return now.no("already_answered", "the supervisor has answered this objection");
    }
    if (answer.reply.is_empty()) return now.no("reason_missing", "the reply has no words");
    return now.yes(ObjectionAnswered{now.about_subject(answer.reply)});
}

Answer decide(const Case& now, const WithdrawObjection& withdraw) {
    return now.yes(ObjectionWithdrawn{now.about_subject(withdraw.reason)});
}

Answer decide(const Case& now, const DecideObjection& decision) {
    const auto& raters = now.state.reviewers;
    const PersonId decider = now.context.actor.person;
    if (decider == now.state.supervisor ||
        std::find(raters.begin(), raters.end(), decider) != raters.end()) {
        return now.no("not_permitted", "whoever rated does not decide about the objection");
    }
    if (!now.state.objection_was_answered) {
        return now.no("explanation_missing",
                      "both sides are heard first; the supervisor has not answered "
                      "(PP 30/2019 Pasal 59(3))");
    }
    if (decision.reasons.is_empty()) return now.no("reason_missing", "a decision has reasons");
    const Personal reasons = now.about_subject(decision.reasons);
    if (decision.outcome == "upheld" && decision.ratings.empty())
        return now.yes(ObjectionUpheld{reasons});
    if (decision.outcome != "changed" || decision.ratings.empty() || !now.state.result) {
        return now.no("outcome_not_valid",
                      "the outcome is upheld, or changed with the corrected ratings");
    }
    auto ratings = checked_ratings(now, scoring::SourceKind::supervisor, decision.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    ResultChanged changed;
    changed.ratings = std::move(std::get<0>(ratings));
    if (now.state.review) {
        for (const Rating& old : now.state.review->ratings) {
            const auto same = [&](const Rating& r) { return r.criterion == old.criterion; };
            if (std::any_of(changed.ratings.begin(), changed.ratings.end(), same)) {
                changed.replaced.push_back({old.criterion, old.value, {}});
            }
        }
    }
    changed.previous_score = now.state.result->score;
    changed.previous_predicate = now.state.result->predicate;
    changed.reasons = reasons;
    // The new result follows from the same facts with the corrected ratings: fold them and
    // evaluate.
    Appraisal corrected = now.state;
    evolve(corrected, changed);
    auto evaluated = scoring::evaluate(now.policy, scoring_inputs(corrected, now.policy));
    if (const auto* missing = std::get_if<scoring::Missing>(&evaluated)) {
        return now.no("score_incomplete", missing->text());
    }
    auto& outcome = std::get<scoring::Outcome>(evaluated);
    changed.score = std::move(outcome.score_text);
    changed.predicate = std::move(outcome.predicate);
    changed.derivation = std::move(outcome.derivation);
    return now.yes(std::move(changed));
}

}  // namespace jejak::appraisal
