#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "adapters/intake/identifiers.hpp"
#include "adapters/intake/opener.hpp"
#include "engine/result.hpp"

namespace jejak::json {

// What the one who asks may see of a record.
struct ViewOptions {
    bool words = true;    // open sealed words; otherwise they read "[sealed]"
    bool raters = false;  // also who a rater was (the field `identity` of given feedback)
};

// A record as `history` shows it:
//   {"position", "stream", "version", "event", "recorded_at", "occurred_at" (if it differs),
//    "ground" and "document_sha256" (of history), "actor": {"role", "id" | "rater",
//    "on_behalf_of"}, "channel", "command_id", "policy_position" (if any), "data": {…}}
// People are outside identifiers, raters handles in hex. A rejection has no version; its event is
// "command.rejected". Errors: unsupported for an event that this program does not know;
// corruption; what store, key ring and finder answer.
[[nodiscard]] Result<boost::json::object> view_record(std::string_view record_bytes,
                                                      const intake::Opener& opener,
                                                      intake::Identifiers& identifiers,
                                                      const ViewOptions& options);

}  // namespace jejak::json
