#include <fstream>
#include <iostream>

#include "adapters/json/command_line.hpp"
#include "engine/runtime/state_cache.hpp"
#include "tools/commands.hpp"
#include "tools/organisation.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/organisation/organisation_decider.hpp"

// Whose appraisals a correction of the organisation's records touches, before it is made.
namespace jejak::tools {
namespace {

using organisation::AsOf;
using organisation::Directory;
using organisation::OrganisationDecider;

// The facts that would be recorded after the head of the log, and the states that they would leave.
class Rehearsal {
  public:
    Rehearsal(Workspace& workspace, Directory& directory, Position head)
        : workspace_(workspace), directory_(directory), next_(head.value + 1) {}

    // Errors: invalid_input, where the command is not one about the organisation or is refused.
    [[nodiscard]] Result<void> play(const runtime::CommandRequest& request) {
        const auto* command = std::any_cast<organisation::Command>(&request.command);
        if (command == nullptr) {
            return error(ErrorCode::invalid_input,
                         "only commands about the organisation can be tried here");
        }
        Context context;
        context.stream = request.stream;
        context.actor = request.actor;
        auto* state = state_of(request.stream);
        if (state == nullptr) return *failed_;
        for (const auto& stream : OrganisationDecider::references(*state, *command)) {
            if (stream.workflow() != "organisation") continue;  // claims change no fact
            const auto* other = state_of(stream);
            if (other == nullptr) return *failed_;
            context.references.add(stream, other);
        }
        state = state_of(request.stream);
        const auto answer = OrganisationDecider::decide(*state, *command, context);
        if (const auto* no = std::get_if<Rejection>(&answer)) {
            return error(ErrorCode::invalid_input, no->rule + ": " + no->message);
        }
        for (const auto& event : std::get<Accepted<organisation::Event>>(answer).events) {
            OrganisationDecider::evolve(*state, event);
            directory_.add(request.stream.text(), static_cast<std::uint32_t>(state->facts.size()),
                           Position{next_++}, event);
        }
        return {};
    }

  private:
    // Null after an error, which stands in `failed_`.
    [[nodiscard]] organisation::Facts* state_of(const StreamId& stream) {
        const auto found = states_.find(stream.text());
        if (found != states_.end()) return &found->second;
        const auto* workflow = runtime::find_workflow(workspace_.workflows(), "organisation");
        const auto read = runtime::read_state(workspace_.events(), *workflow, stream);
        if (!read) return (failed_ = read.error(), nullptr);
        const auto* facts = static_cast<const organisation::Facts*>((*read)->value());
        return &states_.emplace(stream.text(), *facts).first->second;
    }

    Workspace& workspace_;
    Directory& directory_;
    std::uint64_t next_;
    std::map<std::string, organisation::Facts> states_;
    std::optional<Error> failed_;
};

struct Touched {
    appraisal::BoardLine line;
    organisation::Day on;
    std::optional<organisation::Holder> before, after;
};

std::string need_of(const Touched& touched) {
    using appraisal::Phase;
    if (touched.line.phase == Phase::finalised || touched.line.phase == Phase::disputed) {
        return "its result is final: have it examined (correction or annulment)";
    }
    if (!touched.after) return "nobody would rate it: record who holds the head post";
    if (touched.after->person == touched.line.supervisor) return "nothing: it says so already";
    return "reassign_supervisor";
}

Result<void> print_touched(Session& session, Workspace& names, const Touched& touched,
                           std::vector<std::vector<std::string>>& table) {
    const auto text =
        [&](const std::optional<organisation::Holder>& holder) -> Result<std::string> {
        if (!holder) return std::string("-");
        auto person = names.identifiers().identifier_of(holder->person);
        if (!person) return person.error();
        return *person + " (" + holder->kind + ")";
    };
    const auto subject = names.identifiers().identifier_of(touched.line.subject);
    const auto before = text(touched.before), after = text(touched.after);
    for (const auto* each : {&subject, &before, &after}) {
        if (!*each) return each->error();
    }
    const std::string phase(appraisal::name_of(touched.line.phase));
    if (session.json) {
        print_json(boost::json::object{{"appraisal", touched.line.token},
                                       {"subject", *subject},
                                       {"period", touched.line.period},
                                       {"phase", phase},
                                       {"on", to_text(touched.on)},
                                       {"before", *before},
                                       {"after", *after},
                                       {"needs", need_of(touched)}});
    }
    table.push_back({touched.line.token, *subject, phase, *before, *after, need_of(touched)});
    return {};
}

void run_impact(Session& session, const std::string& path) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up())) return;
    auto before = read_organisation(*workspace);
    auto after = read_organisation(*workspace);
    const auto head = workspace->events().head();
    if (!before) return session.fail(before.error());
    if (!after) return session.fail(after.error());
    if (!head) return session.fail(head.error());
    std::ifstream file(path);
    if (!file) {
        return session.fail(
            error(ErrorCode::environment, path + " cannot be read; name a file of commands"));
    }
    Rehearsal rehearsal(*workspace, *after, head->position);
    const json::Intake intake{workspace->people(), workspace->clock(), "cli", {}};
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const auto request = json::parse_command(line, intake);
        const auto played = request ? rehearsal.play(*request) : Result<void>(request.error());
        if (!played) {
            return session.fail(
                error(played.error().code,
                      path + ", line " + std::to_string(number) + ": " + played.error().message));
        }
    }
    std::vector<Touched> touched;
    const auto visit = [&](const appraisal::BoardLine& entry) {
        if (entry.phase == appraisal::Phase::cancelled) return true;
        const AsOf as_of{day_within(entry.period, workspace->clock())};
        Touched found{entry, as_of.on, before->superior_of(entry.subject, as_of),
                      after->superior_of(entry.subject, as_of)};
        if (found.before != found.after) touched.push_back(std::move(found));
        return true;
    };
    if (!session.check(appraisal::list_lines(workspace->reads(), {}, visit))) return;
    std::vector<std::vector<std::string>> table = {
        {"APPRAISAL", "SUBJECT", "PHASE", "SUPERIOR NOW", "AFTERWARDS", "NEEDS"}};
    for (const auto& each : touched) {
        if (!session.check(print_touched(session, *workspace, each, table))) return;
    }
    if (session.json) return;
    if (touched.empty()) {
        std::cout << "no appraisal is touched; `jejak import " << path << "` makes the change\n";
        return;
    }
    print_table(table);
    std::cout << "nothing was changed; `jejak import " << path << "` makes the change\n";
}

}  // namespace

void add_org_impact(CLI::App& org, Session& session) {
    auto path = std::make_shared<std::string>();
    auto* command =
        org.add_subcommand("impact", "Whose appraisals a correction touches, before it is made");
    command->footer(
        "Example: jejak org impact correction.jsonl\n"
        "The file has the commands that would be imported (`jejak commands hold_post`).");
    command->add_option("file", *path, "Commands about the organisation, one a line")->required();
    command->callback([path, &session] { run_impact(session, *path); });
}

}  // namespace jejak::tools
