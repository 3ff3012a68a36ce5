#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/inspect.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

struct ReplayCheck {
    std::uint64_t appraisals = 0;
    std::uint64_t results = 0;  // recorded results that were computed again
    std::vector<storage::Finding> findings;
    // Facts that today's table would not allow. History is never judged by today's rules: reported,
    // not held against the log.
    std::vector<std::string> illegal_today;
};

// Replays each of these appraisals and computes its recorded results again from the pinned policy.
[[nodiscard]] Result<ReplayCheck> check_replay(const Workspace& workspace,
                                               const std::vector<StreamId>& appraisals);

// Makes every read model again in memory, up to its checkpoint, and compares it row by row.
[[nodiscard]] Result<std::vector<storage::Finding>> check_read_models(Workspace& workspace);

}  // namespace jejak::tools
