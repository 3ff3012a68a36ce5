#include <algorithm>

#include "workflows/appraisal/deciding.hpp"

// What sets a result right that is no matter of judgement: corrected by two people, or annulled so
// that a phase begins anew. The old result stays on record in either case.
namespace jejak::appraisal {
namespace {

bool is_one_of(const std::string& word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Rules: ground_unknown, document_missing, reason_missing.
std::optional<Rejection> check_grounds(const Case& now, const std::string& ground,
                                       std::initializer_list<std::string_view> grounds,
                                       const std::string& document, const Personal& reason) {
    if (!is_one_of(ground, grounds)) {
        std::string names;
        for (const auto each : grounds)
            names += (names.empty() ? "" : ", ") + std::string(each);
        return now.no("ground_unknown", "the grounds are " + names);
    }
    Sha256 hash;
    if (!from_hex(document, hash.data(), hash.size())) {
        return now.no("document_missing",
                      "the finding or decision is named by the 64 hex digits of its SHA-256");
    }
    if (reason.is_empty()) return now.no("reason_missing", "say what was wrong");
    return std::nullopt;
}

// The result as it follows from the corrected inputs, under the pinned policy. Rule:
// score_incomplete.
std::variant<ResultCorrected, Rejection> corrected_result(const Case& now) {
    const PendingCorrection& pending = *now.state.correction;
    ResultCorrected corrected;
    corrected.proposal = pending.version;
    corrected.proposed_by = pending.by;
    corrected.ground = pending.ground;
    corrected.document_sha256 = pending.document_sha256;
    for (const Score& rating : pending.ratings) {
        corrected.ratings.push_back({rating.criterion, rating.value, {}});
        if (!now.state.review) continue;
        for (const Rating& old : now.state.review->ratings) {
            if (old.criterion != rating.criterion) continue;
            corrected.replaced.push_back({old.criterion, old.value, {}});
        }
    }
    for (const auto& [item, realisation] : pending.realisations) {
        corrected.achievements.push_back({item, realisation, {}});
        const auto old = now.state.realisations.find(item);
        if (old == now.state.realisations.end()) continue;
        corrected.replaced_achievements.push_back({item, old->second, {}});
    }
    corrected.previous_score = now.state.result->score;
    corrected.previous_predicate = now.state.result->predicate;
    Appraisal after = now.state;
    evolve(after, corrected);
    auto evaluated = scoring::evaluate(now.policy, scoring_inputs(after, now.policy));
    if (const auto* missing = std::get_if<scoring::Missing>(&evaluated)) {
        return now.no("score_incomplete", missing->text());
    }
    auto& outcome = std::get<scoring::Outcome>(evaluated);
    corrected.score = std::move(outcome.score_text);
    corrected.predicate = std::move(outcome.predicate);
    corrected.derivation = std::move(outcome.derivation);
    return corrected;
}

}  // namespace

Answer decide(const Case& now, const ProposeCorrection& propose) {
    if (auto no = check_grounds(now, propose.ground,
                                {"clerical_error", "inspection", "discipline", "court"},
                                propose.document_sha256, propose.reason)) {
        return std::move(*no);
    }
    if (propose.ratings.empty() && propose.achievements.empty()) {
        return now.no("correction_is_empty",
                      "name the ratings of the review, or the realisations, that are wrong");
    }
    if (!propose.ratings.empty() && !now.state.review) {
        return now.no("correction_not_valid",
                      "nobody reviewed here; a rating that another source gave is set right by "
                      "annulling the result (annul_result)");
    }
    auto ratings = checked_ratings(now, scoring::SourceKind::supervisor, propose.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    auto achievements = checked_achievements(now, propose.achievements);
    if (auto* no = std::get_if<Rejection>(&achievements)) return std::move(*no);
    return now.yes(CorrectionProposed{now.context.actor.person, propose.ground,
                                      propose.document_sha256, std::move(std::get<0>(ratings)),
                                      std::move(std::get<0>(achievements)),
                                      now.about_subject(propose.reason)});
}

Answer decide(const Case& now, const CorrectResult& correct) {
    const auto& pending = now.state.correction;
    if (!pending || pending->version != correct.proposal) {
        return now.no("no_such_correction",
                      pending ? "the correction that waits is that of version " +
                                    std::to_string(pending->version)
                              : "no correction waits to be confirmed (propose_correction)");
    }
    if (pending->by == now.context.actor.person) {
        return now.no("needs_another_person",
                      "whoever proposed the correction does not confirm it");
    }
    auto corrected = corrected_result(now);
    if (auto* no = std::get_if<Rejection>(&corrected)) return std::move(*no);
    return now.yes(std::move(std::get<0>(corrected)));
}

Answer decide(const Case& now, const AnnulResult& annul) {
    if (auto no = check_grounds(now, annul.ground, {"wrong_rater", "wrong_plan", "court"},
                                annul.document_sha256, annul.reason)) {
        return std::move(*no);
    }
    const auto& result = now.state.result;
    const std::string score = result ? result->score : "";
    const std::string predicate = result ? result->predicate : "";
    const Personal reason = now.about_subject(annul.reason);
    if (annul.reopens == "draft") {
        auto accepted = now.yes(
            AssessmentAnnulled{annul.ground, annul.document_sha256, reason, score, predicate,
                               now.due(now.policy.deadlines.self_assessment_days)});
        if (!now.policy.plan || !now.state.plan.empty()) {
            skip_unused_stages(now, Phase::draft, accepted.events);
        }
        return accepted;
    }
    if (annul.reopens != "self_assessed") {
        return now.no("stage_unknown",
                      "a result is annulled back to draft, or to self_assessed, where the review "
                      "begins");
    }
    auto accepted = now.yes(ReviewAnnulled{annul.ground, annul.document_sha256, reason, score,
                                           predicate, now.due(now.policy.deadlines.review_days)});
    skip_unused_stages(now, Phase::self_assessed, accepted.events);
    return accepted;
}

}  // namespace jejak::appraisal
