#include "tests/adapters/intake_house.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak {
namespace {

runtime::Workflows all_workflows() {
    runtime::Workflows all;
    all.push_back(runtime::make_workflow<appraisal::AppraisalDecider>());
    all.push_back(runtime::make_workflow<person::PersonDecider>());
    all.push_back(runtime::make_workflow<policy::PolicyDecider>());
    all.push_back(runtime::make_workflow<dossier::DossierDecider>());
    all.push_back(runtime::make_workflow<organisation::OrganisationDecider>());
    all.push_back(runtime::make_workflow<unit_result::UnitResultDecider>());
    all.push_back(runtime::make_claim_workflow());
    return all;
}

}  // namespace

House::House(storage::MemoryEventStore::Faults faults)
    : store(faults),
      keyring(LogId{{1, 2, 3}}),
      clock(*parse_instant("2026-01-05T01:00:00Z")),
      workflows(all_workflows()),
      pool(1),
      writer(*runtime::Writer::start(pool.get_executor(), store, keyring, clock, workflows,
                                     runtime::Writer::Options{})),
      people(store, keyring, writer),
      opener(store, keyring),
      identifiers(opener, [this](PersonId person) { return registration_of(person); }) {}

House::~House() {
    writer->stop();
    pool.join();
}

Result<runtime::Receipt> House::run(std::string_view request) {
    auto parsed = json::parse_command(request, intake());
    if (!parsed) return parsed.error();
    return writer->execute(std::move(*parsed));
}

std::vector<std::string> House::records() const {
    std::vector<std::string> all;
    const auto scanned =
        store.scan(Position{1}, store.head()->position, [&](Position, std::string_view bytes) {
            all.emplace_back(bytes);
            return true;
        });
    EXPECT_TRUE(scanned.has_value());
    return all;
}

std::vector<std::string> House::event_names() const {
    std::vector<std::string> names;
    for (const std::string& bytes : records()) {
        names.push_back(record::decode_record(bytes)->envelope.event_name);
    }
    return names;
}

Result<std::optional<Position>> House::registration_of(PersonId person) const {
    std::optional<Position> found;
    for (const std::string& bytes : records()) {
        const auto decoded = record::decode_record(bytes);
        const Envelope& envelope = decoded->envelope;
        if (envelope.event_name != person::PersonRegistered::event_name) continue;
        const auto event = record::decode_event<person::PersonRegistered>(envelope.schema_version,
                                                                          decoded->payload);
        if (event->pseudonym == person) found = envelope.position;
    }
    return found;
}

void House::erase(PersonId person) {
    const auto replacement = keyring.begin_replacement(storage::segment_of(person), {});
    ASSERT_TRUE(replacement.has_value());
    ASSERT_TRUE(keyring.finish_replacement(*replacement).has_value());
}

}  // namespace jejak
