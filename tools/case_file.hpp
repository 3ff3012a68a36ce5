#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

#include "adapters/timers/due_dates.hpp"
#include "tools/reader.hpp"

namespace jejak::tools {

// A contested criterion: what the supervisor and the employee rated, and the score with hers.
struct Contested {
    std::string criterion, supervisor, self;
    std::string score_with_own, difference;  // "-": the score would not be another
    bool predicate_changes = false;
};

// Who may act next, and how.
struct NextAct {
    PersonId person;  // nil: whoever holds that office
    std::string role, may;
    std::string name = "-";   // the person's identifier
    std::string suggested{};  // whom the act could name: the next in the chain
};

// The case file of an objection: what is contested and what it did to the score, what each side
// said, which clock runs, and who may act next.
struct CaseFile {
    std::string phase, score, predicate;
    std::vector<Contested> contested;
    std::vector<boost::json::object> statements;  // as json::view_record, in their order
    std::vector<timers::Due> clocks;
    organisation::Zone zone = organisation::Zone::wib;
    std::vector<NextAct> next;
};

// As it stood at that point, as the reader may see it. Errors: those of Reading; invalid_input
// where there is no result that could be contested.
[[nodiscard]] Result<CaseFile> case_file(Workspace& workspace, const std::string& token,
                                         const Until& until, const ReaderFlags& reader);

[[nodiscard]] boost::json::object case_json(const std::string& token, const CaseFile& file);

}  // namespace jejak::tools
