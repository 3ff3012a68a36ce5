#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/csv/ratings.hpp"
#include "tools/bulk.hpp"
#include "tools/workspace.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::tools {

struct TableImport {
    std::string path;
    std::string period;
    std::string kind = "annual";
    std::string criterion;            // long form
    std::string source;               // of the policy; empty: its first feedback source
    std::string unit = "import";      // where the table has no unit column
    std::string post = "-";
    std::string ratee_namespace, rater_namespace;
    std::string actor = "operator:import";  // the registrar, an outside identifier
};

// One ratee of a table with all that the table says about her.
struct RateeRows {
    std::string ratee, unit;
    std::vector<std::pair<std::string, std::string>> ratings;  // long form: rater, score
    std::vector<appraisal::Score> means;                       // wide form
    std::uint32_t respondents = 1;
};

// Rows of a table, grouped by ratee in the order of first appearance.
[[nodiscard]] Result<std::vector<RateeRows>> group_ratings(csv::RatingReader& reader);
[[nodiscard]] Result<std::vector<RateeRows>> group_scores(csv::ScoresReader& reader,
                                                          csv::Faults& faults);

// Sends the whole life of each ratee's appraisal: opened, its plan agreed (where the policy scores
// plans), the missing stages waived, the feedback given, closed, finalised. Command ids follow from
// the content, so that the same table again adds nothing. Errors: invalid_input when the policy
// cannot take such a table.
[[nodiscard]] Result<Tally> import_ratees(Workspace& workspace, const scoring::Policy& policy,
                                          const TableImport& table,
                                          const std::vector<RateeRows>& ratees,
                                          const std::function<void(std::uint64_t done)>& progress);

// The source of the policy through which the table speaks. Errors: invalid_input.
[[nodiscard]] Result<const scoring::Source*> source_of_table(const scoring::Policy& policy,
                                                             const std::string& name);

}  // namespace jejak::tools
