#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"

namespace jejak::http {

// Whether a browser sends this as an Origin (RFC 6454, section 7; "null" is none of anybody):
// "https://" or "http://", host in small letters, and a port where it is not the usual one.
[[nodiscard]] bool is_origin(std::string_view text);

// The one of `allowed` that the request comes from, letter by letter; empty: none. The view lives
// as long as `allowed`.
[[nodiscard]] std::string_view allowed_origin_of(const Request& request,
                                                 const std::vector<std::string>& allowed);

// Whether a browser asks with this what a page may ask (Fetch standard, CORS-preflight request).
[[nodiscard]] bool is_preflight(const Request& request);

// 204 for an origin that is allowed, beside what Delivery::origin adds: all of the methods and
// headers that a page may use, for an hour.
[[nodiscard]] Response preflight_answer();

}  // namespace jejak::http
