#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/reader.hpp"
#include "workflows/appraisal/recorded_result.hpp"
#include "workflows/scoring/lines.hpp"

// How a score came about, for a person or a program to read.
namespace jejak::tools {

// Who acted, in which place of the log, by the version of the appraisal's stream.
struct Act {
    Position position;
    std::string event, role;
    Instant recorded_at;
};
using Acts = std::map<std::uint32_t, Act>;

struct Explained {
    appraisal::Appraisal state;
    std::shared_ptr<const scoring::Policy> policy;
    appraisal::Explanation explanation;
    Acts acts;
};

// Up to a point, as the reader may see it. Errors: those of Reading.
[[nodiscard]] Result<Explained> read_explanation(Workspace& workspace, const std::string& token,
                                                 const Until& until, const ReaderFlags& reader);

[[nodiscard]] std::vector<scoring::Line> lines_of(const Explained& now, scoring::Language language);
// {"appraisal", "recorded", "score", "predicate" or "missing", "derivation", "events", "tree"}
[[nodiscard]] boost::json::object explanation_json(const std::string& token, const Explained& now);

}  // namespace jejak::tools
