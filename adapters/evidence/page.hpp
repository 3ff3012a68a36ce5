#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "adapters/evidence/bundle.hpp"
#include "workflows/scoring/lines.hpp"

namespace jejak::evidence {

// The derivation as people read it, line by line.
struct DerivationLines {
    std::vector<scoring::Line> id, en;
};
[[nodiscard]] DerivationLines derivation_lines(const appraisal::Appraisal& seen,
                                               const scoring::Policy& policy);

// The parts of the page that follow from the records alone, which a verifier looks for.
[[nodiscard]] std::string result_rows(const std::string& score, const std::string& predicate);
[[nodiscard]] std::string derivation_section(const std::vector<scoring::Line>& id,
                                             const std::vector<scoring::Line>& en);

// What the page of a bundle shows. Views are those of json::view_appraisal and json::view_record,
// as far as the reader may see them.
struct PageContent {
    boost::json::object heading;
    std::vector<boost::json::object> timeline;
    DerivationLines derivation;
    std::string withheld_reason;  // why there is no derivation; "" where there is one
};

// A whole HTML document, in Indonesian and English side by side: no script, nothing from outside.
// Every text is escaped.
[[nodiscard]] std::string page_of(const Bundle& bundle, const PageContent& content);

// What an event is called on such a page; the event's own name where it is not known.
[[nodiscard]] scoring::Text event_title(std::string_view event_name);

}  // namespace jejak::evidence
