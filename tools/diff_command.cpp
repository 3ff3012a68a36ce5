#include <iostream>
#include <map>

#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "tools/commands.hpp"
#include "tools/history.hpp"
#include "tools/publish.hpp"
#include "tools/reader.hpp"
#include "workflows/appraisal/differences.hpp"
#include "workflows/appraisal/recorded_result.hpp"

// What changed between two versions of an appraisal, by whom, and what it did to the score; or in
// what two appraisals differ.
namespace jejak::tools {
namespace {

struct DiffFlags {
    std::string token, other;
    ReaderFlags reader;
    std::uint32_t from = 0, to = 0;
};

// One event, and what it changed.
struct Step {
    std::uint32_t version;
    std::string event, role;
    Instant recorded_at;
    std::vector<appraisal::Difference> differences;
    std::string score;  // after it: what is recorded, or what the inputs so far give; "-": none
};

// `state` as the reader may see it; "-" where there is no score, or none for her.
std::string score_after(const appraisal::Appraisal& state, const scoring::Policy& policy,
                        const appraisal::Disclosure& to) {
    if (state.result) return state.result->score + " " + state.result->predicate;
    if (!appraisal::check_derivation(to)) return "-";
    const auto explanation = appraisal::explain(state, policy);
    const auto* outcome = std::get_if<scoring::Outcome>(&explanation.answer);
    if (outcome == nullptr) return "-";
    return "(" + outcome->score_text + " " + outcome->predicate + ")";
}

Result<std::vector<Step>> steps_between(const Workspace& workspace, const DiffFlags& flags,
                                        const Reading& reading) {
    std::map<std::string, std::shared_ptr<const scoring::Policy>> policies;
    const auto stream = json::appraisal_stream(flags.token);
    if (!stream) return stream.error();
    appraisal::Appraisal state;
    std::vector<Step> steps;
    Result<void> outcome;
    const auto fold = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const Envelope& envelope = decoded->envelope;
        if (flags.to != 0 && envelope.version.value > flags.to) return false;
        const auto event = record::decode_any<appraisal::Event>(
            envelope.event_name, envelope.schema_version, decoded->payload);
        if (!event) return (outcome = event.error(), false);
        const appraisal::Appraisal earlier = state;
        appraisal::evolve(state, *event);
        auto& rules = policies[state.policy];
        if (!rules) {
            auto read = pinned_rules(workspace, state);
            if (!read) return (outcome = read.error(), false);
            rules = std::move(*read);
        }
        const auto& policy = *rules;
        const auto before = appraisal::disclosed(earlier, policy, reading.to());
        const bool is_shown = appraisal::shown(*event, state, reading.now(), policy,
                                               reading.to()) != appraisal::Shown::nothing;
        if (envelope.version.value > flags.from && is_shown) {
            const auto after = appraisal::disclosed(state, policy, reading.to());
            steps.push_back({envelope.version.value, envelope.event_name, envelope.actor.role,
                             envelope.recorded_at, appraisal::differences(before, after, policy),
                             score_after(after, policy, reading.to())});
        }
        return true;
    };
    const auto read = workspace.events().read_stream(*stream, Version{1}, fold);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    return steps;
}

boost::json::array differences_json(const std::vector<appraisal::Difference>& all) {
    boost::json::array view;
    for (const auto& each : all) {
        view.push_back(boost::json::object{
            {"what", each.what}, {"before", each.before}, {"after", each.after}});
    }
    return view;
}

void print_steps(const Session& session, const std::vector<Step>& steps) {
    for (const auto& step : steps) {
        if (session.json) {
            print_json(boost::json::object{{"version", step.version},
                                           {"event", step.event},
                                           {"role", step.role},
                                           {"recorded_at", to_text(step.recorded_at)},
                                           {"changes", differences_json(step.differences)},
                                           {"score", step.score}});
            continue;
        }
        std::cout << "v" << step.version << "  " << to_text(step.recorded_at) << "  " << step.event
                  << "  by " << step.role << "  → " << step.score << '\n';
        for (const auto& each : step.differences) {
            std::cout << "    " << each.what << ": " << (each.before.empty() ? "-" : each.before)
                      << " → " << (each.after.empty() ? "-" : each.after) << '\n';
        }
    }
    if (!session.json) {
        std::cout
            << "a score in brackets is what the inputs gave at that time; nothing was final\n";
    }
}

void run_diff_two(Session& session, const DiffFlags& flags, Workspace& workspace,
                  const appraisal::Appraisal& state, const Reading& reading) {
    const auto read = Reading::of(workspace, flags.reader, flags.other);
    if (!read) return session.fail(read.error());
    const auto other = read->state(workspace, {});
    if (!other) return session.fail(other.error());
    const auto& policy = reading.policy();
    const auto found = appraisal::differences(state, *other, policy);
    const auto score = score_after(state, policy, reading.to());
    const auto score_with = score_after(*other, read->policy(), read->to());
    if (session.json) {
        return print_json(boost::json::object{{"appraisal", flags.token},
                                              {"with", flags.other},
                                              {"score", score},
                                              {"score_with", score_with},
                                              {"differences", differences_json(found)}});
    }
    std::vector<std::vector<std::string>> table = {{"", flags.token, flags.other}};
    for (const auto& each : found) {
        table.push_back({each.what, each.before.empty() ? "-" : each.before,
                         each.after.empty() ? "-" : each.after});
    }
    table.push_back({"score", score, score_with});
    print_table(table);
}

void run_diff(Session& session, const DiffFlags& flags) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    Until until;
    if (flags.to != 0) until.version = flags.to;
    const auto reading = Reading::of(*workspace, flags.reader, flags.token);
    if (!reading) return session.fail(reading.error());
    const auto state = reading->state(*workspace, until);
    if (!state) return session.fail(state.error());
    if (!flags.other.empty()) return run_diff_two(session, flags, *workspace, *state, *reading);
    if (flags.to != 0 && flags.from >= flags.to) {
        return session.fail(error(ErrorCode::invalid_input, "--from must be below --to"));
    }
    const auto steps = steps_between(*workspace, flags, *reading);
    if (!steps) return session.fail(steps.error());
    print_steps(session, *steps);
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
    auto flags = std::make_shared<DiffFlags>();
    auto* command = app.add_subcommand(
        "diff", "What changed between two versions, by whom, and what it did to the score");
    command->footer("Example: jejak diff sofifi-2025-001 --from 4 --to 9");
    command->add_option("id", flags->token, "The appraisal")->required();
    command->add_option("--from", flags->from, "After this version (default 0: from the start)");
    command->add_option("--to", flags->to, "Up to this version (default: the last)");
    command->add_option("--with", flags->other, "Another appraisal: in what the two differ");
    add_reader(*command, flags->reader);
    command->callback([flags, &session] { run_diff(session, *flags); });
}

}  // namespace jejak::tools
