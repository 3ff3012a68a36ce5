#pragma once

#include "tools/backend/exchange.hpp"

namespace jejak::tools::backend {

// The media type of many commands, a line each.
[[nodiscard]] bool is_json_lines(std::string_view content_type);

// Many commands as JSON Lines, of any length: each line is one as admission.hpp takes them, and is
// answered by one line, in the order in which they came, while others are still being sent:
// {"line": 1, "ok": …} as json::answer. A line that cannot be read does not end the stream; one
// that is longer than 256 KiB does. What is answered is durable; where the connection breaks, the
// same lines again add nothing if they carry command ids.
void stream_commands(const ExchangePointer& exchange);

}  // namespace jejak::tools::backend
