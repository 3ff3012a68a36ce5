#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/command_request.hpp"
#include "adapters/json/described.hpp"

namespace jejak::json {

boost::json::object request_schema(const CommandEntry& entry) {
    boost::json::object schema = schema_of<RequestMembers>();
    boost::json::object& properties = schema["properties"].as_object();
    properties["command"] = {{"const", entry.name}};
    const bool is_policy = entry.workflow == "policy";
    const bool is_addressed = entry.stream_of == nullptr;
    for (const char* member : {"appraisal", "policy"}) {
        if (!is_addressed || entry.workflow != member) properties.erase(member);
    }
    if (is_addressed) {
        properties[entry.workflow] = detail::text_schema(
            is_policy ? "^[A-Za-z0-9._:@-]{1,89}$" : "^(?!.*[0-9]{18})[A-Za-z0-9._-]{1,64}$");
    }
    properties["command_id"] = detail::text_schema("^[A-Za-z0-9._:@-]{1,64}$");
    properties["ground"] = {{"type", "string"}, {"minLength", 1}, {"maxLength", 200}};
    properties["data"] = entry.data_schema();
    boost::json::array required{"command"};
    if (is_addressed) required.emplace_back(entry.workflow);
    if (properties["data"].as_object().contains("required")) required.emplace_back("data");
    schema["required"] = std::move(required);
    // What happened earlier comes with all three or not at all.
    const boost::json::array history{"occurred_at", "ground", "document_sha256"};
    boost::json::object together;
    for (const auto& member : history)
        together[member.as_string()] = history;
    schema["dependentRequired"] = std::move(together);
    boost::json::object whole{
        {"$schema", schema_dialect}, {"title", entry.name}, {"description", entry.summary_en}};
    for (auto& [name, value] : schema)
        whole[name] = value;
    return whole;
}

}  // namespace jejak::json
