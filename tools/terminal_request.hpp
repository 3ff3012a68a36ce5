#pragma once

#include <any>
#include <string>
#include <string_view>

#include "engine/event_store.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::tools {

// What a person asks for at this terminal, in a role. `command_id` may be a whole id, or, ending in
// "-", the beginning of a fresh one.
[[nodiscard]] runtime::CommandRequest terminal_request(StreamId stream, std::any command,
                                                       const std::string& command_id, PersonId who,
                                                       std::string_view role);

// The id under which something is asked whose id follows from what is asked: `base`, or, where that
// was refused before, another one, so that what was mended since is judged anew. What was accepted
// keeps its id: asked again it adds nothing. Errors: those of the store.
[[nodiscard]] Result<std::string> id_after_refusals(const EventStore& events,
                                                    const std::string& base);

}  // namespace jejak::tools
