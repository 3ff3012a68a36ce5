#pragma once

#include <boost/json/object.hpp>

namespace jejak::tools::backend {

// JSON Schemas (2020-12) of what the routes answer, and of the bodies that are no commands, by the
// names that the routes use.
[[nodiscard]] boost::json::object answer_schemas();

}  // namespace jejak::tools::backend
