#include "tests/cli/earlier_times.hpp"

#include <gtest/gtest.h>

#include <boost/asio/thread_pool.hpp>

#include "adapters/json/command_catalogue.hpp"
#include "adapters/json/command_line.hpp"
#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/data_directory.hpp"
#include "storage/file_keyring.hpp"
#include "storage/manual_clock.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::cli {
namespace {

runtime::Workflows workflows_of_the_story() {
    runtime::Workflows all;
    all.push_back(runtime::make_workflow<appraisal::AppraisalDecider>());
    all.push_back(runtime::make_workflow<person::PersonDecider>());
    all.push_back(runtime::make_workflow<policy::PolicyDecider>());
    all.push_back(runtime::make_workflow<unit_result::UnitResultDecider>());
    all.push_back(runtime::make_workflow<dossier::DossierDecider>());
    all.push_back(runtime::make_workflow<organisation::OrganisationDecider>());
    all.push_back(runtime::make_claim_workflow());
    return all;
}

}  // namespace

void tell_the_example_story(const std::filesystem::path& directory, std::string_view until) {
    using storage::DataDirectory;
    const auto data = DataDirectory::open(directory.string(), DataDirectory::Mode::create);
    ASSERT_TRUE(data) << data.error().message;
    storage::ManualClock clock(*parse_instant("2026-01-01T00:00:00Z"));
    const auto workflows = workflows_of_the_story();
    boost::asio::thread_pool pool(1);
    const auto writer = runtime::Writer::start(pool.get_executor(), (*data)->events(),
                                               (*data)->keyring(), clock, workflows, {});
    ASSERT_TRUE(writer) << writer.error().message;
    intake::People people((*data)->events(), (*data)->keyring(), *writer);
    bool found = false;
    for (const auto& step : json::example_story()) {
        found = step.request.find(until) != std::string_view::npos;
        if (found) break;
        clock.set(*parse_instant(step.at));
        const auto request =
            json::parse_command(step.request, {people, clock, "test", std::nullopt});
        ASSERT_TRUE(request) << request.error().message;
        const auto receipt = (*writer)->execute(*request);
        ASSERT_TRUE(receipt && !receipt->rejection) << step.request;
    }
    (*writer)->stop();
    pool.join();
    ASSERT_TRUE(found) << "nothing in the story says " << until;
}

}  // namespace jejak::cli
