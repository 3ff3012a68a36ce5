#pragma once

#include <optional>
#include <vector>

#include "workflows/appraisal/deciding.hpp"

// What the records of the organisation say about whoever acts, and about the unit: asked on the day
// on which she acts, never copied into the appraisal.
namespace jejak::appraisal {

// The streams that check_standing, due dates and extensions need, as far as context.references
// shows which; see AsksFurther in engine/decider.hpp.
[[nodiscard]] std::vector<StreamId> standing_references(const Appraisal&, const Command&,
                                                        const Context&);

// Rules: outside_scope (an office that reaches elsewhere), no_mandate (a supervisor who does not
// hold the post by which she rates), attestation_missing, declared_relation,
// organisation_predicate_missing, status_not_covered.
[[nodiscard]] std::optional<Rejection> check_standing(const Appraisal&, const Command&,
                                                      const Context&,
                                                      const scoring::Policy& policy);

// The later of a due date and what it was extended to for this appraisal. `due` 0 stays 0.
[[nodiscard]] Instant extended_due(const Case& now, const char* deadline, Instant due);

}  // namespace jejak::appraisal
