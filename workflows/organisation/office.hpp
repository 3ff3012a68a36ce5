#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/decider.hpp"

// Where an office reaches. Whoever was ever granted one (grant_role) holds it in those units and
// below them, and nowhere else; whoever was not holds it wherever the channel lets her in.
namespace jejak::organisation {

// What check_office needs to know beside what `context` refers to already: the actor's stream and,
// where her office is limited, the units above `unit`.
[[nodiscard]] std::vector<StreamId> office_references(const Context& context,
                                                      const std::string& unit);

// Rule: outside_scope. `unit` "": something that no unit has for itself.
[[nodiscard]] std::optional<Rejection> check_office(const Context& context,
                                                    const std::string& unit);

}  // namespace jejak::organisation
