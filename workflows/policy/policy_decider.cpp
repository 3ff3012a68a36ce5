#include "workflows/policy/policy_decider.hpp"

#include "workflows/scoring/check.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::policy {

Decision<PolicyDecider::Event> PolicyDecider::decide(const State& state, const Command& command,
                                                     const Context& context) {
    const auto& publish = std::get<PublishPolicy>(command);
    const std::string phase = state.policy ? "published" : "";
    if (context.actor.role != roles::administrator && context.actor.role != roles::registrar) {
        return Rejection{"not_permitted", phase,
                         "policies are published by an administrator or a registrar"};
    }
    const auto parsed = scoring::parse_policy(publish.document);
    if (!parsed) return Rejection{"document_not_valid", phase, parsed.error().message};
    const scoring::Policy& policy = **parsed;
    if (policy.id != context.stream.key()) {
        return Rejection{"wrong_stream", phase,
                         "policy \"" + policy.id + "\" belongs into stream policy/" + policy.id};
    }
    if (state.policy) {
        if (state.policy->hash == policy.hash) return Accepted<Event>{{}, {}, state.position};
        return Rejection{
            "policy_is_published", phase,
            "policy \"" + policy.id + "\" is published as " + to_hex(state.policy->hash) +
                " and cannot be changed; publish the new rules under an id of their own"};
    }
    return Accepted<Event>{
        {PolicyPublished{policy.id, to_hex(policy.hash), policy.canonical, context.position}},
        {},
        context.position};
}

void PolicyDecider::evolve(State& state, const Event& event) {
    const auto& published = std::get<PolicyPublished>(event);
    // What was published was a valid document then; should a later program no longer read it, the
    // policy is unknown to decide, and verify says so.
    auto parsed = scoring::parse_policy(published.document);
    if (parsed) state.policy = std::move(*parsed);
    state.position = published.position;
}

}  // namespace jejak::policy
