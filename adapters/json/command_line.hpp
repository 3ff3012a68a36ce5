#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/intake/people.hpp"
#include "adapters/json/reader.hpp"
#include "engine/clock.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::json {

// Who asks, in outside words.
struct OutsideActor {
    std::string id;            // "nip:198501012010011001"
    std::string role;          // a word of workflows/scoring/roles.hpp
    std::string on_behalf_of;  // as id; empty: for herself
    friend bool operator==(const OutsideActor&, const OutsideActor&) = default;
};

// What stands around the text of a command.
struct Intake {
    intake::People& people;
    const Clock& clock;
    std::string channel;  // "cli", "http", "import"
    // Who was authenticated. Then the text need not say `actor`, and must not say another one.
    std::optional<OutsideActor> actor;
};

// One command, written as a JSON object (grammar: adapters/README.md), as a request for the writer:
//
//   {"command": "submit_review", "command_id": "…", "appraisal": "token", "expected_version": 3,
//    "actor": {"id": "nip:…", "role": "supervisor", "on_behalf_of": "nip:…"},
//    "occurred_at": "…", "ground": "…", "document_sha256": "…", "data": {…}}
//
// Whoever it names for the first time is registered ahead of it, and only when the whole text is in
// order. Errors: invalid_input, with all that is wrong at once, one problem a line, and in
// `problems` if that is given; those of People::identify.
[[nodiscard]] Result<runtime::CommandRequest> parse_command(
    std::string_view text, const Intake& intake, std::vector<Problem>* problems = nullptr);

// The same of a text that was parsed already (parse_document).
[[nodiscard]] Result<runtime::CommandRequest> read_command(
    const boost::json::value& document, const Intake& intake,
    std::vector<Problem>* problems = nullptr);

// The name of an appraisal as requests carry it: 1..64 letters, digits and . _ -, and no NIP.
[[nodiscard]] Result<StreamId> appraisal_stream(std::string_view token);

}  // namespace jejak::json
