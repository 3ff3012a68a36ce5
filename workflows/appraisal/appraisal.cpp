#include "workflows/appraisal/appraisal.hpp"

#include <algorithm>

namespace jejak::appraisal {
namespace {

void keep_realisations(Appraisal& state, const std::vector<Achievement>& achievements) {
    for (const Achievement& achievement : achievements) {
        state.realisations.insert_or_assign(achievement.item, achievement.realisation);
    }
}

void replace_ratings(Appraisal& state, const std::vector<Rating>& ratings) {
    if (!state.review) state.review.emplace();
    state.review->versions.push_back(state.version);
    for (const Rating& rating : ratings) {
        auto& all = state.review->ratings;
        const auto old = std::find_if(all.begin(), all.end(), [&](const Rating& r) {
            return r.criterion == rating.criterion;
        });
        if (old != all.end()) {
            old->value = rating.value;
        } else {
            all.push_back({rating.criterion, rating.value, {}});
        }
    }
}

void keep_reviewer(Appraisal& state) {
    auto& all = state.reviewers;
    if (std::find(all.begin(), all.end(), state.supervisor) == all.end()) {
        all.push_back(state.supervisor);
    }
}

// Words stay in the log: the fold keeps criterion and value.
RatingSet ratings_without_words(const std::vector<Rating>& ratings, std::uint32_t version) {
    RatingSet set{{version}, {}};
    set.ratings.reserve(ratings.size());
    for (const Rating& rating : ratings)
        set.ratings.push_back({rating.criterion, rating.value, {}});
    return set;
}

struct Fold {
    Appraisal& state;

    void operator()(const Opened& e) const {
        state.phase = Phase::draft;
        state.subject = e.subject;
        state.supervisor = e.supervisor;
        state.superior = e.superior;
        state.post = e.post;
        state.unit = e.unit;
        state.period = e.period;
        state.kind = e.kind;
        state.supervisor_post = e.supervisor_post;
        state.policy = e.policy;
        state.policy_sha256 = e.policy_sha256;
        state.policy_position = e.policy_position;
        state.self_assessment_due_at = e.self_assessment_due_at;
    }
    void operator()(const PlanAgreed& e) const { state.plan = e.results; }
    void operator()(const ProgressRecorded& e) const { keep_realisations(state, e.achievements); }
    void operator()(const EvidenceAttached&) const {}
    void operator()(const DialogueNoted&) const {}
    void operator()(const SelfAssessmentSubmitted& e) const {
        state.phase = Phase::self_assessed;
        state.self_assessment = ratings_without_words(e.ratings, state.version);
        keep_realisations(state, e.achievements);
        state.review_due_at = e.review_due_at;
    }
    void operator()(const SelfAssessmentWaived& e) const {
        state.phase = Phase::self_assessed;
        state.self_assessment.reset();  // one that was sent back does not come back by the waiver
        state.review_due_at = e.review_due_at;
    }
    void operator()(const ReturnedForRevision& e) const {
        state.phase = Phase::draft;
        state.self_assessment_due_at = e.self_assessment_due_at;
    }
    void operator()(const ReviewSubmitted& e) const {
        state.phase = Phase::supervisor_reviewed;
        state.review = ratings_without_words(e.ratings, state.version);
        state.flags = e.flags;
        keep_reviewer(state);
    }
    void operator()(const ReviewWaived&) const {
        state.phase = Phase::supervisor_reviewed;
        state.review.reset();
        state.flags.clear();
    }
    void operator()(const ReviewReturned& e) const {
        state.phase = Phase::self_assessed;
        state.review_due_at = e.review_due_at;
    }
    void operator()(const SupervisorReassigned& e) const {
        state.supervisor = e.supervisor;
        state.superior = e.superior;
        state.supervisor_post = e.supervisor_post;
    }
    void operator()(const Cancelled&) const { state.phase = Phase::cancelled; }

    void operator()(const FeedbackOpened& e) const {
        state.feedback_is_open = true;
        state.feedback_due_at = e.due_at;
    }
    void operator()(const RaterInvited& e) const {
        state.invitations.push_back({e.rater, e.source});
    }
    void operator()(const FeedbackGiven& e) const {
        state.feedback.insert_or_assign(e.rater, RaterFeedback{e.source, state.version, e.ratings});
    }
    void operator()(const FeedbackRevised& e) const {
        state.feedback.insert_or_assign(e.rater, RaterFeedback{e.source, state.version, e.ratings});
    }
    void operator()(const SourceRecorded& e) const {
        state.recorded_sources.insert_or_assign(
            e.source, RecordedSource{state.version, e.respondents, e.sums});
    }
    void operator()(const SurveyRecorded& e) const {
        state.survey = SurveyFact{state.version, e.respondents, e.element_means};
    }
    void operator()(const ScoreCarriedIn& e) const {
        auto& all = state.carried[e.criterion];
        std::erase_if(all, [&](const CarriedScore& c) { return c.appraisal == e.appraisal; });
        all.push_back({state.version, e.score, e.appraisal, e.period});
    }
    void operator()(const FeedbackClosed& e) const {
        state.phase = Phase::feedback;
        state.feedback_is_open = false;
        state.feedback_was_closed = true;
        state.feedback_version = state.version;
        state.gate_due_at = e.gate_due_at;
    }
    void operator()(const FeedbackWaived&) const {
        state.phase = Phase::feedback;
        state.feedback_version = state.version;
        state.feedback_is_open = false;
    }
    void operator()(const ReviewConfirmed&) const { state.review_was_considered = true; }
    void operator()(const ReviewRevised& e) const {
        replace_ratings(state, e.ratings);
        keep_reviewer(state);
        state.review_was_considered = true;
    }

