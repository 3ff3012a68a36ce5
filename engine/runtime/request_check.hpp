#pragma once

#include <optional>

#include "engine/keyring.hpp"
#include "engine/runtime/command.hpp"
#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

// Errors: invalid_input for what an envelope cannot hold or could not be read back from: no command
// id; a role, channel or ground that is too long.
[[nodiscard]] Result<void> check_request(const CommandRequest& request);

// What happened earlier is recorded by a registrar, with ground and document, or refused.
[[nodiscard]] std::optional<Rejection> check_history(const CommandRequest& request, Instant now);

// What "the same content" means: who asks whom for what, for whom, and as of when by which
// document. The channel and the expected version may differ when a command is sent again.
[[nodiscard]] CommandMac mac_of(const KeyBytes& key, const CommandRequest& request,
                                const Workflow& workflow);

}  // namespace jejak::runtime
