#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "tools/history.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/disclosure.hpp"

namespace jejak::tools {

// For whom something is read: without flags for whoever keeps the data directory, who can read all
// of it anyway.
struct ReaderFlags {
    std::string person, office;
    bool name_raters = false;                // only for the keeper
    std::optional<PersonId> pseudonym = {};  // of `person`, where it was looked up already
};
// --for PERSON and --role OFFICE, the same for each command that reads an appraisal.
void add_reader(CLI::App& command, ReaderFlags& flags);
// --name-raters, for commands that show records.
void add_name_raters(CLI::App& command, ReaderFlags& flags);

// The rules that a state is pinned to; change_policy may have changed them since. Errors:
// corruption where they cannot be read.
[[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> pinned_rules(
    const Workspace& workspace, const appraisal::Appraisal& state);

// Does an office that may be limited to a unit and what is below it reach this unit? Errors: those
// of the store.
[[nodiscard]] Result<bool> office_reaches(const Workspace& workspace, PersonId person,
                                          const std::string& office, const std::string& unit);

// An appraisal as a reader may see it. Holds what it is now, since that says who may read.
class Reading {
  public:
    // Errors: not_found for an appraisal that does not exist or is nothing to the reader, for a
    // person whom the log does not know; those of the store.
    [[nodiscard]] static Result<Reading> of(Workspace& workspace, const ReaderFlags& flags,
                                            const std::string& token);

    [[nodiscard]] const appraisal::Disclosure& to() const { return to_; }
    [[nodiscard]] const scoring::Policy& policy() const { return *policy_; }
    [[nodiscard]] const std::shared_ptr<const scoring::Policy>& pinned() const { return policy_; }
    [[nodiscard]] const appraisal::Appraisal& now() const { return *now_; }
    // The state up to a point, as the reader may see it. Errors: those of read_appraisal.
    [[nodiscard]] Result<appraisal::Appraisal> state(const Workspace& workspace,
                                                     const Until& until) const;
    // The same, where the reader may also see how the score came about. Errors: those of
    // check_derivation too.
    [[nodiscard]] Result<appraisal::Appraisal> derived(const Workspace& workspace,
                                                       const Until& until) const;

  private:
    std::string token_;
    appraisal::Disclosure to_;
    std::shared_ptr<const appraisal::Appraisal> now_;
    std::shared_ptr<const scoring::Policy> policy_;
};

}  // namespace jejak::tools
