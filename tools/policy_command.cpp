#include <boost/json/parse.hpp>
#include <iostream>

#include "tools/bundled_policies.hpp"
#include "tools/commands.hpp"
#include "tools/publish.hpp"
#include "workflows/policy/policy_list.hpp"
#include "workflows/scoring/check.hpp"

namespace jejak::tools {
namespace {

void run_list(Session& session, bool bundled) {
    std::vector<std::vector<std::string>> table = {{"POLICY", "SHA-256", "TITLE"}};
    const auto add = [&](const std::string& id, const std::string& sha256,
                         const std::string& title_id, const std::string& title_en,
                         std::uint64_t position) {
        if (!session.json) return table.push_back({id, sha256.substr(0, 16), title_id});
        boost::json::object line{
            {"policy", id},
            {"sha256", sha256},
            {"title", boost::json::object{{"id", title_id}, {"en", title_en}}}};
        if (position != 0) line["position"] = position;
        print_json(line);
    };
    if (bundled) {
        for (const BundledPolicy& policy : bundled_policies()) {
            const auto parsed = scoring::parse_policy(policy.document);
            if (!parsed) return session.fail(parsed.error());
            const scoring::Policy& known = **parsed;
            add(known.id, to_hex(known.hash), known.title.id, known.title.en, 0);
        }
    } else {
        const auto workspace = session.open(Workspace::Mode::read);
        if (!workspace || !session.check(workspace->catch_up(policy::policy_list_model))) return;
        const auto policies = policy::published_policies(workspace->reads());
        if (!policies) return session.fail(policies.error());
        for (const auto& known : *policies) {
            add(known.policy, known.sha256, known.title_id, known.title_en, known.position.value);
        }
    }
    if (!session.json) print_table(table);
}

void run_show(Session& session, const std::string& id) {
    for (const BundledPolicy& policy : bundled_policies()) {
        auto opened = Workspace::open(session.directory, Workspace::Mode::read);
        if (opened) break;  // the published one goes first, where there is a log
        if (policy.id == id) {
            std::cout << policy.document;
            return;
        }
    }
    const auto workspace = session.open(Workspace::Mode::read);
    if (!workspace) return;
    const auto published = published_policy(*workspace, id);
    if (!published) return session.fail(published.error());
    if (*published) return print_json(boost::json::parse((*published)->canonical));
    const auto known = policy_for_dry_run(workspace.get(), id);
    if (!known) return session.fail(known.error());
    print_json(boost::json::parse((*known)->canonical));
}

void run_check(Session& session, const std::string& path) {
    const auto document = read_file(path);
    if (!document) return session.fail(document.error());
    const auto problems = scoring::check(*document);
    for (const auto& problem : problems) {
        if (session.json) {
            print_json(boost::json::object{{"pointer", problem.pointer},
                                           {"message", problem.message},
                                           {"remedy", problem.remedy}});
        } else {
            std::cout << path << problem.pointer << ": " << problem.message << "\n    "
                      << problem.remedy << '\n';
        }
    }
    if (!problems.empty()) {
        session.exit_code = exit_refused;
    } else if (!session.json) {
        std::cout << path << " is a policy that can be published\n";
    }
}

void run_publish(Session& session, const std::string& name, const std::string& actor) {
    std::string document;
    for (const BundledPolicy& policy : bundled_policies()) {
        if (policy.id == name) document = policy.document;
    }
    if (document.empty()) {
        const auto read = read_file(name);
        if (!read) return session.fail(read.error());
        document = *read;
    }
    // What check refuses never reaches the log.
    const auto parsed = scoring::parse_policy(document);
    if (!parsed) return session.fail(parsed.error());
    const auto workspace = session.open(Workspace::Mode::write);
    if (!workspace) return;
    const auto receipt = publish_document(*workspace, document, actor, "cli");
    if (session.accepted(receipt) == nullptr || !session.check(workspace->finish())) return;
    if (session.json) {
        print_json(boost::json::object{{"policy", (*parsed)->id},
                                       {"sha256", to_hex((*parsed)->hash)},
                                       {"repeated", receipt->repeated || receipt->events.empty()}});
    } else {
        std::cout << (*parsed)->id << " is published as " << to_hex((*parsed)->hash) << '\n';
    }
}

}  // namespace

void add_policy(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("policy", "The rules of scoring and procedure");
    command->require_subcommand(1);

    auto bundled = std::make_shared<bool>(false);
    auto* list = command->add_subcommand("list", "Published policies");
    list->add_flag("--bundled", *bundled, "Those that the program carries");
    list->callback([bundled, &session] { run_list(session, *bundled); });

    auto id = std::make_shared<std::string>();
    auto* show = command->add_subcommand("show", "The document of a policy");
    show->add_option("id", *id, "Its id")->required();
    show->callback([id, &session] { run_show(session, *id); });

    auto path = std::make_shared<std::string>();
    auto* check = command->add_subcommand("check", "Every problem of a document at once");
    check->footer("Example: jejak policy check my-agency.json");
    check->add_option("file", *path, "The document")->required();
    check->callback([path, &session] { run_check(session, *path); });

    add_policy_library(*command, session);

    auto name = std::make_shared<std::string>();
    auto actor = std::make_shared<std::string>("operator:cli");
    auto* publish = command->add_subcommand("publish", "Publish a document; it can never change");
    publish->footer("Example: jejak policy publish my-agency.json --as nip:198501012010011001");
    publish->add_option("file", *name, "The document, or the id of a bundled policy")->required();
    publish->add_option("--as", *actor, "Administrator who publishes (default operator:cli)");
    publish->callback([name, actor, &session] { run_publish(session, *name, *actor); });
}

}  // namespace jejak::tools
