#include "workflows/unit_result/unit_result_decider.hpp"

#include "engine/record/digest.hpp"
#include "workflows/scoring/distribution.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::unit_result {

StreamId stream_of(std::string_view unit, std::string_view period) {
    const Sha256 digest = record::sha256({unit, std::string_view("\0", 1), period});
    return *StreamId::make("unit_result", to_hex(digest.data(), 16));
}

std::vector<StreamId> UnitResultDecider::references(const State&, const Command& command) {
    const auto policy = StreamId::make("policy", std::get<SetUnitPredicate>(command).policy);
    return policy ? std::vector<StreamId>{*policy} : std::vector<StreamId>{};
}

Decision<UnitResultDecider::Event> UnitResultDecider::decide(const State& state,
                                                             const Command& command,
                                                             const Context& context) {
    const auto& set = std::get<SetUnitPredicate>(command);
    const auto no = [&](std::string rule, std::string message) {
        return Rejection{std::move(rule), state.predicate.empty() ? "" : "set", std::move(message)};
    };
    const auto& role = context.actor.role;
    if (role != roles::superior && role != roles::administrator) {
        return no("not_permitted",
                  "the leader above the unit sets its predicate, or an administrator by a letter");
    }
    if (set.unit.empty() || set.period.empty() ||
        context.stream != stream_of(set.unit, set.period)) {
        return no("wrong_stream", "the stream is not that of this unit and period");
    }
    if (role == roles::administrator && set.document_sha256.empty()) {
        return no("document_missing",
                  "an administrator names the letter of the leader above: its SHA-256");
    }
    Sha256 hash;
    if (!set.document_sha256.empty() && !from_hex(set.document_sha256, hash.data(), hash.size())) {
        return no("document_missing", "a document is named by the 64 hex digits of its SHA-256");
    }
    const auto stream = StreamId::make("policy", set.policy);
    const auto* published =
        stream ? context.references.find<scoring::PublishedPolicy>(*stream) : nullptr;
    if (published == nullptr || !published->policy) {
        return no("policy_unknown", "no policy \"" + set.policy + "\" is published");
    }
    const auto rule = scoring::find_rule(*published->policy, set.predicate);
    if (!rule) return no("predicate_unknown", rule.error().message);
    const auto& code = (*rule)->organisation;
    if (state.predicate == code && state.policy == set.policy) {
        return no("predicate_is_set", "the unit has this predicate already");
    }
    return Accepted<Event>{{UnitPredicateSet{set.unit, set.period, set.policy, code,
                                             state.predicate, set.document_sha256}},
                           {},
                           published->position};
}

void UnitResultDecider::evolve(State& state, const Event& event) {
    const auto& set = std::get<UnitPredicateSet>(event);
    state = {set.unit, set.period, set.policy, set.predicate};
}

}  // namespace jejak::unit_result
