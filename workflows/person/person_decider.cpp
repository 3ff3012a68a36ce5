#include "workflows/person/person_decider.hpp"

namespace jejak::person {

Decision<PersonDecider::Event> PersonDecider::decide(const State& state, const Command& command,
                                                     const Context&) {
    const auto& request = std::get<RegisterPerson>(command);
    if (!state.pseudonym.is_nil()) return Accepted<Event>{};
    if (request.pseudonym.is_nil() || request.name_space.empty() || request.identifier.is_empty()) {
        return Rejection{"identifier_missing", "",
                         "a person needs a pseudonym, a namespace and an identifier"};
    }
    return Accepted<Event>{{PersonRegistered{request.pseudonym, request.name_space,
                                             request.identifier.owned_by(request.pseudonym)}},
                           {},
                           {}};
}

void PersonDecider::evolve(State& state, const Event& event) {
    state.pseudonym = std::get<PersonRegistered>(event).pseudonym;
}

}  // namespace jejak::person
