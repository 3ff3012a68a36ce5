#include <iostream>

#include "adapters/json/command_catalogue.hpp"
#include "tools/commands.hpp"
#include "workflows/appraisal/lifecycle.hpp"

namespace jejak::tools {
namespace {

void run_commands(const Session& session) {
    for (const auto& entry : json::command_catalogue()) {
        if (session.json) {
            print_json(boost::json::object{
                {"command", entry.name},
                {"workflow", entry.workflow},
                {"summary",
                 boost::json::object{{"id", entry.summary_id}, {"en", entry.summary_en}}},
                {"schema", json::request_schema(entry)},
                {"example", entry.example}});
        } else {
            std::cout << entry.name << "\n    " << entry.summary_en << "\n    " << entry.summary_id
                      << "\n    " << entry.example << '\n';
        }
    }
}

}  // namespace

void add_describe(CLI::App& app, Session& session) {
    auto* diagram =
        app.add_subcommand("diagram", "The phases of an appraisal, as a Mermaid diagram");
    diagram->callback([] { std::cout << appraisal::mermaid_diagram(); });
    auto* commands = app.add_subcommand("commands", "Every command: schema and example");
    commands->footer("Example: jejak commands --json");
    commands->callback([&session] { run_commands(session); });
}

}  // namespace jejak::tools
