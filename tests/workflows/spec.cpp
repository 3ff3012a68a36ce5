#include "tests/workflows/spec.hpp"

#include <gtest/gtest.h>

#include "engine/record/archive.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "tests/workflows/policies.hpp"
#include "tests/workflows/print.hpp"

namespace jejak::appraisal::specs {
namespace {

using jejak::golden::lines_of;
using jejak::golden::shown;

void fail_at(const Where& where, const std::string& message) {
    GTEST_MESSAGE_AT_(where.file_name(), static_cast<int>(where.line()), message.c_str(),
                      ::testing::TestPartResult::kNonFatalFailure);
}

// The event as it comes back from the log.
Event decoded(const Event& event, const Where& where) {
    return std::visit(
        [&](const auto& e) -> Event {
            using E = std::decay_t<decltype(e)>;
            auto back =
                record::decode_any<Event>(E::event_name, E::schema_version, record::to_bytes(e));
            if (!back) {
                fail_at(where, std::string(E::event_name) + ": " + back.error().message);
                return event;
            }
            if (!(std::get<E>(*back) == e)) {
                fail_at(where, "an event comes back changed from its bytes:\n  " + shown(event) +
                                   "\n  " + shown(*back));
            }
            return std::move(*back);
        },
        event);
}

// The event as it stands in the log: every word sealed, and here beyond opening.
Event without_words(Event event) {
    std::visit(
        [](auto& e) {
            record::for_each_personal(e, [](Personal& field, std::string_view) {
                if (field.is_empty()) return;
                field.state = Personal::State::sealed;
                field.bytes = "gone";
            });
        },
        event);
    return event;
}

void fold_one(Appraisal& state, const Event& event, const Where& where) {
    const auto legal = next_phase(state.phase, kind_of(event));
    const Phase before = state.phase;
    evolve(state, event);
    if (!legal) {
        fail_at(where, std::string(name_of(kind_of(event))) + " is not legal in phase " +
                           std::string(name_of(before)));
    } else if (*legal != state.phase) {
        fail_at(where, std::string(name_of(kind_of(event))) + " in phase " +
                           std::string(name_of(before)) + ": the kernel says " +
                           std::string(name_of(*legal)) + ", the fold " +
                           std::string(name_of(state.phase)));
    }
}

std::string list(const std::vector<Rating>& ratings) {
    std::string text;
    for (const Rating& r : ratings)
        text += " " + r.criterion + "=" + r.value;
    return text;
}

std::string list(const RatingSet& set) {
    std::string text = " by events";
    for (const auto version : set.versions)
        text += " " + std::to_string(version);
    return text + ":" + list(set.ratings);
}

void add_feedback(std::string& text, const Appraisal& state) {
    for (const Invitation& i : state.invitations) {
        text += "invitation: " + shown(i.rater) + " as " + i.source + "\n";
    }
    for (const auto& [rater, given] : state.feedback) {
        text += "feedback: " + shown(rater) + " as " + given.source + " by event " +
                std::to_string(given.version) + ":";
        for (const Score& score : given.ratings)
            text += " " + score.criterion + "=" + score.value;
        text += "\n";
    }
    for (const auto& [source, recorded] : state.recorded_sources) {
        text += "recorded: " + source + " by event " + std::to_string(recorded.version) + ", " +
                std::to_string(recorded.respondents) + " respondents:";
        for (const SourceSum& sum : recorded.sums) {
            text += " " + sum.criterion + "=" + sum.sum + "/" + std::to_string(sum.count);
        }
        text += "\n";
    }
    if (!state.survey) return;
    text += "survey: by event " + std::to_string(state.survey->version) + ", " +
            std::to_string(state.survey->respondents) + " respondents:";
    for (const auto& mean : state.survey->element_means)
        text += " " + mean;
    text += "\n";
}

}  // namespace

Instant day(int number) {
    return plus_days(*parse_instant("2026-01-05T08:00:00Z"), number);
}

Appraisal folded(const std::vector<Event>& events, Where where) {
    Appraisal live;
    Appraisal replayed;
    Appraisal wordless;
    for (const Event& event : events) {
        fold_one(live, event, where);
        const Event back = decoded(event, where);
        evolve(replayed, back);
        evolve(wordless, decoded(without_words(back), where));
    }
    if (!(live == replayed)) {
        fail_at(where, "the fold of decoded bytes differs from the live fold:\n" +
                           summary_of(live) + "---\n" + summary_of(replayed));
    }
    if (!(live == wordless)) {
        fail_at(where, "the fold depends on words about a person, which erasure takes away:\n" +
                           summary_of(live) + "---\n" + summary_of(wordless));
    }
    return live;
}

std::set<PhaseAndKind> pairs_of(const std::vector<Event>& events) {
    std::set<PhaseAndKind> pairs;
    Appraisal state;
    for (const Event& event : events) {
        pairs.emplace(state.phase, kind_of(event));
        evolve(state, event);
    }
    return pairs;
}

std::string summary_of(const Appraisal& state) {
    std::string text = "phase: " + std::string(name_of(state.phase)) + "\n";
    text += "version: " + std::to_string(state.version) + "\n";
    text += "people: " + shown(state.subject) + " " + shown(state.supervisor) + " " +
            shown(state.superior) + "\n";
    text += "where: " + state.post + " | " + state.unit + " | " + state.period + " | " +
            state.kind + "\n";
    if (!state.supervisor_post.empty()) {
        text += "supervisor_post: " + state.supervisor_post + "\n";
    }
    text += "policy: " + state.policy + " " + state.policy_sha256 + " " +
            shown(state.policy_position) + "\n";
    for (const PlanItem& item : state.plan)
        text += "plan: " + shown(item) + "\n";
    for (const auto& [item, number] : state.realisations) {
        text += "realised: " + item + "=" + number + "\n";
    }
    if (state.self_assessment) text += "self:" + list(*state.self_assessment) + "\n";
    if (state.review) text += "review:" + list(*state.review) + "\n";
    if (!state.reviewers.empty()) text += "reviewers: " + shown(state.reviewers) + "\n";
    if (!state.flags.empty()) text += "flags: " + shown(state.flags) + "\n";
    add_feedback(text, state);
    for (const auto& [criterion, parts] : state.carried) {
        for (const CarriedScore& carried : parts) {
            text += "carried: " + criterion + "=" + carried.score + " by event " +
                    std::to_string(carried.version) + "\n";
        }
    }
    if (state.result) {
        text += "result: " + state.result->score + " " + state.result->predicate + " by event " +
                std::to_string(state.result->version) + "\n";
    }
    if (!state.contested.empty()) text += "contested: " + shown(state.contested) + "\n";
    if (!state.decider.is_nil()) text += "decider: " + shown(state.decider) + "\n";
    if (!state.panel.empty()) text += "panel: " + shown(state.panel) + "\n";
    for (const auto& [member, vote] : state.votes) {
        text += "vote: " + shown(member) + " " + vote.outcome + " " + shown(vote.ratings) + "\n";
    }
    if (state.correction) {
        text += "correction: by event " + std::to_string(state.correction->version) + " of " +
                shown(state.correction->by) + " " + shown(state.correction->ratings) + "\n";
    }
    if (state.feedback_version != 0) {
        text += "feedback_version: " + std::to_string(state.feedback_version) + "\n";
    }
    const std::pair<const char*, bool> facts[] = {
        {"feedback_is_open", state.feedback_is_open},
        {"feedback_was_closed", state.feedback_was_closed},
        {"feedback_was_heard", state.feedback_was_heard},
        {"review_was_considered", state.review_was_considered},
        {"objection_was_answered", state.objection_was_answered},
        {"reply_has_elapsed", state.reply_has_elapsed},
        {"was_escalated", state.was_escalated},
        {"is_for_a_panel", state.is_for_a_panel},
        {"objection_was_decided", state.objection_was_decided},
        {"acknowledged", state.acknowledged}};
    for (const auto& [name, holds] : facts) {
        if (holds) text += std::string(name) + "\n";
    }
    const std::pair<const char*, Instant> clocks[] = {
        {"self_assessment_due_at", state.self_assessment_due_at},
        {"review_due_at", state.review_due_at},
        {"feedback_due_at", state.feedback_due_at},
        {"gate_due_at", state.gate_due_at},
        {"acknowledge_due_at", state.acknowledge_due_at},
        {"objection_due_at", state.objection_due_at},
        {"reply_due_at", state.reply_due_at},
        {"decision_due_at", state.decision_due_at}};
    for (const auto& [name, due] : clocks) {
        if (due != Instant{}) text += std::string(name) + ": " + to_text(due) + "\n";
    }
    return text;
}

void Answered::report(const std::string& what, Where where) const {
    std::string answer = "accepted:\n" + lines_of(events());
    if (const auto* no = std::get_if<Rejection>(&decision_)) {
        answer = "rejected: " + no->rule + " (" + no->message + ")\n";
    }
    fail_at(where, what + "\nit was " + answer + "in this state:\n" + summary_of(state_));
}

const Answered& Answered::then(const std::vector<Event>& expected, Where where) const {
    if (std::holds_alternative<Rejection>(decision_) || !(events() == expected)) {
        report("expected these events:\n" + lines_of(expected), where);
    }
    return *this;
}

const Answered& Answered::then_accepted(Where where) const {
    if (std::holds_alternative<Rejection>(decision_)) report("expected acceptance", where);
    return *this;
}

const Answered& Answered::then_rejected(const std::string& expected, Where where) const {
    const auto* no = std::get_if<Rejection>(&decision_);
    if (no == nullptr || no->rule != expected) {
        report("expected the rule \"" + expected + "\"", where);
        return *this;
    }
    const auto phase =
        state_.phase == Phase::unopened ? std::string() : std::string(name_of(state_.phase));
    if (no->phase != phase) report("expected the phase \"" + phase + "\"", where);
    if (no->message.empty()) report("expected a message for a person", where);
    return *this;
}

const Answered& Answered::then_claims(ClaimChange::Kind kind, const StreamId& claim,
                                      Where where) const {
    const auto* yes = std::get_if<Accepted<Event>>(&decision_);
    const bool right = yes != nullptr && yes->claims.size() == 1 &&
                       yes->claims.front().kind == kind && yes->claims.front().claim == claim;
    if (!right) report("expected a change of the claim " + claim.text(), where);
    return *this;
}

std::string Answered::rule() const {
    const auto* no = std::get_if<Rejection>(&decision_);
    return no == nullptr ? "" : no->rule;
}

std::string Answered::message() const {
    const auto* no = std::get_if<Rejection>(&decision_);
    return no == nullptr ? "" : no->message;
}

std::vector<Event> Answered::events() const {
    const auto* yes = std::get_if<Accepted<Event>>(&decision_);
    return yes == nullptr ? std::vector<Event>{} : yes->events;
}

namespace {

// The appraisal that a score is carried in from, by its name.
Appraisal another_appraisal(const Command& command) {
    Appraisal other;
    const auto* carry = std::get_if<CarryScore>(&command);
    if (carry == nullptr) return other;
    other.phase = carry->appraisal == "belum-selesai" ? Phase::draft : Phase::finalised;
    other.subject = carry->appraisal == "orang-lain" ? stranger : subject;
    other.period = "2024";
    other.policy = "pp46-2011";
    const char* score = carry->appraisal == "tanpa-nilai" ? "" : "88.50";
    if (other.phase == Phase::finalised) other.result = FinalResult{9, score, "baik"};
    return other;
}

}  // namespace

Answered Given::when(const Command& command, const Actor& actor, Where where) const {
    const Appraisal state = folded(events_, where);
    const ClaimState claim{holder_, {}};
    const Appraisal other = another_appraisal(command);
    Context context;
    context.stream = *StreamId::make("appraisal", "uji-1");
    context.position = Position{100 + events_.size()};
    context.now = now_;
    context.occurred_at = now_;
    context.history = history_;
    context.actor = actor;
    // Only what the decider asked for, as the writer does it.
    for (const StreamId& stream : AppraisalDecider::references(state, command)) {
        if (stream.workflow() == "claim") context.references.add(stream, &claim);
        if (stream.workflow() == "appraisal") context.references.add(stream, &other);
        if (stream.workflow() != "policy" || !has_policies_) continue;
        if (const auto* policy = published_policy(stream.key())) {
            context.references.add(stream, policy);
        }
    }
    Answered answered(state, AppraisalDecider::decide(state, command, context));
    std::vector<Event> after = events_;
    for (const Event& event : answered.events())
        after.push_back(event);
    if (after.size() > events_.size()) (void)folded(after, where);
    return answered;
}

Life& Life::act(const Command& command, const Actor& actor, Where where) {
    const auto answered =
        given(events_).at(day(today_)).when(command, actor, where).then_accepted(where);
    for (const Event& event : answered.events())
        events_.push_back(event);
    return *this;
}

}  // namespace jejak::appraisal::specs
