#pragma once

#include <CLI/CLI.hpp>
#include <set>
#include <string>

#include "engine/envelope.hpp"
#include "tools/workspace.hpp"

namespace jejak::tools {

// Of which units a reader wants to see something: of all, or of an agency.
class Reach {
  public:
    // "": all. Errors: not_found for a unit that nobody placed; those of the store.
    [[nodiscard]] static Result<Reach> of(Workspace& workspace, const std::string& agency);

    [[nodiscard]] bool holds(const std::string& unit) const {
        return is_all_ || units_.contains(unit);
    }
    // Empty where it is all.
    [[nodiscard]] const std::set<std::string>& units() const { return units_; }

  private:
    bool is_all_ = true;
    std::set<std::string> units_;
};
// The option --agency, the same for each command that takes it.
void add_agency(CLI::App& command, std::string& agency);

// Which records belong to a unit and what has ever stood below it: an agency in a log of many.
//
// Its units, posts and teams; the appraisals that were opened in those units; the records about the
// people who ever held a post there or were appraised there; the predicates and indicators of the
// units; and every published policy.
class Agency {
  public:
    // Errors: not_found for a unit that nobody placed; those of the store.
    [[nodiscard]] static Result<Agency> of(Workspace& workspace, const std::string& unit);

    [[nodiscard]] bool holds(const Envelope& envelope, std::string_view payload) const;

  private:
    std::set<std::string> units_;
    std::set<std::string> streams_, people_;  // people as hex
};

}  // namespace jejak::tools
