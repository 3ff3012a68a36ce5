#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/instant.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/appraisal.hpp"

namespace jejak::tools {

// Up to where an appraisal is read: to its end, or to a moment, or to a version.
struct Until {
    std::optional<Instant> moment;          // as it stood then
    std::optional<std::uint32_t> version;
};

// The fold of "appraisal/<token>". Errors: not_found when it does not exist or did not yet.
[[nodiscard]] Result<appraisal::Appraisal> read_appraisal(const Workspace& workspace,
                                                          const std::string& token,
                                                          const Until& until);

}  // namespace jejak::tools
