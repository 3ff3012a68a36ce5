#pragma once

#include <memory>
#include <string>

#include "engine/result.hpp"
#include "engine/runtime/command.hpp"
#include "tools/workspace.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::tools {

// The whole text of a file. Errors: environment, naming the path.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

// Publishes a document under the id that stands in it. `actor` is an outside identifier.
// Errors: invalid_input with every problem of the document; those of the writer.
[[nodiscard]] Result<runtime::Receipt> publish_document(Workspace& workspace,
                                                        const std::string& document,
                                                        const std::string& actor,
                                                        const std::string& channel);

// The policy by its id, as published in the log; null if it is not.
[[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> published_policy(
    const Workspace& workspace, const std::string& id);

// The published policy that says it is for this period, unit and kind. Errors: those of
// scoring::choose_policy. The list of policies must be caught up.
[[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> policy_in_force(
    Workspace& workspace, const std::string& period, const std::string& unit,
    const std::string& kind);

// `name` is a published id, the id of a bundled policy (published now if it is not yet), or the
// path of a document (published now). Errors: not_found, listing the bundled ids.
[[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> policy_for_import(
    Workspace& workspace, const std::string& name, const std::string& actor);

// The same without writing: what would be used. For --dry-run.
[[nodiscard]] Result<std::shared_ptr<const scoring::Policy>> policy_for_dry_run(
    const Workspace* workspace, const std::string& name);

}  // namespace jejak::tools
