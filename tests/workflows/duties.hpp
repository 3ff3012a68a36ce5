#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/workflows/lives.hpp"

// One person, and all that she can be to an appraisal at once: for the tests of separation of
// duties. The ties are put into literal states, also those that no history leads to.
namespace jejak::appraisal::duties {

using namespace specs;

// What one person can be to an appraisal, each with each; but nobody speaks through two sources.
enum Tie : unsigned {
    is_subject = 1,
    is_supervisor = 2,
    has_reviewed = 4,  // as the supervisor that she was
    is_superior = 8,
    is_decider = 16,
    is_member = 32,
    is_invited = 64,
    spoke_as_peer = 128,
    spoke_as_subordinate = 256,
    no_tie_beyond = 512,
};
constexpr unsigned spoke = spoke_as_peer | spoke_as_subordinate;
constexpr unsigned rated = is_supervisor | has_reviewed;

// Every subset of them that one person can be.
[[nodiscard]] const std::vector<unsigned>& standings();

// What somebody may claim to be, also what she cannot.
inline const std::vector<std::string_view> claims = {
    "employee",      "supervisor", "superior", "peer",    "subordinate", "community",
    "administrator", "registrar",  "system",   "auditor", "keeper",      "",
    "Supervisor"};
inline const PersonId she = person(30);

// A state of the phase in which nobody is she, under a policy that lets a panel decide.
[[nodiscard]] const Appraisal& state_in(Phase phase);
// Makes her to the appraisal what `ties` say and nothing else.
void place(Appraisal& state, unsigned ties);

// What a state needs besides her, so that the right person's command is accepted; may be empty.
using Prepare = std::function<void(Appraisal&)>;
// A correction that person(10) proposed waits.
void with_a_correction(Appraisal& state);
// For each line of the matrix its command, in that order; some commands are there in several ways.
[[nodiscard]] std::vector<std::pair<Command, Prepare>> all_commands();

}  // namespace jejak::appraisal::duties
