#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/webhooks/url.hpp"
#include "engine/ids.hpp"
#include "engine/result.hpp"

namespace jejak::webhooks {

// Somebody who is told what happened.
struct Endpoint {
    std::string id;  // 1 to 48 small letters, digits, - and _; names the file of what is pending
    Url url;
    std::vector<std::string> keys;    // 1 to 3, what the secrets stand for
    std::vector<std::string> events;  // types of messages; {"*"}: all
    std::vector<std::string> units;   // empty: all of them
    bool reminders = false;
    bool allow_private = false;             // addresses that are not of the public Internet
    std::optional<Position> from_position;  // the first to be told, if it was never told anything
};

using Endpoints = std::vector<Endpoint>;

// Reads the list, one JSON array:
//   [{"id": "payroll", "url": "https://payroll.example.go.id/hooks", "secrets": ["whsec_…"],
//     "events": ["appraisal.finalised"], "units": ["puskesmas"], "reminders": true,
//     "allow_private": false, "from_position": 1}]
// id, url, secrets and events have to stand. Who is new is told what is recorded from now on, with
// from_position what was recorded from there on, 1 being the whole log.
// Errors: invalid_input with all that is wrong, one finding a line, each with its JSON pointer and
// its remedy; neither secrets nor URLs are quoted.
[[nodiscard]] Result<Endpoints> read_endpoints(std::string_view text);

// The same from a file, which holds secrets: environment when it can not be read, or when others
// than its owner may read, write or run it.
[[nodiscard]] Result<Endpoints> load_endpoints(const std::filesystem::path& file);

// Whether a message of this type about these units (the one it is about, and those above it) is for
// this endpoint.
[[nodiscard]] bool wants(const Endpoint& endpoint, std::string_view type,
                         const std::vector<std::string>& units);
// Whether a reminder about these units is.
[[nodiscard]] bool wants_reminder(const Endpoint& endpoint, const std::vector<std::string>& units);

}  // namespace jejak::webhooks
