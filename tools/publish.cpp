#include "tools/publish.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/runtime/state_cache.hpp"
#include "tools/bundled_policies.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/policy/policy_list.hpp"
#include "workflows/scoring/check.hpp"
#include "workflows/scoring/period.hpp"
#include "workflows/scoring/published_policy.hpp"
#include "workflows/scoring/roles.hpp"

namespace jejak::tools {
namespace {

bool is_path(const std::string& name) {
    return name.find('/') != std::string::npos || name.ends_with(".json");
}

// The document that `name` means where it is not published: a file's or a bundled one's.
Result<std::string> document_of(const std::string& name) {
    if (is_path(name)) return read_file(name);
    std::string known;
    for (const BundledPolicy& bundled : bundled_policies()) {
        if (bundled.id == name) return std::string(bundled.document);
        known += (known.empty() ? "" : ", ") + std::string(bundled.id);
    }
    return error(ErrorCode::not_found,
                 "no policy \"" + name +
                     "\" is published here; publish a file with `jejak policy "
                     "publish FILE`, or use a bundled one: " +
                     known);
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path)) {
        return error(ErrorCode::environment, path + " cannot be read; is the path right?");
    }
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

Result<runtime::Receipt> publish_document(Workspace& workspace, const std::string& document,
                                          const std::string& actor, const std::string& channel) {
    const auto policy = scoring::parse_policy(document);
    if (!policy) return policy.error();
    const auto person = workspace.people().identify(actor, channel);
    if (!person) return person.error();
    const auto stream = StreamId::make("policy", (*policy)->id);
    if (!stream) return stream.error();
    // The same document has the same command id: publishing it again adds nothing.
    const auto id = CommandId::make("policy-" + to_hex((*policy)->hash.data(), 16));
    runtime::CommandRequest request;
    request.stream = *stream;
    request.command = policy::PolicyDecider::Command(policy::PublishPolicy{(*policy)->canonical});
    request.command_id = *id;
    request.actor.kind = Actor::Kind::person;
    request.actor.person = *person;
    request.actor.role = roles::administrator;
    request.actor.channel = channel;
    return workspace.writer().execute(std::move(request));
}

Result<std::shared_ptr<const scoring::Policy>> published_policy(const Workspace& workspace,
                                                                const std::string& id) {
    if (auto known = workspace.known_policy(id)) return known;
    const auto stream = StreamId::make("policy", id);
    if (!stream) return std::shared_ptr<const scoring::Policy>();
    const auto* workflow = runtime::find_workflow(workspace.workflows(), "policy");
    const auto state = runtime::read_state(workspace.events(), *workflow, *stream);
    if (!state) return state.error();
    auto policy = static_cast<const scoring::PublishedPolicy*>((*state)->value())->policy;
    if (policy) workspace.keep_policy(id, policy);
    return policy;
}

Result<std::shared_ptr<const scoring::Policy>> policy_in_force(Workspace& workspace,
                                                               const std::string& period,
                                                               const std::string& unit,
                                                               const std::string& kind) {
    const auto listed = policy::published_policies(workspace.reads());
    if (!listed) return listed.error();
    std::vector<std::shared_ptr<const scoring::Policy>> policies;
    for (const auto& each : *listed) {
        const auto policy = published_policy(workspace, each.policy);
        if (!policy) return policy.error();
        if (*policy) policies.push_back(*policy);
    }
    return scoring::choose_policy(policies, period, unit, kind);
}

Result<std::shared_ptr<const scoring::Policy>> policy_for_import(Workspace& workspace,
                                                                 const std::string& name,
                                                                 const std::string& actor) {
    if (!is_path(name)) {
        auto published = published_policy(workspace, name);
        if (!published || *published) return published;
    }
    const auto document = document_of(name);
    if (!document) return document.error();
    auto policy = scoring::parse_policy(*document);
    if (!policy) return policy.error();
    const auto receipt = publish_document(workspace, *document, actor, "import");
    if (!receipt) return receipt.error();
    if (receipt->rejection) {
        return error(ErrorCode::invalid_input, receipt->rejection->message);
    }
    return policy;
}

Result<std::shared_ptr<const scoring::Policy>> policy_for_dry_run(const Workspace* workspace,
                                                                  const std::string& name) {
    if (workspace != nullptr && !is_path(name)) {
        auto published = published_policy(*workspace, name);
        if (!published || *published) return published;
    }
    const auto document = document_of(name);
    if (!document) return document.error();
    return scoring::parse_policy(*document);
}

}  // namespace jejak::tools
