#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "tools/reader.hpp"

namespace jejak::tools {

// A record of an appraisal's stream, and what of it a reader may see.
struct ShownRecord {
    Position position;
    std::string_view bytes;                   // valid during the visit
    std::optional<boost::json::object> view;  // as json::view_record; none: withheld
    // Is the view all that the record says, so that its bytes may be handed over?
    bool is_whole = false;
};

// Visits the records up to a point, in their order; `visit` returns whether to go on. A refused
// command is shown to its own actor's side only where no rater gave it. Errors: those of the store.
[[nodiscard]] Result<void> for_each_shown(Workspace& workspace, const std::string& token,
                                          const Until& until, const Reading& reading,
                                          const std::function<bool(const ShownRecord&)>& visit);

}  // namespace jejak::tools
