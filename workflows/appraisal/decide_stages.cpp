#include <algorithm>

#include "workflows/appraisal/deciding.hpp"
#include "workflows/appraisal/standing.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/predicate.hpp"
#include "workflows/scoring/questions.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {
namespace {

constexpr std::size_t word_size_max = 64;

// Rule plan_not_agreed: where results come from the plan, nobody leaves the draft without one.
std::optional<Rejection> check_plan_is_agreed(const Case& now) {
    if (!now.policy.plan || !now.state.plan.empty()) return std::nullopt;
    return now.no("plan_not_agreed",
                  "policy " + now.policy.id + " scores the plan's results; agree a plan first");
}

// The superior decides about objections against the supervisor (PP 30/2019 Pasal 59), so the three
// are three people; a vacant post (nil) is nobody.
bool is_self_supervision(PersonId subject, PersonId supervisor, PersonId superior) {
    return supervisor == subject || superior == subject ||
           (supervisor == superior && !supervisor.is_nil());
}

// "" or what names a stream of the organisation.
bool is_post(const std::string& name) {
    return name.empty() || !organisation::stream_of_mandate(name).empty();
}
constexpr const char* post_is_no_name =
    "supervisor_post is a post of the organisation's records, \"team:\" and a team, or left out";

scoring::StageRule stage_rule(const scoring::Policy& policy, std::string_view stage) {
    if (stage == "self_assessment") return policy.stages.self_assessment;
    return stage == "review" ? policy.stages.review : policy.stages.feedback;
}

}  // namespace

Answer decide_open(const Appraisal& state, const OpenAppraisal& open, const Context& context) {
    const auto no = [](std::string rule, std::string message) -> Answer {
        return Rejection{std::move(rule), "", std::move(message)};
    };
    for (const std::string* word : {&open.post, &open.unit, &open.period, &open.kind}) {
        if (word->empty() || word->size() > word_size_max) {
            return no("opening_incomplete", "post, unit, period and kind need 1 to 64 bytes each");
        }
    }
    const auto policy_stream = StreamId::make("policy", open.policy);
    const auto* published =
        policy_stream ? context.references.find<scoring::PublishedPolicy>(*policy_stream) : nullptr;
    if (published == nullptr || !published->policy) {
        return no("policy_unknown", "no policy \"" + open.policy + "\" is published");
    }
    if (!scoring::applies_to(*published->policy, open.period, open.unit, open.kind)) {
        return no("policy_not_in_force", "policy \"" + open.policy + "\" applies " +
                                             scoring::scope_text(*published->policy->applies) +
                                             "; not to period " + open.period + ", unit " +
                                             open.unit + ", kind " + open.kind +
                                             ". `jejak policy choose` names the one that does");
    }
    if (open.subject.is_nil()) return no("opening_incomplete", "an appraisal needs a subject");
    const bool by_registrar = context.actor.role == roles::registrar;
    if ((open.supervisor.is_nil() || open.superior.is_nil()) && !by_registrar) {
        return no("opening_incomplete", "an appraisal needs a supervisor and the superior's name");
    }
    if (is_self_supervision(open.subject, open.supervisor, open.superior)) {
        return no("self_supervision", "nobody supervises himself");
    }
    if (!is_post(open.supervisor_post)) return no("opening_incomplete", post_is_no_name);
    if (context.actor.person == open.subject) {
        return no("own_appraisal", "nobody opens the appraisal of himself");
    }
    if (auto denied = check_standing(state, open, context, *published->policy)) {
        return std::move(*denied);
    }
    const StreamId slot = slot_of(open.subject, open.period, open.kind);
    const auto* held = context.references.find<ClaimState>(slot);
    if (held != nullptr && !held->holder.empty()) {
        return no("already_appraised", "this person has " + held->holder + " for period " +
                                           open.period + " (" + open.kind + ")");
    }
    const scoring::Policy& policy = *published->policy;
    const Case now{state, context, policy};
    Accepted<Event> accepted;
    accepted.events.emplace_back(
        Opened{open.subject, open.post, open.unit, open.period, open.kind, open.supervisor,
               open.superior, policy.id, to_hex(policy.hash), published->position,
               now.due(policy.deadlines.self_assessment_days), open.supervisor_post});
    if (!policy.plan) skip_unused_stages(now, Phase::draft, accepted.events);
    accepted.claims.push_back({ClaimChange::Kind::take, slot});
    accepted.policy = published->position;
    return accepted;
}

