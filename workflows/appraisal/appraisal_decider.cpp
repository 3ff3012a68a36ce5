#include "workflows/appraisal/appraisal_decider.hpp"

#include "workflows/appraisal/deciding.hpp"
#include "workflows/appraisal/permission.hpp"
#include "workflows/appraisal/standing.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::appraisal {
namespace {

// Null for a policy id that cannot name a stream.
std::optional<StreamId> policy_stream(const std::string& policy) {
    auto stream = StreamId::make("policy", policy);
    if (!stream) return std::nullopt;
    return *stream;
}

}  // namespace

std::vector<StreamId> AppraisalDecider::references(const State& state, const Command& command) {
    std::vector<StreamId> streams;
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
        if (!carry->unit.empty()) {
            streams.push_back(unit_result::stream_of(carry->unit, state.period));
            const auto post = organisation::stream_of_post(state.post);
            if (!post.empty()) streams.push_back(post);
        }
    } else if (std::holds_alternative<CancelAppraisal>(command)) {
        streams.push_back(slot_of(state.subject, state.period, state.kind));
    } else if (const auto* change = std::get_if<ChangePolicy>(&command)) {
        if (const auto stream = policy_stream(change->policy)) streams.push_back(*stream);
    }
    return streams;
}

std::vector<StreamId> AppraisalDecider::further_references(const State& state,
                                                           const Command& command,
                                                           const Context& context) {
    return standing_references(state, command, context);
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
    if (auto no = check_standing(state, command, context, now.policy)) return std::move(*no);
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
