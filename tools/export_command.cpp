#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "tools/agency.hpp"
#include "tools/commands.hpp"
#include "tools/progress.hpp"

namespace jejak::tools {
namespace {

struct ExportFlags {
    std::string format = "jsonl";
    std::string output = "-";
    std::string unit;
    bool sealed = false;
};

void run_export(Session& session, const ExportFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index"))) return;
    std::ofstream file;
    if (flags.output != "-") file.open(flags.output, std::ios::trunc);
    if (flags.output != "-" && !file) {
        return session.fail(
            error(ErrorCode::environment, flags.output + " cannot be written; is the path right?"));
    }
    std::ostream& out = flags.output == "-" ? std::cout : file;
    const auto head = workspace->events().head();
    if (!head) return session.fail(head.error());
    std::optional<Agency> agency;
    if (!flags.unit.empty()) {
        auto found = Agency::of(*workspace, flags.unit);
        if (!found) return session.fail(found.error());
        agency = std::move(*found);
    }
    Progress progress("export");
    json::ViewOptions options;
    options.words = !flags.sealed;
    const auto write = [&](Position position, std::string_view bytes) {
        progress.show(position.value, head->position.value);
        if (agency) {
            const auto decoded = record::decode_record(bytes);
            if (!decoded) return session.fail(decoded.error()), false;
            if (!agency->holds(decoded->envelope, decoded->payload)) return true;
        }
        const auto view =
            json::view_record(bytes, workspace->opener(), workspace->identifiers(), options);
        if (!view) {
            session.fail(view.error());
            return false;
        }
        out << boost::json::serialize(*view) << '\n';
        return static_cast<bool>(out);
    };
    if (!session.check(workspace->events().scan(Position{1}, head->position, write))) return;
    out.flush();
    if (!out)
        session.fail(error(ErrorCode::environment, "the output could not be written; disk full?"));
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
    auto flags = std::make_shared<ExportFlags>();
    auto* command =
        app.add_subcommand("export", "Every record of the log, or of a unit, one a line");
    command->footer("Example: jejak export --unit dinkes --output dinkes.jsonl");
    command->add_option("--format", flags->format, "jsonl")->check(CLI::IsMember({"jsonl"}));
    command->add_option("--output", flags->output, "File, or - for standard output (default)");
    command->add_option("--unit", flags->unit,
                        "Only what belongs to this unit and whatever stood below it");
    command->add_flag("--sealed", flags->sealed, "Leave the words of people sealed");
    command->callback([flags, &session] { run_export(session, *flags); });
}

}  // namespace jejak::tools