Answer decide(const Case& now, const AgreePlan& plan) {
    std::vector<scoring::PlanItem> items;
    std::vector<PlanItem> results = plan.results;
    for (PlanItem& planned : results) {
        scoring::PlanItem item;
        item.id = planned.item;
        // Reads the number and brings its text into canonical form.
        const auto read = [](std::optional<std::string>& text,
                             std::optional<scoring::Rational>& into) {
            if (!text) return true;
            auto parsed = scoring::Rational::parse(*text);
            if (!parsed) return false;
            text = parsed->compact();
            into = std::move(*parsed);
            return true;
        };
        std::optional<scoring::Rational> weight;
        if (!read(planned.target, item.target) || !read(planned.target_upper, item.target_upper) ||
            !read(planned.weight, weight)) {
            return now.no(
                "plan_not_valid",
                "\"" + planned.item + "\": target and weight are decimals such as \"7.5\"");
        }
        const auto slash = planned.supports.find('/');
        if (!planned.supports.empty() &&
            (slash == 0 || slash == std::string::npos || slash + 1 == planned.supports.size())) {
            return now.no("plan_not_valid", "\"" + planned.item +
                                                "\": what it supports is named as "
                                                "\"<appraisal>/<item>\"");
        }
        if (planned.formula && planned.formula != "normal" && planned.formula != "inverse") {
            return now.no("plan_not_valid",
                          "\"" + planned.item + "\": the formula is normal or inverse");
        }
        if (weight) item.weight = *weight;
        const auto section = scoring::find_section(now.policy, planned.section);
        if (!section && now.policy.plan) {
            return now.no("plan_not_valid", "\"" + planned.item + "\": the policy's plan has no " +
                                                "section \"" + planned.section + "\"");
        }
        item.section = section.value_or(0);
        item.target_is_maximum = planned.target_is_maximum;
        items.push_back(std::move(item));
    }
    if (const auto wrong = scoring::check_plan(now.policy, items)) {
        return now.no("plan_not_valid", *wrong);
    }
    std::vector<Expectation> expectations = plan.expectations;
    for (Expectation& expectation : expectations) {
        if (!scoring::find_criterion(now.policy, items, expectation.criterion)) {
            return now.no("plan_not_valid",
                          "there is no criterion \"" + expectation.criterion + "\"");
        }
        const scoring::Scale& scale = now.policy.scale;
        const auto level = expectation.level ? scoring::Rational::parse(*expectation.level)
                                             : Result<scoring::Rational>(scale.minimum);
        if (!level || *level < scale.minimum || *level > scale.maximum) {
            return now.no("plan_not_valid", "\"" + expectation.criterion +
                                                "\": the expected level is not on the scale");
        }
        if (expectation.level) expectation.level = level->compact();
        expectation.text = now.about_subject(expectation.text);
    }
    Accepted<Event> accepted = now.yes(PlanAgreed{std::move(results), std::move(expectations)});
    skip_unused_stages(now, Phase::draft, accepted.events);
    return accepted;
}

Answer decide(const Case& now, const RecordProgress& progress) {
    auto achievements = checked_achievements(now, progress.achievements);
    if (auto* no = std::get_if<Rejection>(&achievements)) return std::move(*no);
    if (progress.achievements.empty()) {
        return now.no("achievement_not_valid", "name the plan items that moved, and how far");
    }
    return now.yes(ProgressRecorded{std::move(std::get<0>(achievements))});
}

Answer decide(const Case& now, const AttachEvidence& evidence) {
    Sha256 hash;
    if (!from_hex(evidence.sha256, hash.data(), hash.size())) {
        return now.no("evidence_not_valid",
                      "evidence is named by the 64 hex digits of its SHA-256");
    }
    // `about` stays readable for ever, so no free words about a person get into it.
    const auto plan = scoring_inputs(now.state, now.policy).plan;
    if (!scoring::find_criterion(now.policy, plan, evidence.about)) {
        return now.no("evidence_not_valid",
                      "evidence is about a criterion of the policy or an item of the plan");
    }
    return now.yes(EvidenceAttached{evidence.about, now.about_subject(evidence.title), to_hex(hash),
                                    now.about_subject(evidence.uri)});
}

