#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <iostream>

#include "adapters/json/reader.hpp"
#include "tools/commands.hpp"

namespace {

// A word where a command should stand is most often a command that was mistyped.
void say_unknown_command(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({}))
        names.push_back(command->get_name());
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string_view near = jejak::json::nearest_name(word, views);
    std::cerr << "jejak: there is no command \"" << word << '"';
    if (!near.empty()) std::cerr << "; did you mean " << near << "?";
    std::cerr << "\nThe commands: " << jejak::json::joined(views) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    using namespace jejak::tools;
    spdlog::set_default_logger(spdlog::stderr_color_mt("jejak"));
    CLI::App app{"jejak: performance appraisals whose every score can be replayed and proved"};
    app.footer(
        "Exit codes: 0 ok, 1 refused or verification failed, 2 usage, 3 environment.\n"
        "Try: jejak policy list --bundled; jejak import --help; jejak list; jejak explain ID");
    app.set_version_flag("--version", "jejak " JEJAK_VERSION);
    app.require_subcommand(0, 1);
    app.fallthrough();
    Session session;
    app.add_option("--data", session.directory, "Data directory (default ./jejak-data)");
    app.add_flag("--json", session.json, "JSON, one object a line");
    add_import(app, session);
    add_show(app, session);
    add_history(app, session);
    add_list(app, session);
    add_tasks(app, session);
    add_deadlines(app, session);
    add_explain(app, session);
    add_what_if(app, session);
    add_diff(app, session);
    add_dispute(app, session);
    add_evidence(app, session);
    add_verify_evidence(app, session);
    add_serve(app, session);
    add_call(app, session);
    add_tick(app, session);
    add_recommend(app, session);
    add_dossier(app, session);
    add_open(app, session);
    add_combine(app, session);
    add_org(app, session);
    add_unit(app, session);
    add_board(app, session);
    add_audit(app, session);
    add_verify(app, session);
    add_rebuild(app, session);
    add_export(app, session);
    add_policy(app, session);
    add_describe(app, session);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError& fault) {
        if (!app.get_subcommands().empty() || app.remaining().empty()) {
            app.exit(fault);
        } else {
            say_unknown_command(app, app.remaining().front());
        }
        return exit_usage;
    } catch (const CLI::ParseError& fault) {
        const int code = app.exit(fault);
        return code == 0 ? exit_ok : exit_usage;
    }
    if (app.get_subcommands().empty()) {
        std::cerr << app.help();
        return exit_usage;
    }
    return session.exit_code;
}
