#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/runtime/command.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/organisation/directory.hpp"

// An objection for whose decision there is nobody, since the superior is missing, one of the
// parties, or did not decide in time, climbs the chain of command (PP 30/2019 Pasal 59: whoever
// decides stands above the rater). Where the chain ends, an administrator names an officer.
namespace jejak::timers {

// What is asked when an objection climbs. All is borrowed.
struct Chain {
    const organisation::Directory& directory;
    organisation::AsOf then;  // whose superior is who: as of the appraisal
    organisation::AsOf now;   // who is there
    const EventStore& events;
    const KeyBytes& log_secret;
};

[[nodiscard]] bool waits_for_a_decider(const appraisal::Appraisal& state);

// The next above the superior who is no party, had this objection not before, gave no feedback here
// and is there; none where the chain ends. `state` may be one that was disclosed to a reader: what
// he does not see is not weighed. Errors: those of the store.
[[nodiscard]] Result<std::optional<organisation::Holder>> next_in_the_chain(
    const Chain& chain, const std::string& token, const appraisal::Appraisal& state);

// The command that names her. The same objection, at the same point, for the same person has the
// same command id for ever: a second attempt adds nothing.
[[nodiscard]] runtime::CommandRequest naming_of(const std::string& token,
                                                const appraisal::Appraisal& state,
                                                const organisation::Holder& next,
                                                const KeyBytes& log_secret, const Actor& actor);

}  // namespace jejak::timers
