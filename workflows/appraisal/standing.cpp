#include "workflows/appraisal/standing.hpp"

#include <algorithm>

#include "workflows/organisation/facts.hpp"
#include "workflows/organisation/office.hpp"
#include "workflows/scoring/roles.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::appraisal {
namespace {

using organisation::Day;
using organisation::Facts;

// What a check looks at: the appraisal as it is, or as it is about to be opened.
struct Standing {
    const Appraisal& state;
    const Command& command;
    const Context& context;

    [[nodiscard]] const OpenAppraisal* opening() const {
        return std::get_if<OpenAppraisal>(&command);
    }
    [[nodiscard]] bool pins_a_policy() const {
        return opening() != nullptr || std::holds_alternative<ChangePolicy>(command);
    }
    [[nodiscard]] const std::string& unit() const {
        return opening() != nullptr ? opening()->unit : state.unit;
    }
    [[nodiscard]] PersonId subject() const {
        return opening() != nullptr ? opening()->subject : state.subject;
    }
    [[nodiscard]] bool is_office() const {
        const auto& role = context.actor.role;
        return role == roles::administrator || role == roles::registrar;
    }
    [[nodiscard]] bool decides() const { return std::holds_alternative<DecideObjection>(command); }
    [[nodiscard]] bool is_review() const {
        return std::holds_alternative<SubmitReview>(command) ||
               std::holds_alternative<ReviseReview>(command);
    }
    // A clock that begins or ends with a day needs the unit's zone.
    [[nodiscard]] bool counts_days() const {
        return std::holds_alternative<AcknowledgeResult>(command) ||
               std::holds_alternative<DeliverResult>(command) ||
               std::holds_alternative<FileObjection>(command) ||
               std::holds_alternative<AnswerObjection>(command) ||
               std::holds_alternative<AssignDecider>(command) ||
               std::holds_alternative<AssignPanel>(command) ||
               std::holds_alternative<PassDeadline>(command);
    }
    // The reply to an objection is for her who rated, whatever she is now.
    [[nodiscard]] bool needs_mandate() const {
        return opening() == nullptr && !state.supervisor_post.empty() &&
               context.actor.role == roles::supervisor &&
               !std::holds_alternative<AnswerObjection>(command);
    }
    [[nodiscard]] const Facts* facts(const StreamId& stream) const {
        return stream.empty() ? nullptr : context.references.find<Facts>(stream);
    }
    [[nodiscard]] const Facts* person(PersonId id) const {
        return facts(organisation::stream_of_person(id));
    }
    [[nodiscard]] std::vector<std::string> chain(StreamId& missing) const {
        return organisation::chain_of(context.references, unit(),
                                      organisation::day_in_wib(context.occurred_at), missing);
    }
    [[nodiscard]] organisation::Zone zone() const {
        StreamId missing;
        return organisation::zone_of(context.references, chain(missing),
                                     organisation::day_in_wib(context.occurred_at));
    }
    // The posts that took the supervisor on, as far as their streams are known.
    [[nodiscard]] std::vector<StreamId> posts_of_supervisor() const {
        std::vector<StreamId> streams;
        const auto* claim =
            context.references.find<ClaimState>(organisation::claim_of_post(state.supervisor));
        if (claim == nullptr) return streams;
        auto names = claim->earlier;
        names.push_back(claim->holder);
        for (const auto& name : names) {
            if (auto stream = StreamId::parse(name)) streams.push_back(std::move(*stream));
        }
        return streams;
    }
    [[nodiscard]] bool has_moved(const Facts& post, Day on) const {
        std::vector<const Facts*> posts;
        for (const auto& stream : posts_of_supervisor()) {
            if (const auto* known = facts(stream)) posts.push_back(known);
        }
        return organisation::has_moved(posts, post, state.supervisor, on);
    }
    // The day on which it is done, where the unit is.
    [[nodiscard]] Day day() const { return organisation::day_of(context.occurred_at, zone()); }
    [[nodiscard]] Rejection no(std::string rule, std::string message) const {
        return Rejection{std::move(rule),
                         state.phase == Phase::unopened ? "" : std::string(name_of(state.phase)),
                         std::move(message)};
    }
};

// The rules that a command is about: those that are to be pinned, or those that are.
const scoring::Policy* policy_of(const Standing& now) {
    const auto* change = std::get_if<ChangePolicy>(&now.command);
    const auto& name = now.opening() != nullptr ? now.opening()->policy
                       : change != nullptr      ? change->policy
                                                : now.state.policy;
    const auto stream = StreamId::make("policy", name);
    const auto* published =
        stream ? now.context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
    return published == nullptr ? nullptr : published->policy.get();
}

std::optional<Rejection> check_mandate(const Standing& now) {
    if (!now.needs_mandate()) return std::nullopt;
    const auto& mandate = now.state.supervisor_post;
    const Day day = now.day();
    const auto* held = now.facts(organisation::stream_of_mandate(mandate));
    const auto* person = now.person(now.state.supervisor);
    const bool holds = held != nullptr &&
                       organisation::holder_on(*held, day) == now.state.supervisor &&
                       !now.has_moved(*held, day);
    if (holds && (person == nullptr || !organisation::has_left(*person, day))) return std::nullopt;
    const bool is_team = mandate.starts_with("team:");
    return now.no("no_mandate", std::string("the supervisor on record does not ") +
                                    (is_team ? "lead \"" : "hold post \"") + mandate + "\" on " +
                                    to_text(day) + " any more; have the supervisor reassigned");
}

std::optional<Rejection> check_attestations(const Standing& now, PersonId person,
                                            const std::vector<std::string>& wanted,
                                            const char* who) {
    const auto* facts = now.person(person);
    const Day day = now.day();
    for (const auto& attestation : wanted) {
        if (facts != nullptr && organisation::is_attested(*facts, attestation, day)) continue;
        return now.no("attestation_missing", std::string("the policy asks for \"") + attestation +
                                                 "\" of the " + who +
                                                 ", and nobody attested it "
                                                 "for " +
                                                 to_text(day) + "; record it (attest)");
    }
    return std::nullopt;
}

std::optional<Rejection> check_relation_declared(const Standing& now) {
    const PersonId actor = now.context.actor.person, subject = now.subject();
    const Day day = now.day();
    const auto* own = now.person(actor);
    const auto* other = now.person(subject);
    const bool related = (own != nullptr && organisation::is_related(*own, subject, day)) ||
                         (other != nullptr && organisation::is_related(*other, actor, day));
    if (!related) return std::nullopt;
    return now.no("declared_relation",
                  "a relation between the two is declared; someone else does it: have the "
                  "supervisor reassigned, or a decider assigned");
}

// The nearest unit above, or the unit itself, that has a predicate is the organisation.
std::optional<Rejection> check_organisation_predicate(const Standing& now) {
    StreamId missing;
    for (const auto& unit : now.chain(missing)) {
        const auto* result = now.context.references.find<unit_result::UnitResult>(
            unit_result::stream_of(unit, now.state.period));
        if (result != nullptr && !result->predicate.empty()) return std::nullopt;
    }
    return now.no("organisation_predicate_missing",
                  "neither unit \"" + now.unit() + "\" nor one above it has a predicate for " +
                      now.state.period +
                      "; the leader above sets it before anybody is finalised "
                      "(set_unit_predicate, SE MenPANRB 3/2023)");
}

std::optional<Rejection> check_status(const Standing& now, const scoring::Policy& policy) {
    if (!now.pins_a_policy() || !policy.applies) return std::nullopt;
    const auto& covered = policy.applies->statuses;
    const auto* facts = covered.empty() ? nullptr : now.person(now.subject());
    const auto status = facts == nullptr ? "" : organisation::status_on(*facts, now.day());
    if (status.empty() || std::find(covered.begin(), covered.end(), status) != covered.end()) {
        return std::nullopt;
    }
    return now.no("status_not_covered",
                  "policy \"" + policy.id + "\" is not for someone who is employed as " + status);
}

}  // namespace

