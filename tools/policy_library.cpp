#include <iostream>

#include "tools/bundled_policies.hpp"
#include "tools/commands.hpp"
#include "tools/publish.hpp"
#include "workflows/policy/policy_list.hpp"
#include "workflows/scoring/conform.hpp"
#include "workflows/scoring/period.hpp"

// Conformance vectors, the schema of documents, and which policy is for a period.
namespace jejak::tools {
namespace {

// The document that is named, or the one that the vectors are for: published or bundled.
Result<std::shared_ptr<const scoring::Policy>> policy_under_test(Session& session,
                                                                 const std::string& name,
                                                                 const std::string& vectors) {
    if (!name.empty()) return policy_for_dry_run(nullptr, name);
    const auto id = scoring::policy_of_vectors(vectors);
    if (!id) return id.error();
    auto opened = Workspace::open(session.directory, Workspace::Mode::read);
    return policy_for_dry_run(opened ? opened->get() : nullptr, *id);
}

void run_conform(Session& session, const std::string& path, const std::string& name) {
    const auto text = read_file(path);
    if (!text) return session.fail(text.error());
    const auto policy = policy_under_test(session, name, *text);
    if (!policy) return session.fail(policy.error());
    const auto results = scoring::run_vectors(**policy, *text);
    if (!results) return session.fail(results.error());
    std::size_t failed = 0;
    for (const auto& result : *results) {
        failed += result.faults.empty() ? 0 : 1;
        if (session.json) {
            boost::json::array faults;
            for (const auto& fault : result.faults)
                faults.emplace_back(fault);
            print_json(boost::json::object{{"vector", result.name},
                                           {"conforms", result.faults.empty()},
                                           {"faults", std::move(faults)}});
            continue;
        }
        for (const auto& fault : result.faults)
            std::cout << result.name << ": " << fault << '\n';
    }
    if (failed != 0) session.exit_code = exit_refused;
    if (session.json) return;
    std::cout << (*policy)->id << ": " << results->size() - failed << " of " << results->size()
              << " vectors conform\n";
}

struct Scope {
    std::string period, unit, kind = "annual";
};

void run_choose(Session& session, const Scope& scope) {
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace || !session.check(workspace->catch_up(policy::policy_list_model))) return;
    const auto chosen = policy_in_force(*workspace, scope.period, scope.unit, scope.kind);
    if (!chosen) return session.fail(chosen.error());
    const auto& policy = **chosen;
    if (session.json) {
        return print_json(boost::json::object{
            {"policy", policy.id},
            {"sha256", to_hex(policy.hash)},
            {"title", boost::json::object{{"id", policy.title.id}, {"en", policy.title.en}}},
            {"applies", scoring::scope_text(*policy.applies)}});
    }
    std::cout << policy.id << ": " << policy.title.id << " ("
              << scoring::scope_text(*policy.applies) << ")\n";
}

}  // namespace

void add_policy_library(CLI::App& command, Session& session) {
    auto path = std::make_shared<std::string>();
    auto name = std::make_shared<std::string>();
    auto* conform = command.add_subcommand("conform", "Run a file of conformance vectors");
    conform->footer("Example: jejak policy conform my-vectors.json --policy my-agency.json");
    conform->add_option("file", *path, "The vectors")->required();
    conform->add_option("--policy", *name, "A document or bundled id (default: the file's policy)");
    conform->callback([path, name, &session] { run_conform(session, *path, *name); });

    auto* schema = command.add_subcommand("schema", "The JSON Schema of policy documents");
    schema->callback([] { std::cout << policy_schema(); });

    auto scope = std::make_shared<Scope>();
    auto* choose = command.add_subcommand("choose", "Which published policy is for a period");
    choose->footer("Example: jejak policy choose --period 2020 --unit dinkes");
    choose->add_option("--period", scope->period, "2025, 2025-Q1, 2025-07..2025-12")->required();
    choose->add_option("--unit", scope->unit, "The unit");
    choose->add_option("--kind", scope->kind, "Kind of appraisal (default annual)");
    choose->callback([scope, &session] { run_choose(session, *scope); });
}

}  // namespace jejak::tools
