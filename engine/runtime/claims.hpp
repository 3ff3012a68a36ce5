#pragma once

#include <memory>

#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

// The engine's own workflow "claim": streams that hold a name for at most one other stream. It
// takes no commands; its events are appended with the commit that takes or releases the name.
[[nodiscard]] std::unique_ptr<Workflow> make_claim_workflow();

}  // namespace jejak::runtime
