#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflows/scoring/vocabulary.hpp"

// What a policy says about the way to a result, and beyond it.
namespace jejak::scoring {

struct Stages {
    StageRule self_assessment = StageRule::required;
    StageRule review = StageRule::required;
    StageRule feedback = StageRule::required;
};
struct Feedback {
    std::uint32_t window_days = 14;
    bool invited_only = true;
    std::vector<std::uint32_t> sources;  // indices; peer, subordinate or community
};
// Calendar days; none: no clock runs.
struct Deadlines {
    std::optional<std::uint32_t> self_assessment_days, review_days, gate_days, acknowledge_days,
        objection_days;
    // Of an objection: until the supervisor has replied, until it is decided; and after how many
    // days a result that was sent or laid out is deemed to be received.
    std::optional<std::uint32_t> reply_days, decision_days, deemed_receipt_days;
    NoDecision no_decision = NoDecision::stands;
    std::string calendar;  // of holidays: the days are working days; "": calendar days
};
// What must be on record elsewhere.
struct Requires {
    bool organisation_predicate = false;     // of the unit, before anybody in it is finalised
    std::vector<std::string> of_employee;    // attestations, for the self-assessment
    std::vector<std::string> of_supervisor;  // attestations, for the review
    bool unrelated = false;                  // nobody reviews whom he has a declared relation with
};
// Several people decide about an objection together (majelis).
struct Panel {
    std::uint32_t size = 3;    // members that are named
    std::uint32_t quorum = 2;  // of whom so many must have voted
};

}  // namespace jejak::scoring
