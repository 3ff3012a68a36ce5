#pragma once

#include <any>
#include <string>
#include <string_view>

#include "engine/runtime/command.hpp"

namespace jejak::tools {

// What a person asks for at this terminal, in a role. `command_id` may be a whole id, or, ending in
// "-", the beginning of a fresh one.
[[nodiscard]] runtime::CommandRequest terminal_request(StreamId stream, std::any command,
                                                       const std::string& command_id, PersonId who,
                                                       std::string_view role);

}  // namespace jejak::tools
