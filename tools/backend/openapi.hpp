#pragma once

#include <boost/json/object.hpp>

namespace jejak::tools::backend {

// OpenAPI 3.1 of the backend, made from the table of routes, the catalogue of commands and the
// schemas of answers.
[[nodiscard]] boost::json::object openapi_document();

}  // namespace jejak::tools::backend
