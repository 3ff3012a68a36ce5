#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/appraisal/appraisal.hpp"

// What somebody may do with an appraisal now, for front ends: the same table and relations that
// decide asks. What else decide asks (mandate, clocks, words) shows when the command is given.
namespace jejak::appraisal {

struct AllowedAction {
    std::string_view command;
    std::string_view role;  // in which she may do it
    std::string reason;     // why not, for a person; "" where she may
    std::string rule;       // the same as a stable word
};

// One for each command, in the order of the permission table. `offices`: those that she holds. She
// rates where she was invited; that a policy lets anybody rate is not known here.
[[nodiscard]] std::vector<AllowedAction> allowed_actions(const Appraisal& now, PersonId person,
                                                         const std::vector<std::string>& offices);

// The role in which she would give one command: the one that allowed_actions says; "" for none, and
// for what is no command.
[[nodiscard]] std::string_view role_of(const Appraisal& now, PersonId person,
                                       const std::vector<std::string>& offices,
                                       std::string_view command);

}  // namespace jejak::appraisal
