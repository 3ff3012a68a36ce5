#pragma once

#include <boost/json/object.hpp>

namespace jejak::tools {

// From now on, every line of the program's log is a JSON object: {"time", "level", "message"}, or
// what log_request said. Before threads are started.
void log_as_json();

// One line about a request. It holds no personal data: routes instead of paths, no names.
void log_request(const boost::json::object& line);

}  // namespace jejak::tools
