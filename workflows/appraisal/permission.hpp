#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/commands.hpp"

// Who may do what: one row a command. A rule on role *and* relation.
namespace jejak::appraisal {

struct Permission {
    std::string_view command;
    EventKind leads_to;  // the fact whose legality decides
    std::vector<std::string_view> roles;
};

[[nodiscard]] const std::vector<Permission>& permissions();

// The two first steps of every decision: is the fact legal in this phase, and may this actor do it?
// Rules: not_in_this_phase, not_permitted, not_the_employee, not_the_supervisor, not_the_superior,
// own_appraisal, on_behalf_needs_an_office.
[[nodiscard]] std::optional<Rejection> check_permission(const Appraisal& state,
                                                        const Command& command,
                                                        const Context& context);

}  // namespace jejak::appraisal
