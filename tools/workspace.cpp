#include "tools/workspace.hpp"

#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "storage/overlay_read_store.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/appraisal/audit_trail.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/appraisal/work_list.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/fact_index.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/person/people_index.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/policy/policy_list.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::tools {

runtime::Workflows make_workflows() {
    runtime::Workflows workflows;
    workflows.push_back(runtime::make_workflow<appraisal::AppraisalDecider>());
    workflows.push_back(runtime::make_workflow<person::PersonDecider>());
    workflows.push_back(runtime::make_workflow<policy::PolicyDecider>());
    workflows.push_back(runtime::make_workflow<unit_result::UnitResultDecider>());
    workflows.push_back(runtime::make_workflow<dossier::DossierDecider>());
    workflows.push_back(runtime::make_workflow<organisation::OrganisationDecider>());
    workflows.push_back(runtime::make_claim_workflow());
    return workflows;
}

runtime::Projections make_projections() {
    runtime::Projections projections;
    projections.push_back(person::make_people_index());
    projections.push_back(policy::make_policy_list());
    projections.push_back(appraisal::make_scoreboard());
    projections.push_back(appraisal::make_work_list());
    projections.push_back(appraisal::make_audit_trail());
    projections.push_back(organisation::make_fact_index());
    return projections;
}

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& directory, Mode mode) {
    std::unique_ptr<Workspace> workspace(new Workspace);
    using DirectoryMode = storage::DataDirectory::Mode;
    auto data = storage::DataDirectory::open(
        directory, mode == Mode::write ? DirectoryMode::create : DirectoryMode::read);
    if (!data) return data.error();
    workspace->data_ = std::move(*data);
    storage::DataDirectory& opened = *workspace->data_;
    if (mode == Mode::write) {
        if (auto started = workspace->start_writing(); !started) return started.error();
    } else {
        workspace->overlay_ = std::make_unique<storage::OverlayReadStore>(opened.reads());
    }
    workspace->latest_ = std::make_unique<Latest>(opened.events(), workspace->workflows_);
    workspace->people_ =
        std::make_unique<intake::People>(opened.events(), opened.keyring(), workspace->writer_);
    workspace->opener_ = std::make_unique<intake::Opener>(opened.events(), opened.keyring());
    workspace->identifiers_ = std::make_unique<intake::Identifiers>(
        *workspace->opener_, [raw = workspace.get()](PersonId person) {
            return person::find_person(raw->reads(), person);
        });
    return workspace;
}

Result<void> Workspace::start_writing() {
    pool_ = std::make_unique<boost::asio::thread_pool>(2);
    auto writer = runtime::Writer::start(pool_->get_executor(), data_->events(), data_->keyring(),
                                         clock_, workflows_, runtime::Writer::Options{});
    if (!writer) return writer.error();
    writer_ = std::move(*writer);
    projector_ = std::make_shared<runtime::Projector>(pool_->get_executor(), data_->events(),
                                                      data_->reads(), projections_);
    writer_->on_growth([this, projector = projector_](Position head) {
        projector->wake(head);
        for (const auto& told : when_grown_)
            told(head);
    });
    return {};
}

Workspace::~Workspace() {
    if (writer_) writer_->stop();
    if (pool_) pool_->join();
}

ReadStore& Workspace::reads() {
    return overlay_ ? *overlay_ : data_->reads();
}

std::shared_ptr<const scoring::Policy> Workspace::known_policy(const std::string& id) const {
    const std::lock_guard lock(policies_mutex_);
    const auto found = policies_.find(id);
    return found == policies_.end() ? nullptr : found->second;
}

void Workspace::keep_policy(const std::string& id,
                            std::shared_ptr<const scoring::Policy> policy) const {
    const std::lock_guard lock(policies_mutex_);
    policies_.insert_or_assign(id, std::move(policy));
}

Result<void> Workspace::catch_up(std::string_view model) {
    const auto head = events().head();
    if (!head) return head.error();
    if (projector_) return projector_->wait_for(head->position);
    for (const auto& projection : projections_) {
        if (!model.empty() && projection->name() != model) continue;
        auto done = runtime::catch_up_one(events(), reads(), *projection, head->position);
        if (!done) return done;
    }
    return {};
}

Result<void> Workspace::finish() {
    if (auto caught_up = catch_up(); !caught_up) return caught_up;
    return data_->events().sync_head();
}

}  // namespace jejak::tools
