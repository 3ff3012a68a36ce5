#pragma once

#include <string>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/http/refusal.hpp"

namespace jejak::http {

struct Target {
    std::string path;  // decoded
    Pairs query;       // decoded
};

// Reads a request target in origin form (RFC 9112, section 3.2.1): "/path?query".
// Refused with 400 `invalid_target`: an octet that RFC 3986 does not have in a path; in the query
// anything but visible ASCII, or one of " # < > (browsers send the rest of them as they are); "%"
// without two hexadecimal digits; escapes that give no UTF-8 or a control character; "%2F" in the
// path, and a segment "." or ".." however it is written, since what is a folder for one reader
// would be a name for another.
// "a=1&b" is {a, 1}, {b, ""}; "+" is a blank there; empty pairs are dropped.
[[nodiscard]] Accepted<Target> parse_target(std::string_view target);

}  // namespace jejak::http
