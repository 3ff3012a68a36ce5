#include "workflows/appraisal/appraisal_decider.hpp"

#include "workflows/appraisal/deciding.hpp"
#include "workflows/appraisal/permission.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::appraisal {
namespace {

// Null for a policy id that cannot name a stream.
std::optional<StreamId> policy_stream(const std::string& policy) {
    auto stream = StreamId::make("policy", policy);
    if (!stream) return std::nullopt;
    return *stream;
}

// A supervisor rates as the holder of a post: whoever holds it no longer, or has left, is refused.
// The reply to an objection is excepted: it is for her who rated. The day is that of Jakarta (WIB).
std::optional<Rejection> check_mandate(const Case& now, const Command& command) {
    const auto& post = now.state.supervisor_post;
    if (post.empty() || now.context.actor.role != roles::supervisor) return std::nullopt;
    if (std::holds_alternative<AnswerObjection>(command)) return std::nullopt;
    const auto day = organisation::day_in_wib(now.context.occurred_at);
    const auto& references = now.context.references;
    const auto* held = references.find<organisation::Facts>(organisation::stream_of_post(post));
    const auto* person =
        references.find<organisation::Facts>(organisation::stream_of_person(now.state.supervisor));
    const bool holds =
        held != nullptr && organisation::holder_on(*held, day) == now.state.supervisor;
    if (holds && (person == nullptr || !organisation::has_left(*person, day))) return std::nullopt;
    return now.no("no_mandate", "the supervisor on record does not hold post \"" + post + "\" on " +
                                    to_text(day) + " any more; have the supervisor reassigned");
}

}  // namespace

std::vector<StreamId> AppraisalDecider::references(const State& state, const Command& command) {
    std::vector<StreamId> streams;
    if (!state.supervisor_post.empty()) {
        streams.push_back(organisation::stream_of_post(state.supervisor_post));
        streams.push_back(organisation::stream_of_person(state.supervisor));
    }
    const auto* open = std::get_if<OpenAppraisal>(&command);
    if (const auto stream = policy_stream(open != nullptr ? open->policy : state.policy)) {
        streams.push_back(*stream);
    }
    if (open != nullptr) {
        streams.push_back(slot_of(open->subject, open->period, open->kind));
    } else if (const auto* carry = std::get_if<CarryScore>(&command)) {
        if (const auto stream = StreamId::make("appraisal", carry->appraisal)) {
            streams.push_back(*stream);
        }
    } else if (std::holds_alternative<CancelAppraisal>(command)) {
        streams.push_back(slot_of(state.subject, state.period, state.kind));
    }
    return streams;
}

PersonId AppraisalDecider::subject(const State& state, const Command& command) {
    if (!state.subject.is_nil()) return state.subject;
    const auto* open = std::get_if<OpenAppraisal>(&command);
    return open != nullptr ? open->subject : PersonId{};
}

Decision<Event> AppraisalDecider::decide(const State& state, const Command& command,
                                         const Context& context) {
    if (auto no = check_permission(state, command, context)) return std::move(*no);
    if (const auto* open = std::get_if<OpenAppraisal>(&command)) {
        return decide_open(state, *open, context);
    }
    const auto stream = policy_stream(state.policy);
    const auto* published =
        stream ? context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
    if (published == nullptr || !published->policy) {
        return Rejection{"policy_unreadable", std::string(name_of(state.phase)),
                         "policy \"" + state.policy + "\" cannot be read by this program"};
    }
    const Case now{state, context, *published->policy};
    if (auto no = check_mandate(now, command)) return std::move(*no);
    return std::visit(
        [&](const auto& c) -> Answer {
            if constexpr (std::is_same_v<std::decay_t<decltype(c)>, OpenAppraisal>) {
                return now.no("not_in_this_phase", "it is open already");
            } else {
                return appraisal::decide(now, c);
            }
        },
        command);
}

}  // namespace jejak::appraisal
