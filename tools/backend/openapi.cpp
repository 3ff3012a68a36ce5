#include "tools/backend/openapi.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "adapters/json/command_catalogue.hpp"
#include "tools/backend/answer_schemas.hpp"
#include "tools/backend/routes.hpp"

namespace jejak::tools::backend {
namespace {

using boost::json::array;
using boost::json::object;

object reference_to(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

object json_content(object schema) {
    return {{"application/json", object{{"schema", std::move(schema)}}}};
}

// {…} of a path: what they may be.
object path_parameter(std::string_view name) {
    const char* schema = name == "id" ? R"({"type":"string","pattern":"^[A-Za-z0-9._-]{1,64}$"})"
                                      : R"({"type":"string","minLength":1})";
    return {
        {"name", name}, {"in", "path"}, {"required", true}, {"schema", boost::json::parse(schema)}};
}

array parameters_of(const Route& route, std::string_view path) {
    array all;
    for (auto open = path.find('{'); open != std::string_view::npos;
         open = path.find('{', open + 1)) {
        all.push_back(path_parameter(path.substr(open + 1, path.find('}', open) - open - 1)));
    }
    for (const auto name : route.query) {
        for (const auto& known : query_parameters()) {
            if (known.name != name) continue;
            object parameter{{"name", name},
                             {"in", "query"},
                             {"description", known.summary_en},
                             {"schema", boost::json::parse(known.schema)}};
            if (known.many) {
                parameter["schema"] = object{{"type", "array"}, {"items", parameter["schema"]}};
            }
            all.push_back(std::move(parameter));
        }
    }
    return all;
}

object header_parameter(const char* name, const char* description) {
    return {{"name", name},
            {"in", "header"},
            {"description", description},
            {"schema", object{{"type", "string"}}}};
}

// What every command takes.
void add_command_headers(array& parameters) {
    parameters.push_back(header_parameter("Idempotency-Key",
                                          "The command id: the same again gets the first answer"));
    parameters.push_back(
        header_parameter("If-Match", "The ETag of the version that was seen; another one is 412"));
    parameters.push_back(header_parameter(
        "X-Acting-Role", "The role; follows from the records where it is left out"));
    parameters.push_back(header_parameter("X-On-Behalf-Of", "For whom an office acts"));
}

object answers_of(const Route& route, std::string_view status) {
    object success{{"description", route.summary_en}};
    if (!route.answer.empty()) success["content"] = json_content(reference_to(route.answer));
    if (route.answer.empty()) {
        const bool is_json = route.handle == handle::openapi;
        const char* type = is_json                           ? "application/json"
                           : route.handle == handle::metrics ? "text/plain"
                                                             : "text/event-stream";
        object schema{{"type", is_json ? "object" : "string"}};
        if (is_json) schema["additionalProperties"] = true;
        success["content"] = object{{type, object{{"schema", std::move(schema)}}}};
    }
    object answers{{status, std::move(success)}};
    answers["default"] =
        object{{"description", "No, and why (RFC 9457)"},
               {"content",
                object{{"application/problem+json", object{{"schema", reference_to("Problem")}}}}}};
    return answers;
}

// "getV1AppraisalsIdHistory": for the names of generated functions.
std::string operation_id(std::string_view method, std::string_view path) {
    std::string id = method == "GET" ? "get" : "post";
    bool begins = true;
    for (const char c : path) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!is_letter) {
            begins = true;
            continue;
        }
        id += begins && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        begins = false;
    }
    return id;
}

object operation_of(const Route& route, std::string_view path) {
    object operation{{"operationId", operation_id(route.method, path)},
                     {"summary", route.summary_en},
                     {"description", route.summary_id},
                     {"parameters", parameters_of(route, path)}};
    const bool creates = route.handle == handle::open_appraisal || route.handle == handle::ticket ||
                         route.handle == handle::make_feedback_link;
    operation["responses"] = answers_of(route, creates ? "201" : "200");
    if (route.for_anybody) operation["security"] = array();
    if (!route.body.empty()) {
        operation["requestBody"] =
            object{{"required", true}, {"content", json_content(reference_to(route.body))}};
    }
    if (route.answer == "Accepted" && !route.for_anybody) {
        add_command_headers(operation["parameters"].as_array());
    }
    return operation;
}

// One operation a command: a client's functions are named after them.
void add_verbs(const Route& route, object& paths) {
    for (const auto& entry : json::command_catalogue()) {
        if (entry.workflow != "appraisal") continue;
        std::string verb(entry.name);
        for (char& c : verb)
            c = c == '_' ? '-' : c;
        const auto path = "/v1/appraisals/{id}/" + verb;
        auto operation = operation_of(route, path);
        operation["operationId"] = operation_id("POST", "/" + verb);
        operation["summary"] = entry.summary_en;
        operation["description"] = entry.summary_id;
        auto content = json_content(reference_to(entry.name));
        const auto example = boost::json::parse(entry.example);
        content["application/json"].as_object()["example"] =
            example.as_object().contains("data") ? example.at("data") : object();
        object body{{"content", std::move(content)}};
        if (entry.data_schema().contains("required")) body["required"] = true;
        operation["requestBody"] = std::move(body);
        paths[path] = object{{"post", std::move(operation)}};
    }
}

object components() {
    object schemas = answer_schemas();
    for (const auto& entry : json::command_catalogue()) {
        if (entry.workflow == "appraisal") schemas[entry.name] = entry.data_schema();
    }
    // Opening, where the caller may choose the name.
    object open = json::find_command("open_appraisal")->data_schema();
    open["properties"].as_object()["appraisal"] =
        object{{"type", "string"}, {"pattern", "^[A-Za-z0-9._-]{1,64}$"}};
    schemas["OpenAppraisalNamed"] = std::move(open);
    array whole;
    for (const auto& entry : json::command_catalogue()) {
        auto schema = json::request_schema(entry);
        schema.erase("$schema");
        // Who asks is known; in which role is for her to say.
        schema["properties"].as_object()["actor"].as_object()["required"] = array{"role"};
        if (!schema.contains("required")) schema["required"] = array();
        schema["required"].as_array().emplace_back("actor");
        whole.push_back(std::move(schema));
    }
    schemas["Command"] = object{{"oneOf", std::move(whole)}};
    return {{"schemas", std::move(schemas)},
            {"securitySchemes", object{{"token", object{{"type", "http"}, {"scheme", "bearer"}}}}}};
}

}  // namespace

object openapi_document() {
    object paths;
    for (const auto& route : routes()) {
        if (route.handle == handle::verb) {
            add_verbs(route, paths);
            continue;
        }
        auto& path = paths[route.path];
        if (!path.is_object()) path = object();
        path.as_object()[route.method == "GET" ? "get" : "post"] = operation_of(route, route.path);
    }
    return {{"openapi", "3.1.0"},
            {"info", object{{"title", "jejak"},
                            {"version", "1"},
                            {"description",
                             "Performance appraisals as event-sourced state machines. Verbs are "
                             "commands; reads give what the caller may see, also of the past."}}},
            {"servers", array{object{{"url", "/"}}}},
            {"security", array{object{{"token", array()}}}},
            {"paths", std::move(paths)},
            {"components", components()}};
}

}  // namespace jejak::tools::backend
