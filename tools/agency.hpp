#pragma once

#include <set>
#include <string>

#include "engine/envelope.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// Which records belong to a unit and what has ever stood below it: an agency in a log of many.
//
// Its units, posts and teams; the appraisals that were opened in those units; the records about the
// people who ever held a post there or were appraised there; the predicates and indicators of the
// units; and every published policy.
class Agency {
  public:
    // Errors: not_found for a unit that nobody placed; those of the store.
    [[nodiscard]] static Result<Agency> of(Workspace& workspace, const std::string& unit);

    [[nodiscard]] const std::set<std::string>& units() const { return units_; }
    [[nodiscard]] bool holds(const Envelope& envelope, std::string_view payload) const;

  private:
    std::set<std::string> units_, streams_, people_;  // people as hex
};

}  // namespace jejak::tools
