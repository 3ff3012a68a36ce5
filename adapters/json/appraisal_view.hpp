#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "adapters/intake/identifiers.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::json {

// An appraisal as `list` shows it, a line each:
//   {"appraisal", "subject", "unit", "post", "period", "kind", "phase", "version", "policy",
//    "policy_sha256", "supervisor", "final": null | {"score", "predicate"}}
[[nodiscard]] Result<boost::json::object> view_line(const appraisal::BoardLine& line,
                                                    intake::Identifiers& identifiers);

// The same from the fold, with what `show` adds: "superior", "plan" with realisations, "ratings" of
// employee and supervisor, "feedback" as raters per source, "survey", "due", "acknowledged".
[[nodiscard]] Result<boost::json::object> view_appraisal(std::string_view token,
                                                         const appraisal::Appraisal& state,
                                                         intake::Identifiers& identifiers);

}  // namespace jejak::json