std::vector<StreamId> standing_references(const Appraisal& state, const Command& command,
                                          const Context& context) {
    const Standing now{state, command, context};
    std::vector<StreamId> streams;
    bool needs_chain = now.needs_mandate();
    const auto want = [&](StreamId stream) {
        if (!stream.empty()) streams.push_back(std::move(stream));
    };
    if (now.is_office()) streams = organisation::office_references(context, now.unit());
    if (needs_chain) {
        want(organisation::stream_of_mandate(state.supervisor_post));
        want(organisation::stream_of_person(state.supervisor));
        want(organisation::claim_of_post(state.supervisor));
        for (auto& stream : now.posts_of_supervisor())
            want(std::move(stream));
    }
    const auto* policy = policy_of(now);
    if (policy != nullptr) {
        const auto& needs = policy->requirements;
        const bool asks_employee =
            std::holds_alternative<SubmitSelfAssessment>(command) && !needs.of_employee.empty();
        const bool asks_rater =
            (now.is_review() && (needs.unrelated || !needs.of_supervisor.empty())) ||
            (now.decides() && needs.unrelated);
        const bool asks_status =
            now.pins_a_policy() && policy->applies && !policy->applies->statuses.empty();
        if (asks_employee || asks_rater || asks_status) {
            needs_chain = true;
            want(organisation::stream_of_person(now.subject()));
        }
        if (asks_rater) {
            want(organisation::stream_of_person(context.actor.person));
            want(organisation::stream_of_person(state.supervisor));
        }
        if (!policy->deadlines.calendar.empty()) {
            needs_chain = true;
            want(organisation::stream_of_calendar(policy->deadlines.calendar));
        }
        if (needs.organisation_predicate && std::holds_alternative<Finalise>(command)) {
            needs_chain = true;
            StreamId missing;
            for (const auto& unit : now.chain(missing))
                want(unit_result::stream_of(unit, state.period));
        }
    }
    const bool asks_extension = std::holds_alternative<GiveFeedback>(command) ||
                                std::holds_alternative<FileObjection>(command) ||
                                std::holds_alternative<PassDeadline>(command);
    if (now.counts_days()) needs_chain = true;
    if (asks_extension) {
        const StreamId extensions = organisation::stream_of_extensions();
        needs_chain = needs_chain || now.facts(extensions) != nullptr;
        want(extensions);
    }
    if (needs_chain) {
        StreamId missing;
        (void)now.chain(missing);
        want(std::move(missing));
    }
    return streams;
}

