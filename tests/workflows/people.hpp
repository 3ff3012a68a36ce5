#pragma once

#include <string>
#include <string_view>

#include "engine/actor.hpp"
#include "engine/personal.hpp"
#include "workflows/scoring/roles.hpp"

// The cast of every specification: fixed pseudonyms, and who acts how.
namespace jejak::appraisal::specs {

[[nodiscard]] inline PersonId person(std::uint8_t number) {
    PersonId id;
    id.bytes.front() = 0xAA;
    id.bytes.back() = number;
    return id;
}

inline const PersonId subject = person(1);
inline const PersonId supervisor = person(2);
inline const PersonId superior = person(3);
inline const PersonId administrator = person(4);
inline const PersonId registrar = person(5);
inline const PersonId new_supervisor = person(6);
inline const PersonId new_superior = person(7);
inline const PersonId stranger = person(9);
// Colleagues and citizens: from 20 on.
[[nodiscard]] inline PersonId rater_person(std::uint8_t number) {
    return person(static_cast<std::uint8_t>(20 + number));
}
[[nodiscard]] inline Handle handle_of(PersonId rater) {
    Handle handle;
    handle.bytes.fill(rater.bytes.back());
    return handle;
}

[[nodiscard]] inline Actor as(std::string_view role, PersonId who) {
    Actor actor;
    actor.kind = Actor::Kind::person;
    actor.person = who;
    actor.role = role;
    actor.channel = "test";
    return actor;
}
[[nodiscard]] inline Actor as_rater(std::string_view role, PersonId who) {
    Actor actor;
    actor.kind = Actor::Kind::handle;
    actor.handle = handle_of(who);
    actor.role = role;
    actor.channel = "test";
    return actor;
}
inline const Actor the_employee = as(roles::employee, subject);
inline const Actor the_supervisor = as(roles::supervisor, supervisor);
inline const Actor the_superior = as(roles::superior, superior);
inline const Actor an_administrator = as(roles::administrator, administrator);
inline const Actor a_registrar = as(roles::registrar, registrar);

// Words as a command brings them: open, and nobody's yet.
[[nodiscard]] inline Personal words(std::string text) {
    return {PersonId{}, Personal::State::open, std::move(text)};
}
// The same as an event keeps them: the subject's.
[[nodiscard]] inline Personal about_subject(std::string text) {
    return {subject, Personal::State::open, std::move(text)};
}

}  // namespace jejak::appraisal::specs
