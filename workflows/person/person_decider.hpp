#pragma once

#include <boost/describe.hpp>
#include <string>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "engine/personal.hpp"

// The workflow "person": who stands behind a pseudonym. Stream "person/<keyed digest of namespace
// and identifier>", so that the same person from outside finds the same stream and nobody without
// the log's secret can search by NIP.
namespace jejak::person {

struct RegisterPerson {
    static constexpr std::string_view command_name = "register_person";
    PersonId pseudonym;      // fresh and random
    std::string name_space;  // "nip", "student": lower-case word, at most 32 bytes
    Personal identifier;     // "198501012010011001"
};
BOOST_DESCRIBE_STRUCT(RegisterPerson, (), (pseudonym, name_space, identifier))

struct PersonRegistered {
    static constexpr std::string_view event_name = "person.registered";
    static constexpr std::uint16_t schema_version = 1;
    PersonId pseudonym;
    std::string name_space;
    Personal identifier;  // owned by the pseudonym
};
BOOST_DESCRIBE_STRUCT(PersonRegistered, (), (pseudonym, name_space, identifier))

struct Person {
    PersonId pseudonym;  // nil: not registered
};

struct PersonDecider {
    static constexpr std::string_view workflow = "person";
    using State = Person;
    using Command = std::variant<RegisterPerson>;
    using Event = std::variant<PersonRegistered>;

    // Someone already registered stays as she is: accepted, nothing added. Rule:
    // identifier_missing.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&) {
        return {};
    }
    [[nodiscard]] static PersonId subject(const State& state, const Command& command) {
        return state.pseudonym.is_nil() ? std::get<RegisterPerson>(command).pseudonym
                                        : state.pseudonym;
    }
};

}  // namespace jejak::person
