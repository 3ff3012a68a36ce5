#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "adapters/json/reader.hpp"
#include "engine/ids.hpp"
#include "engine/result.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::json {

// What a command is answered, always with "ok" first:
//   accepted {"ok": true, "command_id", "appraisal" | "policy" | "stream", "version", "position",
//             "recorded_at", "events": […], "repeated"}
//   refused  {"ok": false, "command_id", "appraisal"…, "rejection": {"rule", "phase", "message"},
//             "position", "recorded_at", "repeated"}
//   error    {"ok": false, "command_id", "error": {"code", "message"}}
// `position` is that of the commit's last record: read models that have reached it know the answer.
[[nodiscard]] boost::json::object answer(const CommandId& command_id,
                                         const Result<runtime::Receipt>& receipt);

// For a text that did not become a command. With `problems` also "problems":
// [{"pointer", "message"}], for front ends that mark the field.
[[nodiscard]] boost::json::object error_answer(const Error& error,
                                               const std::vector<Problem>& problems = {});

}  // namespace jejak::json