Answer decide(const Case& now, const NoteDialogue& dialogue) {
    if (dialogue.note.is_empty()) return now.no("note_missing", "the note has no words");
    return now.yes(DialogueNoted{now.about_subject(dialogue.note)});
}

Answer decide(const Case& now, const SubmitSelfAssessment& self) {
    if (auto no = check_plan_is_agreed(now)) return std::move(*no);
    auto ratings = checked_ratings(now, scoring::SourceKind::self, self.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    auto achievements = checked_achievements(now, self.achievements);
    if (auto* no = std::get_if<Rejection>(&achievements)) return std::move(*no);
    auto accepted = now.yes(SelfAssessmentSubmitted{
        std::move(std::get<0>(ratings)), std::move(std::get<0>(achievements)),
        now.about_subject(self.challenges), now.due(now.policy.deadlines.review_days)});
    skip_unused_stages(now, Phase::self_assessed, accepted.events);
    return accepted;
}

Answer decide(const Case& now, const ReturnForRevision& back) {
    if (back.reason.is_empty()) {
        return now.no("reason_missing", "say what is to be revised");
    }
    return now.yes(ReturnedForRevision{now.about_subject(back.reason),
                                       now.due(now.policy.deadlines.self_assessment_days)});
}

Answer decide(const Case& now, const SubmitReview& review) {
    auto ratings = checked_ratings(now, scoring::SourceKind::supervisor, review.ratings);
    if (auto* no = std::get_if<Rejection>(&ratings)) return std::move(*no);
    if (const auto source = source_by(now.policy, scoring::SourceKind::supervisor)) {
        std::string names;
        for (const std::string& id : unrated(now, *source, review.ratings)) {
            names += (names.empty() ? "" : ", ") + id;
        }
        if (!names.empty()) {
            return now.no("review_incomplete", "the review leaves out: " + names);
        }
    }
    for (const std::string& flag : review.flags) {
        // A flag that no band asks for would be lost without a word.
        if (scoring::known_flags(now.policy, {flag}).empty()) {
            std::string known;
            for (const auto& name : scoring::flags_of(now.policy))
                known += (known.empty() ? "; it knows " : ", ") + name;
            return now.no(
                "flag_unknown",
                "policy " + now.policy.id + " has no rule that asks for \"" + flag + "\"" + known);
        }
    }
    auto accepted = now.yes(ReviewSubmitted{std::move(std::get<0>(ratings)), review.flags,
                                            now.about_subject(review.observations)});
    skip_unused_stages(now, Phase::supervisor_reviewed, accepted.events);
    return accepted;
}

Answer decide(const Case& now, const ReturnReview& back) {
    if (back.reason.is_empty()) return now.no("reason_missing", "say why the review goes back");
    return now.yes(
        ReviewReturned{now.about_subject(back.reason), now.due(now.policy.deadlines.review_days)});
}

Answer decide(const Case& now, const WaiveStage& waive) {
    if (waive.stage != "self_assessment" && waive.stage != "review" && waive.stage != "feedback") {
        return now.no("stage_unknown", "the stages are self_assessment, review and feedback");
    }
    if (stage_rule(now.policy, waive.stage) == scoring::StageRule::required) {
        return now.no("stage_is_required", "policy " + now.policy.id + " does not let stage " +
                                               waive.stage + " be waived");
    }
    constexpr std::string_view grounds[] = {"vacancy", "leave", "imported_history", "other"};
    if (std::find(std::begin(grounds), std::end(grounds), waive.ground) == std::end(grounds)) {
        return now.no("ground_unknown",
                      "the grounds are vacancy, leave, imported_history and other");
    }
    if (waive.ground == "other" && waive.reason.is_empty()) {
        return now.no("reason_missing", "ground \"other\" needs a reason in words");
    }
    const Personal reason = now.about_subject(waive.reason);
    if (waive.stage == "feedback") {
        if (!now.state.feedback.empty()) {
            return now.no("feedback_was_given",
                          "raters have spoken; close the feedback, so that it is weighed");
        }
        return now.yes(FeedbackWaived{waive.ground, reason});
    }
    if (waive.stage == "review") {
        auto accepted = now.yes(ReviewWaived{waive.ground, reason});
        skip_unused_stages(now, Phase::supervisor_reviewed, accepted.events);
        return accepted;
    }
    if (auto no = check_plan_is_agreed(now)) return std::move(*no);
    auto accepted = now.yes(
        SelfAssessmentWaived{waive.ground, reason, now.due(now.policy.deadlines.review_days)});
    skip_unused_stages(now, Phase::self_assessed, accepted.events);
    return accepted;
}

Answer decide(const Case& now, const ReassignSupervisor& reassign) {
    if (reassign.supervisor.is_nil() || reassign.superior.is_nil()) {
        return now.no("opening_incomplete", "name the new supervisor and his superior");
    }
    if (is_self_supervision(now.state.subject, reassign.supervisor, reassign.superior)) {
        return now.no("self_supervision", "nobody supervises himself");
    }
    if (!is_post(reassign.supervisor_post)) {
        return now.no("opening_incomplete", post_is_no_name);
    }
    if (reassign.reason.is_empty()) {
        return now.no("reason_missing", "say why the supervisor changes");
    }
    return now.yes(SupervisorReassigned{reassign.supervisor, reassign.superior,
                                        now.state.supervisor, now.about_subject(reassign.reason),
                                        reassign.supervisor_post});
}

Answer decide(const Case& now, const CancelAppraisal& cancel) {
    if (cancel.reason.is_empty()) return now.no("reason_missing", "say why it is cancelled");
    auto accepted = now.yes(Cancelled{now.about_subject(cancel.reason)});
    accepted.claims.push_back(
        {ClaimChange::Kind::release, slot_of(now.state.subject, now.state.period, now.state.kind)});
    return accepted;
}

Answer decide(const Case& now, const ChangePolicy& change) {
    const Appraisal& state = now.state;
    const auto stream = StreamId::make("policy", change.policy);
    const auto* published =
        stream ? now.context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
    if (published == nullptr || !published->policy) {
        return now.no("policy_unknown", "no policy \"" + change.policy + "\" is published");
    }
    const scoring::Policy& next = *published->policy;
    if (next.id == state.policy) return now.no("same_policy", "it is pinned already");
    if (change.letter.empty()) {
        return now.no("letter_missing", "name the letter by which other rules apply");
    }
    if (!scoring::applies_to(next, state.period, state.unit, state.kind)) {
        return now.no("policy_not_in_force",
                      "policy \"" + next.id + "\" applies " + scoring::scope_text(*next.applies));
    }
    const bool others_spoke = !state.feedback.empty() || !state.recorded_sources.empty() ||
                              state.survey || !state.carried.empty();
    if (others_spoke) {
        return now.no("judged_by_the_old_policy",
                      "others have rated by the criteria of policy " + state.policy +
                          "; cancel this appraisal and open one under " + next.id);
    }
    const Case then{state, now.context, next};
    if (!state.plan.empty()) {
        const auto plan = decide(then, AgreePlan{state.plan, {}});
        if (const auto* no = std::get_if<Rejection>(&plan)) return *no;
    }
    if (state.self_assessment) {
        const auto own =
            checked_ratings(then, scoring::SourceKind::self, state.self_assessment->ratings);
        if (const auto* no = std::get_if<Rejection>(&own)) return *no;
    }
    const bool is_waived = state.phase == Phase::self_assessed && !state.self_assessment;
    if (is_waived && next.stages.self_assessment == scoring::StageRule::required) {
        return now.no("stage_is_required", "policy " + next.id +
                                               " asks for a self-assessment; return the appraisal "
                                               "for revision first");
    }
    Accepted<Event> accepted =
        now.yes(PolicyChanged{next.id, to_hex(next.hash), published->position, state.policy,
                              state.policy_sha256, change.letter});
    accepted.policy = published->position;
    if (!next.plan || !state.plan.empty()) skip_unused_stages(then, state.phase, accepted.events);
    return accepted;
}

}  // namespace jejak::appraisal
