#include <boost/json/serialize.hpp>
#include <fstream>
#include <iostream>

#include "adapters/json/views.hpp"
#include "engine/record/envelope.hpp"
#include "tools/agency.hpp"
#include "tools/commands.hpp"
#include "tools/progress.hpp"
#include "tools/shown_record.hpp"
#include "workflows/appraisal/scoreboard.hpp"

namespace jejak::tools {
namespace {

struct ExportFlags {
    std::string format = "jsonl";
    std::string output = "-";
    std::string unit;
    bool sealed = false;
    ReaderFlags reader;
};

// Where the lines go. One object a line.
class Lines {
  public:
    // Errors: environment for a file that cannot be written.
    [[nodiscard]] static Result<std::unique_ptr<Lines>> to(const std::string& output) {
        auto lines = std::make_unique<Lines>();
        if (output == "-") return lines;
        lines->file_.open(output, std::ios::trunc);
        if (lines->file_) return lines;
        return error(ErrorCode::environment, output + " cannot be written; is the path right?");
    }
    // False: the output takes no more.
    bool write(const boost::json::object& view) {
        auto& out = file_.is_open() ? static_cast<std::ostream&>(file_) : std::cout;
        out << boost::json::serialize(view) << '\n';
        return good_ = static_cast<bool>(out);
    }
    [[nodiscard]] Result<void> finish() {
        if (file_.is_open()) good_ = static_cast<bool>(file_.flush());
        if (good_) return {};
        return error(ErrorCode::environment, "the output could not be written; disk full?");
    }

  private:
    std::ofstream file_;
    bool good_ = true;
};

// Records in the order of the log, as whoever keeps the directory may read them; `wanted` is asked
// where it is given.
using Wanted = std::function<bool(const Envelope&, std::string_view payload)>;
Result<void> export_records(Workspace& workspace, const Wanted& wanted, bool words, Lines& lines) {
    const auto head = workspace.events().head();
    if (!head) return head.error();
    Progress progress("export");
    Result<void> outcome;
    const auto write = [&](Position position, std::string_view bytes) {
        progress.show(position.value, head->position.value);
        if (wanted) {
            const auto decoded = record::decode_record(bytes);
            if (!decoded) return (outcome = decoded.error(), false);
            if (!wanted(decoded->envelope, decoded->payload)) return true;
        }
        const auto view =
            json::view_record(bytes, workspace.opener(), workspace.identifiers(), {words, false});
        if (!view) return (outcome = view.error(), false);
        return lines.write(*view);
    };
    const auto read = workspace.events().scan(Position{1}, head->position, write);
    return read ? outcome : Result<void>(read.error());
}

// For a reader: of each appraisal what the one rule of disclosure shows, one appraisal after the
// other, each folded beside; before them the published rules and, for an office that reaches
// everywhere, the facts about organisation and units. Nothing about single people outside of their
// appraisals.
Result<void> export_for_reader(Workspace& workspace, const ExportFlags& flags, Lines& lines) {
    if (auto ready = workspace.catch_up(); !ready) return ready;
    const auto reach = Reach::of(workspace, flags.unit);
    if (!reach) return reach.error();
    const bool is_office = !flags.reader.office.empty() && flags.reader.person.empty();
    const auto is_public = [&](const Envelope& envelope, std::string_view) {
        const auto workflow = envelope.stream.workflow();
        return workflow == "policy" || (is_office && flags.unit.empty() &&
                                        (workflow == "organisation" || workflow == "unit_result"));
    };
    if (auto done = export_records(workspace, is_public, !flags.sealed, lines); !done) return done;
    std::vector<std::string> tokens;
    const auto listed = appraisal::list_lines(workspace.reads(), {}, [&](const auto& line) {
        if (reach->holds(line.unit)) tokens.push_back(line.token);
        return true;
    });
    if (!listed) return listed.error();
    Progress progress("export");
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        progress.show(i, tokens.size());
        const auto reading = Reading::of(workspace, flags.reader, tokens[i]);
        if (!reading && reading.error().code == ErrorCode::not_found) continue;
        if (!reading) return reading.error();
        const auto visit = [&](const ShownRecord& record) {
            return !record.view || lines.write(*record.view);
        };
        const auto read = for_each_shown(workspace, tokens[i], {}, *reading, visit);
        if (!read) return read.error();
    }
    return {};
}

Result<void> export_for_keeper(Workspace& workspace, const ExportFlags& flags, Lines& lines) {
    if (flags.unit.empty()) return export_records(workspace, {}, !flags.sealed, lines);
    const auto agency = Agency::of(workspace, flags.unit);
    if (!agency) return agency.error();
    const auto wanted = [&](const Envelope& envelope, std::string_view payload) {
        return agency->holds(envelope, payload);
    };
    return export_records(workspace, wanted, !flags.sealed, lines);
}

// Errors: not_found for a person whom the log does not know, instead of an empty export.
Result<void> check_reader(Workspace& workspace, const ReaderFlags& reader) {
    if (reader.person.empty()) return {};
    const auto person = workspace.people().find(reader.person);
    if (!person) return person.error();
    if (*person) return {};
    return error(ErrorCode::not_found, "nobody is known as \"" + reader.person + "\" in this log");
}

void run_export(Session& session, const ExportFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up("people_index")) ||
        !session.check(check_reader(*workspace, flags.reader))) {
        return;
    }
    const auto lines = Lines::to(flags.output);
    if (!lines) return session.fail(lines.error());
    const bool for_the_keeper = flags.reader.person.empty() && flags.reader.office.empty();
    const auto done = for_the_keeper ? export_for_keeper(*workspace, flags, **lines)
                                     : export_for_reader(*workspace, flags, **lines);
    if (session.check(done)) (void)session.check((*lines)->finish());
}

}  // namespace

void add_export(CLI::App& app, Session& session) {
    auto flags = std::make_shared<ExportFlags>();
    auto* command =
        app.add_subcommand("export", "Every record of the log, or of a unit, one a line");
    command->footer(
        "Example: jejak export --unit dinkes --output dinkes.jsonl\n"
        "For a reader it is what the reader may see, one appraisal after the other: jejak export "
        "--for nip:198501012010011001");
    command->add_option("--format", flags->format, "jsonl")->check(CLI::IsMember({"jsonl"}));
    command->add_option("--output", flags->output, "File, or - for standard output (default)");
    command->add_option("--unit", flags->unit,
                        "Only what belongs to this unit and whatever stood below it");
    command->add_flag("--sealed", flags->sealed, "Leave the words of people sealed");
    add_reader(*command, flags->reader);
    command->callback([flags, &session] { run_export(session, *flags); });
}

}  // namespace jejak::tools
