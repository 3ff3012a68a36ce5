#pragma once

#include <functional>
#include <optional>
#include <string>

#include "adapters/timers/chain.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// The next in the chain above an objection's superior, by the facts known up to a position and as
// of the appraisal's period. Errors: those of the store.
[[nodiscard]] Result<std::optional<organisation::Holder>> next_in_the_chain(
    Workspace& workspace, const std::string& token, const appraisal::Appraisal& state,
    Position known);

struct Climbed {
    std::string token, post;  // the post by which the decider stands in the chain
    PersonId decider;
    Position position;  // of the record
};

// Names the next in the chain for each objection that has no decider, as the program's own clock.
// What cannot climb stays as it is. Errors: those of the store and the writer. The workspace is
// opened for writing.
[[nodiscard]] Result<void> climb(Workspace& workspace,
                                 const std::function<void(const Climbed&)>& told);

}  // namespace jejak::tools
