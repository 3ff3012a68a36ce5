#pragma once

#include <optional>
#include <vector>

#include "tools/workspace.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/scoring/recommend.hpp"

namespace jejak::tools {

// The person's dossier, now or as it stood at a moment; empty where nothing was ever said.
[[nodiscard]] Result<dossier::Dossier> read_dossier(const Workspace& workspace, PersonId person,
                                                    const std::optional<Instant>& until = {});

// What was counted in that period.
[[nodiscard]] std::vector<scoring::ServiceCount> services_in(const dossier::Dossier& dossier,
                                                             const std::string& period);

}  // namespace jejak::tools
