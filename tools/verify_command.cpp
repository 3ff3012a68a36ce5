#include <chrono>
#include <future>
#include <iostream>

#include "tools/commands.hpp"
#include "tools/progress.hpp"
#include "tools/replay_check.hpp"
#include "workflows/appraisal/events.hpp"

namespace jejak::tools {
namespace {

struct Verification {
    storage::Inspection inspection;
    ReplayCheck replay;
    std::vector<storage::Finding> models;

    [[nodiscard]] std::vector<storage::Finding> findings() const {
        std::vector<storage::Finding> all = inspection.findings;
        all.insert(all.end(), replay.findings.begin(), replay.findings.end());
        all.insert(all.end(), models.begin(), models.end());
        return all;
    }
};

Result<Verification> verify(Workspace& workspace) {
    // Read models are compared on the other core while the log is read.
    auto models = std::async(std::launch::async, [&] { return check_read_models(workspace); });
    Verification verification;
    std::vector<StreamId> appraisals;
    storage::InspectOptions options;
    options.visit = [&](const record::DecodedRecord& decoded, std::string_view) {
        if (decoded.envelope.event_name == appraisal::Opened::event_name) {
            appraisals.push_back(decoded.envelope.stream);
        }
    };
    Progress progress("verify");
    options.progress = [&](std::uint64_t done, std::uint64_t total) { progress.show(done, total); };
    auto inspection =
        storage::inspect(workspace.data().events(), workspace.data().log_id(), options);
    if (!inspection) {
        (void)models.get();
        return inspection.error();
    }
    verification.inspection = std::move(*inspection);
    auto replay = check_replay(workspace, appraisals);
    auto compared = models.get();
    if (!replay) return replay.error();
    if (!compared) return compared.error();
    verification.replay = std::move(*replay);
    verification.models = std::move(*compared);
    return verification;
}

boost::json::object report_json(const Verification& v,
                                const std::vector<storage::Finding>& findings) {
    boost::json::array found;
    for (const auto& finding : findings) {
        found.push_back(boost::json::object{
            {"what", finding.what}, {"where", finding.where}, {"remedy", finding.remedy}});
    }
    boost::json::array illegal;
    for (const auto& text : v.replay.illegal_today)
        illegal.emplace_back(text);
    return {{"ok", findings.empty()},
            {"position", v.inspection.head.position.value},
            {"root", to_hex(v.inspection.head.root)},
            {"records", v.inspection.records},
            {"commits", v.inspection.commits},
            {"streams", v.inspection.streams},
            {"appraisals", v.replay.appraisals},
            {"results_recomputed", v.replay.results},
            {"findings", std::move(found)},
            {"illegal_today", std::move(illegal)}};
}

void print_report(const Verification& v, const std::vector<storage::Finding>& findings) {
    std::cout << "records      " << v.inspection.records << ", dense from 1 to "
              << v.inspection.head.position.value << ", in " << v.inspection.commits
              << " commits and " << v.inspection.streams << " streams\n"
              << "tree root    " << to_hex(v.inspection.head.root) << '\n'
              << "appraisals   " << v.replay.appraisals << " replayed, " << v.replay.results
              << " recorded results computed again\n";
    if (!v.replay.illegal_today.empty()) {
        std::cout << v.replay.illegal_today.size()
                  << " facts would not be legal by today's table (they stand all the same):\n";
        for (const auto& text : v.replay.illegal_today)
            std::cout << "  " << text << '\n';
    }
    for (const auto& finding : findings) {
        std::cout << "FOUND  " << finding.where << ": " << finding.what << "\n       "
                  << finding.remedy << '\n';
    }
    std::cout << (findings.empty() ? "ok: nothing was removed or changed\n"
                                   : "NOT ok: " + std::to_string(findings.size()) + " findings\n");
}

void run_verify(Session& session) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto verification = verify(*workspace);
    if (!verification) return session.fail(verification.error());
    const auto findings = verification->findings();
    session.json ? print_json(report_json(*verification, findings))
                 : print_report(*verification, findings);
    if (!findings.empty()) session.exit_code = exit_refused;
}

void run_rebuild(Session& session) {
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    for (const auto& projection : workspace->projections()) {
        if (!session.check(workspace->data().reads().clear(projection->name()))) return;
    }
    const auto started = std::chrono::steady_clock::now();
    if (!session.check(workspace->finish())) return;
    const std::chrono::duration<double, std::milli> elapsed =
        std::chrono::steady_clock::now() - started;
    const auto head = workspace->events().head();
    if (!head) return session.fail(head.error());
    if (session.json) {
        print_json(boost::json::object{{"ok", true}, {"position", head->position.value}});
    } else {
        std::cout << workspace->projections().size() << " read models made again from "
                  << head->position.value << " records in "
                  << static_cast<std::uint64_t>(elapsed.count()) << " ms\n";
    }
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "verify", "Prove that the log is whole, unaltered, and gives the recorded scores");
    command->footer("Example: jejak verify --json");
    command->callback([&session] { run_verify(session); });
}

void add_rebuild(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("rebuild", "Throw all read models away and make them again");
    command->callback([&session] { run_rebuild(session); });
}

}  // namespace jejak::tools