std::optional<Rejection> check_standing(const Appraisal& state, const Command& command,
                                        const Context& context, const scoring::Policy& policy) {
    const Standing now{state, command, context};
    if (now.is_office()) {
        if (auto no = organisation::check_office(context, now.unit())) {
            return now.no(std::move(no->rule), std::move(no->message));
        }
    }
    if (auto no = check_mandate(now)) return no;
    const auto* pinned_next = policy_of(now);
    if (auto no = check_status(now, pinned_next == nullptr ? policy : *pinned_next)) return no;
    const auto& needs = policy.requirements;
    if (std::holds_alternative<SubmitSelfAssessment>(command)) {
        return check_attestations(now, state.subject, needs.of_employee, "employee");
    }
    if (now.is_review()) {
        if (needs.unrelated) {
            if (auto no = check_relation_declared(now)) return no;
        }
        return check_attestations(now, state.supervisor, needs.of_supervisor, "supervisor");
    }
    if (now.decides() && needs.unrelated) return check_relation_declared(now);
    if (needs.organisation_predicate && std::holds_alternative<Finalise>(command)) {
        return check_organisation_predicate(now);
    }
    return std::nullopt;
}

Instant extended_due(const Case& now, const char* deadline, Instant due) {
    if (due == Instant{}) return due;
    const auto* extensions =
        now.context.references.find<Facts>(organisation::stream_of_extensions());
    if (extensions == nullptr) return due;
    const auto day = organisation::day_in_wib(now.context.now);
    StreamId missing;
    organisation::DueDate asked{
        now.state.period, now.state.kind, deadline,
        organisation::chain_of(now.context.references, now.state.unit, day, missing),
        now.state.subject};
    asked.zone = organisation::zone_of(now.context.references, asked.chain, day);
    const auto extended = organisation::extension_of(*extensions, asked);
    return extended ? std::max(due, extended->until) : due;
}

}  // namespace jejak::appraisal
