#pragma once

#include <gtest/gtest.h>

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>
#include <vector>

#include "adapters/intake/identifiers.hpp"
#include "adapters/intake/opener.hpp"
#include "adapters/intake/people.hpp"
#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/runtime/claims.hpp"
#include "engine/runtime/workflow_of.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/manual_clock.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_keyring.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"

namespace jejak {

// A whole jejak without files: log, key ring, clock, writer and intake.
struct House {
    storage::MemoryEventStore store;
    storage::MemoryKeyring keyring{LogId{{1, 2, 3}}};
    storage::ManualClock clock{*parse_instant("2026-01-05T01:00:00Z")};
    runtime::Workflows workflows = make_workflows();
    boost::asio::thread_pool pool{1};
    std::shared_ptr<runtime::Writer> writer = start();
    intake::People people{store, keyring, writer};
    intake::Opener opener{store, keyring};
    intake::Identifiers identifiers{opener, [this](PersonId p) { return registration_of(p); }};

    House() = default;
    explicit House(storage::MemoryEventStore::Faults faults) : store(faults) {}
    ~House() {
        writer->stop();
        pool.join();
    }
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    [[nodiscard]] json::Intake intake() { return {people, clock, "test", std::nullopt}; }

    // Parses one request, runs it, and gives the answer.
    [[nodiscard]] Result<runtime::Receipt> run(std::string_view request) {
        auto parsed = json::parse_command(request, intake());
        if (!parsed) return parsed.error();
        return writer->execute(std::move(*parsed));
    }
    [[nodiscard]] std::vector<std::string> records() const {
        std::vector<std::string> all;
        const auto scanned =
            store.scan(Position{1}, store.head()->position, [&](Position, std::string_view bytes) {
                all.emplace_back(bytes);
                return true;
            });
        EXPECT_TRUE(scanned.has_value());
        return all;
    }
    [[nodiscard]] std::vector<std::string> event_names() const {
        std::vector<std::string> names;
        for (const std::string& bytes : records()) {
            names.push_back(record::decode_record(bytes)->envelope.event_name);
        }
        return names;
    }
    // What a read model answers, here by looking through the whole log.
    [[nodiscard]] Result<std::optional<Position>> registration_of(PersonId person) const {
        std::optional<Position> found;
        for (const std::string& bytes : records()) {
            const auto decoded = record::decode_record(bytes);
            const Envelope& envelope = decoded->envelope;
            if (envelope.event_name != person::PersonRegistered::event_name) continue;
            const auto event = record::decode_event<person::PersonRegistered>(
                envelope.schema_version, decoded->payload);
            if (event->pseudonym == person) found = envelope.position;
        }
        return found;
    }
    // Destroys her key: the other keys of the segment are wrapped anew, here there are none.
    void erase(PersonId person) {
        const auto replacement = keyring.begin_replacement(storage::segment_of(person), {});
        ASSERT_TRUE(replacement.has_value());
        ASSERT_TRUE(keyring.finish_replacement(*replacement).has_value());
    }

  private:
    static runtime::Workflows make_workflows() {
        runtime::Workflows all;
        all.push_back(runtime::make_workflow<appraisal::AppraisalDecider>());
        all.push_back(runtime::make_workflow<person::PersonDecider>());
        all.push_back(runtime::make_workflow<policy::PolicyDecider>());
        all.push_back(runtime::make_claim_workflow());
        return all;
    }
    std::shared_ptr<runtime::Writer> start() {
        auto started = runtime::Writer::start(pool.get_executor(), store, keyring, clock, workflows,
                                              runtime::Writer::Options{});
        EXPECT_TRUE(started.has_value());
        return *started;
    }
};

// Whether the message names what is wrong in these words.
[[nodiscard]] inline testing::AssertionResult says(const std::string& message,
                                                   const std::string& words) {
    if (message.find(words) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "\"" << words << "\" is not said in:\n" << message;
}

}  // namespace jejak
