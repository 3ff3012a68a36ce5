#pragma once

#include <any>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <vector>

#include "adapters/json/reader.hpp"
#include "engine/ids.hpp"

namespace jejak::json {

// One command that may be sent from outside.
struct CommandEntry {
    std::string_view name;      // "submit_review"
    std::string_view workflow;  // "appraisal" and "policy": also the member that names the stream
    std::string_view summary_en;
    std::string_view summary_id;
    std::string_view example;  // a whole request, one line of JSON
    // Reads the member `data`; gives the decider's Command variant. What is wrong is in the reader.
    std::any (*read)(const boost::json::value& data, Reader& reader);
    // JSON Schema of `data`.
    boost::json::object (*data_schema)();
    // Where `data` itself says which stream it is about: the stream of what `read` gave, empty for
    // none. Null where the member named like the workflow says it.
    StreamId (*stream_of)(const std::any& command) = nullptr;
};

// All of them: those of the appraisal in the order of appraisal::Command, then those of dossier and
// organisation, then publish_policy.
[[nodiscard]] const std::vector<CommandEntry>& command_catalogue();
// Null when there is no such command.
[[nodiscard]] const CommandEntry* find_command(std::string_view name);
[[nodiscard]] std::vector<std::string_view> command_names();

// JSON Schema (2020-12) of a whole request for this command.
[[nodiscard]] boost::json::object request_schema(const CommandEntry& entry);

// Requests that tell one story when they are sent in this order to an empty log: a policy is
// published, an appraisal runs from opening to the decision of an objection, another is cancelled.
// The example of a command is the first of the story that shows it.
struct StoryStep {
    std::string_view at;  // when it is sent: RFC 3339
    std::string_view request;
};
[[nodiscard]] const std::vector<StoryStep>& example_story();

}  // namespace jejak::json
