#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/envelope.hpp"
#include "engine/instant.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/appraisal.hpp"

namespace jejak::tools {

// Up to where an appraisal is read: to its end, or to a moment, a version or a position of the log.
struct Until {
    std::optional<Instant> moment;  // as it stood then
    std::optional<std::uint32_t> version;
    std::optional<Position> position;
    [[nodiscard]] bool is_the_end() const { return !moment && !version && !position; }
    // Does a record come after it?
    [[nodiscard]] bool cuts(const Envelope& envelope) const {
        return (moment && envelope.recorded_at > *moment) ||
               (version && envelope.version.value > *version) ||
               (position && envelope.position > *position);
    }
};

// The fold of "appraisal/<token>". Errors: not_found when it does not exist or did not yet.
[[nodiscard]] Result<appraisal::Appraisal> read_appraisal(const Workspace& workspace,
                                                          const std::string& token,
                                                          const Until& until);

}  // namespace jejak::tools