    void operator()(const Finalised& e) const {
        state.phase = Phase::finalised;
        state.result = FinalResult{state.version, e.score, e.predicate};
        state.acknowledge_due_at = e.acknowledge_due_at;
    }
    void operator()(const ResultAcknowledged& e) const {
        state.acknowledged = true;
        receive(e.objection_due_at);
    }
    void operator()(const ResultDelivered& e) const { receive(e.objection_due_at); }
    // The first receipt counts.
    void receive(Instant due) const {
        if (due == Instant{}) return;
        state.objection_due_at =
            state.objection_due_at == Instant{} ? due : std::min(state.objection_due_at, due);
    }
    void operator()(const ObjectionFiled& e) const {
        state.phase = Phase::disputed;
        state.objection_was_answered = false;
        state.reply_has_elapsed = false;
        state.was_escalated = false;
        state.is_for_a_panel = e.decided_by == "panel";
        state.decider = e.decided_by == "superior" ? state.superior : PersonId{};
        state.panel.clear();
        state.votes.clear();
        state.correction.reset();  // it was meant for the result before the dispute
        state.contested = e.contested;
        state.reply_due_at = e.reply_due_at;
        state.decision_due_at = {};
    }
    void operator()(const ObjectionAnswered& e) const {
        state.objection_was_answered = true;
        if (state.decision_due_at == Instant{}) state.decision_due_at = e.decision_due_at;
    }
    void operator()(const DeadlinePassed& e) const {
        state.decision_due_at = e.decision_due_at;
        if (e.deadline == "reply") state.reply_has_elapsed = true;
        if (e.consequence != "escalates") return;
        state.was_escalated = true;
        state.decider = {};
        state.panel.clear();
        state.votes.clear();
    }
    void operator()(const ObjectionAssigned& e) const {
        state.decider = e.decider;
        state.was_escalated = false;
        state.decision_due_at = e.decision_due_at;
    }
    void operator()(const ObjectionLapsed&) const {
        state.phase = Phase::finalised;
        state.objection_was_decided = true;
    }
    void operator()(const ObjectionWithdrawn&) const { state.phase = Phase::finalised; }
    void operator()(const ObjectionUpheld&) const {
        state.phase = Phase::finalised;
        state.objection_was_decided = true;
    }
    void operator()(const ResultChanged& e) const {
        state.phase = Phase::finalised;
        state.objection_was_decided = true;
        replace_ratings(state, e.ratings);
        state.result = FinalResult{state.version, e.score, e.predicate};
        state.acknowledged = false;  // a new result is acknowledged anew
        state.acknowledge_due_at = {};
    }
    void operator()(const PanelAssigned& e) const {
        state.panel = e.members;
        state.votes.clear();
        state.was_escalated = false;
        state.decision_due_at = e.decision_due_at;
    }
    void operator()(const VoteCast& e) const {
        Vote vote{e.outcome, {}};
        for (const Rating& rating : e.ratings)
            vote.ratings.push_back({rating.criterion, rating.value});
        // The same vote is the same in whatever order it was written down.
        std::sort(vote.ratings.begin(), vote.ratings.end(),
                  [](const Score& a, const Score& b) { return a.criterion < b.criterion; });
        state.votes.insert_or_assign(e.member, std::move(vote));
    }
    void operator()(const MemberRecused& e) const {
        std::erase(state.panel, e.member);
        state.votes.erase(e.member);
    }
    void operator()(const CorrectionProposed& e) const {
        PendingCorrection pending{state.version, e.by, e.ground, e.document_sha256, {}, {}};
        for (const Rating& rating : e.ratings)
            pending.ratings.push_back({rating.criterion, rating.value});
        for (const Achievement& achievement : e.achievements)
            pending.realisations.insert_or_assign(achievement.item, achievement.realisation);
        state.correction = std::move(pending);
    }
    void operator()(const ResultCorrected& e) const {
        state.correction.reset();
        if (!e.ratings.empty()) replace_ratings(state, e.ratings);
        keep_realisations(state, e.achievements);
        state.result = FinalResult{state.version, e.score, e.predicate};
        begin_receipt_anew();
    }
    void operator()(const ReviewAnnulled& e) const {
        state.phase = Phase::self_assessed;
        state.review_due_at = e.review_due_at;
        annul();
    }
    void operator()(const AssessmentAnnulled& e) const {
        state.phase = Phase::draft;
        state.self_assessment.reset();
        state.self_assessment_due_at = e.self_assessment_due_at;
        annul();
    }
    void operator()(const PolicyChanged& e) const {
        state.policy = e.policy;
        state.policy_sha256 = e.policy_sha256;
        state.policy_position = e.policy_position;
    }

    // A result that nobody has received yet and against which nobody has objected.
    void begin_receipt_anew() const {
        state.acknowledged = false;
        state.objection_was_decided = false;
        state.acknowledge_due_at = state.objection_due_at = {};
        state.reply_due_at = state.decision_due_at = {};
        state.contested.clear();
    }
    // Whoever reviewed stays among the reviewers: he does not decide about an objection.
    void annul() const {
        state.result.reset();
        state.correction.reset();
        state.review.reset();
        state.flags.clear();
        state.annulled_version = state.version;
        state.feedback_was_heard = state.feedback_was_heard || state.feedback_was_closed ||
                                   !state.feedback.empty() || !state.recorded_sources.empty();
        state.feedback_due_at = state.gate_due_at = {};
        state.feedback_is_open = false;
        state.feedback_was_closed = false;
        state.review_was_considered = false;
        begin_receipt_anew();
    }
};

}  // namespace

void evolve(Appraisal& state, const Event& event) {
    ++state.version;
    std::visit(Fold{state}, event);
}

}  // namespace jejak::appraisal
