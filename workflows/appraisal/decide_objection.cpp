#include <algorithm>

#include "workflows/appraisal/deciding.hpp"
#include "workflows/appraisal/standing.hpp"
#include "workflows/scoring/questions.hpp"

// The objection (keberatan): PP 30/2019 Pasal 59. Who is heard, until when, and who decides.
namespace jejak::appraisal {
namespace {

// Rule: not_permitted. Nobody decides who rated, is judged, or gave feedback here.
std::optional<Rejection> check_decider(const Case& now, PersonId decider, Handle as_rater) {
    const auto& raters = now.state.reviewers;
    if (decider == now.state.supervisor ||
        std::find(raters.begin(), raters.end(), decider) != raters.end()) {
        return now.no("not_permitted", "whoever rated does not decide about the objection");
    }
    if (decider == now.state.subject) {
        return now.no("not_permitted", "nobody decides about the objection of himself");
    }
    if (now.state.feedback.contains(as_rater)) {
        return now.no("not_permitted", "whoever gave feedback here does not decide");
    }
    return std::nullopt;
}

// The result with the corrected ratings: both stay on record. It follows from the same facts: they
// are folded onto `before` and evaluated under the pinned policy. Rule: score_incomplete.
std::variant<ResultChanged, Rejection> changed_result(const Case& now, const Appraisal& before,
                                                      std::vector<Rating> ratings,
                                                      const Personal& reasons) {
    ResultChanged changed;
    changed.ratings = std::move(ratings);
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
    Appraisal corrected = before;
    evolve(corrected, changed);
    auto evaluated = scoring::evaluate(now.policy, scoring_inputs(corrected, now.policy));
    if (const auto* missing = std::get_if<scoring::Missing>(&evaluated)) {
        return now.no("score_incomplete", missing->text());
    }
    auto& outcome = std::get<scoring::Outcome>(evaluated);
    changed.score = std::move(outcome.score_text);
    changed.predicate = std::move(outcome.predicate);
    changed.derivation = std::move(outcome.derivation);
    return changed;
}

// What the employee rated herself, of what she contests; none where nothing of it can stand as a
// review.
std::vector<Rating> granted_ratings(const Case& now) {
    std::vector<Rating> own;
    if (!now.state.self_assessment) return own;
    for (const Rating& rating : now.state.self_assessment->ratings) {
        const auto& contested = now.state.contested;
        if (contested.empty() ||
            std::find(contested.begin(), contested.end(), rating.criterion) != contested.end()) {
            own.push_back({rating.criterion, rating.value, {}});
        }
    }
    auto checked = checked_ratings(now, scoring::SourceKind::supervisor, own);
    auto* ratings = std::get_if<std::vector<Rating>>(&checked);
    return ratings == nullptr ? std::vector<Rating>() : std::move(*ratings);
}

bool was_heard(const Appraisal& state) {
    return state.objection_was_answered || state.reply_has_elapsed;
}

bool is_member(const Appraisal& state, PersonId person) {
    return std::find(state.panel.begin(), state.panel.end(), person) != state.panel.end();
}

// See ObjectionFiled::decided_by. Where the superior rated or is nobody (a minister's rater has
// none), an administrator names who decides: the next in the chain, then an officer.
std::string decided_by(const Case& now) {
    if (now.policy.panel) return "panel";
    const auto superior = now.state.superior;
    const bool is_fit = !superior.is_nil() && !check_decider(now, superior, {});
    return is_fit ? "superior" : "named";
}

// The clock that runs: until the reply is in, that of the reply; then that of the decision.
struct RunningClock {
    const char* deadline;
    Instant due_at;
};
RunningClock running_clock(const Appraisal& state) {
    return was_heard(state) ? RunningClock{"decision", state.decision_due_at}
                            : RunningClock{"reply", state.reply_due_at};
}

// Nobody decided in time; what follows, the policy says.
Answer without_decision(const Case& now, Instant due) {
    const auto rule = now.policy.deadlines.no_decision;
    if (rule == scoring::NoDecision::stands) {
        Accepted<Event> accepted = now.yes(DeadlinePassed{"decision", due, "stands", {}});
        accepted.events.emplace_back(ObjectionLapsed{"no_decision"});
        return accepted;
    }
    auto ratings = granted_ratings(now);
    if (rule == scoring::NoDecision::granted && now.state.result && !ratings.empty()) {
        Accepted<Event> accepted = now.yes(DeadlinePassed{"decision", due, "granted", {}});
        Appraisal before = now.state;
        evolve(before, accepted.events.front());
        auto changed = changed_result(now, before, std::move(ratings), {});
        if (auto* result = std::get_if<ResultChanged>(&changed)) {
            accepted.events.emplace_back(std::move(*result));
            return accepted;
        }
    }
    // Also where granting would give no result: a person has to look at it.
    return now.yes(DeadlinePassed{"decision", due, "escalates", {}});
}

// The vote that has decided: as many as the quorum have voted, and more than half of the panel so.
// Null where none has.
const Vote* prevailing(const Appraisal& state, std::uint32_t quorum) {
    if (state.votes.size() < quorum) return nullptr;
    for (const auto& [member, vote] : state.votes) {
        const auto same =
            std::count_if(state.votes.begin(), state.votes.end(),
                          [&vote = vote](const auto& each) { return each.second == vote; });
        if (static_cast<std::size_t>(same) > state.panel.size() / 2) return &vote;
    }
    return nullptr;
}

// A fact of the panel, a vote or that a member steps back, and the decision where it makes one.
Answer with_the_decision(const Case& now, Event fact, const Personal& reasons) {
    Accepted<Event> accepted = now.yes(std::move(fact));
    Appraisal after = now.state;
    evolve(after, accepted.events.front());
    const Vote* vote = prevailing(after, now.policy.panel->quorum);
    if (vote == nullptr || !was_heard(after)) return accepted;
    if (vote->outcome == "upheld") {
        accepted.events.emplace_back(ObjectionUpheld{reasons});
        return accepted;
    }
    std::vector<Rating> ratings;
    for (const Score& rating : vote->ratings)
        ratings.push_back({rating.criterion, rating.value, {}});
    auto changed = changed_result(now, after, std::move(ratings), reasons);
    if (auto* no = std::get_if<Rejection>(&changed)) return std::move(*no);
    accepted.events.emplace_back(std::move(std::get<0>(changed)));
    return accepted;
}

Answer vote_of(const Case& now, const char* outcome, std::vector<Rating> ratings,
               const Personal& reasons) {
    return with_the_decision(
        now, VoteCast{now.context.actor.person, outcome, std::move(ratings), reasons}, reasons);
}

}  // namespace

Answer decide(const Case& now, const FileObjection& objection) {
    if (now.state.objection_was_decided) {
        return now.no("objection_is_final",
                      "an objection was decided; that decision is final (PP 30/2019 Pasal 59(4))");
    }
    if (objection.reasons.is_empty()) {
        return now.no("reason_missing", "an objection has reasons (PP 30/2019 Pasal 59)");
    }
    const Instant due = extended_due(now, "objection", now.state.objection_due_at);
    if (due != Instant{} && now.context.occurred_at > due) {
        return now.no("objection_late", "objections were possible until " + to_text(due) +
                                            "; this one comes at " +
                                            to_text(now.context.occurred_at) +
                                            ". An administrator may extend the window by a letter "
                                            "(extend_deadline)");
    }
    const scoring::Inputs inputs = scoring_inputs(now.state, now.policy);
    for (const std::string& criterion : objection.contested) {
        if (!scoring::find_criterion(now.policy, inputs.plan, criterion)) {
            return now.no("criterion_unknown", "there is no criterion \"" + criterion + "\"");
        }
    }
    return now.yes(ObjectionFiled{objection.contested, now.about_subject(objection.reasons),
                                  now.end_after(now.today(), now.policy.deadlines.reply_days),
                                  decided_by(now)});
}

Answer decide(const Case& now, const AnswerObjection& answer) {
    if (now.state.objection_was_answered) {
        return now.no("already_answered", "the supervisor has answered this objection");
    }
    if (answer.reply.is_empty()) return now.no("reason_missing", "the reply has no words");
    const auto due = now.state.decision_due_at == Instant{}
                         ? now.end_after(now.today(), now.policy.deadlines.decision_days)
                         : now.state.decision_due_at;
    return now.yes(ObjectionAnswered{now.about_subject(answer.reply), due});
}

Answer decide(const Case& now, const WithdrawObjection& withdraw) {
    return now.yes(ObjectionWithdrawn{now.about_subject(withdraw.reason)});
}

Answer decide(const Case& now, const AssignPanel& assign) {
    if (!now.policy.panel || !now.state.is_for_a_panel) {
        return now.no("no_panel", "policy " + now.policy.id +
                                      " lets no panel decide; assign_decider names one person");
    }
    const auto size = now.policy.panel->size;
    if (assign.members.size() != size || assign.as_raters.size() != size) {
        return now.no("panel_incomplete",
                      "the panel has " + std::to_string(size) + " members; name them all");
    }
    if (assign.letter.empty()) return now.no("letter_missing", "name the letter that appoints it");
    for (std::size_t i = 0; i < size; ++i) {
        const PersonId member = assign.members[i];
        if (member.is_nil()) return now.no("person_missing", "say who the members are");
        if (member == now.context.actor.person) return now.no("own_record", "nobody names himself");
        if (std::count(assign.members.begin(), assign.members.end(), member) != 1) {
            return now.no("panel_incomplete", "a member is named twice");
        }
        if (auto no = check_decider(now, member, assign.as_raters[i])) return std::move(*no);
    }
    const Instant due = was_heard(now.state)
                            ? now.end_after(now.today(), now.policy.deadlines.decision_days)
                            : Instant{};
    return now.yes(PanelAssigned{assign.members, now.state.panel, assign.letter, due});
}

Answer decide(const Case& now, const RecuseMember& recuse) {
    if (!is_member(now.state, now.context.actor.person)) {
        return now.no("not_a_member", "only a member of the panel steps back from it");
    }
    if (recuse.reason.is_empty()) return now.no("reason_missing", "say why you step back");
    return with_the_decision(
        now, MemberRecused{now.context.actor.person, now.about_subject(recuse.reason)}, {});
}

Answer decide(const Case& now, const DecideObjection& decision) {
    if (auto no = check_decider(now, now.context.actor.person, decision.as_rater)) {
        return std::move(*no);
    }
    const bool by_panel = now.state.is_for_a_panel;
    if (by_panel ? !is_member(now.state, now.context.actor.person)
                 : now.context.actor.person != now.state.decider) {
        return now.no("not_the_decider",
                      by_panel ? "a panel decides; an administrator names its members "
                                 "(assign_panel)"
                      : now.state.decider.is_nil() && !now.state.was_escalated
                          ? "the superior is missing or one of the parties; an administrator "
                            "names who decides (assign_decider)"
                      : now.state.was_escalated
                          ? "there was no decision in time; an administrator names who decides now "
                            "(assign_decider)"
                          : "somebody else was named to decide this objection");
    }
    if (!was_heard(now.state)) {
        return now.no("explanation_missing",
                      "both sides are heard first; the supervisor has not answered "
                      "(PP 30/2019 Pasal 59(3)), and his time has not run out on record");
    }
    if (decision.reasons.is_empty()) return now.no("reason_missing", "a decision has reasons");
    const Personal reasons = now.about_subject(decision.reasons);
    const bool upheld = decision.outcome == "upheld" && decision.ratings.empty();
    if (upheld && !by_panel) return now.yes(ObjectionUpheld{reasons});
    if (upheld) return vote_of(now, "upheld", {}, reasons);
    if (decision.outcome != "changed" || decision.ratings.empty() || !now.state.result) {
        return now.no("outcome_not_valid",
                      "the outcome is upheld, or changed with the corrected ratings");
    }
    auto ratings = checked_ratings(now, scoring::SourceKind::supervisor, decision.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    if (by_panel) return vote_of(now, "changed", std::move(std::get<0>(ratings)), reasons);
    auto changed = changed_result(now, now.state, std::move(std::get<0>(ratings)), reasons);
    if (auto* no = std::get_if<Rejection>(&changed)) return std::move(*no);
    return now.yes(std::move(std::get<0>(changed)));
}

Answer decide(const Case& now, const AssignDecider& assign) {
    constexpr std::string_view grounds[] = {"vacancy", "same_person", "conflict", "escalated"};
    if (std::find(std::begin(grounds), std::end(grounds), assign.ground) == std::end(grounds)) {
        return now.no("ground_unknown",
                      "the grounds are vacancy, same_person, conflict and escalated");
    }
    if (assign.letter.empty()) {
        return now.no("letter_missing", "name the letter by which somebody else decides");
    }
    if (assign.decider.is_nil()) return now.no("person_missing", "say who decides");
    if (auto no = check_decider(now, assign.decider, assign.as_rater)) return std::move(*no);
    if (assign.decider == now.context.actor.person) {
        return now.no("own_record", "nobody names himself");
    }
    if (assign.decider == now.state.decider) {
        return now.no("already_assigned", "this person decides already");
    }
    if (now.state.is_for_a_panel) {
        return now.no("no_decider", "by the policy a panel decides (assign_panel)");
    }
    const Instant due = was_heard(now.state)
                            ? now.end_after(now.today(), now.policy.deadlines.decision_days)
                            : Instant{};
    return now.yes(
        ObjectionAssigned{assign.decider, now.state.decider, assign.ground, assign.letter, due});
}

Answer decide(const Case& now, const PassDeadline& pass) {
    const auto running = running_clock(now.state);
    if (pass.deadline != running.deadline || running.due_at == Instant{}) {
        return now.no("no_such_clock", "no clock of \"" + pass.deadline + "\" runs here");
    }
    const Instant due = extended_due(now, running.deadline, running.due_at);
    if (now.context.occurred_at <= due) {
        return now.no("deadline_not_passed", "there is time until " + to_text(due));
    }
    if (pass.deadline == "decision") return without_decision(now, due);
    return now.yes(DeadlinePassed{"reply", due, "heard_without_reply",
                                  now.end_after(now.today(), now.policy.deadlines.decision_days)});
}

}  // namespace jejak::appraisal
