#pragma once

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>
#include <vector>

#include "adapters/intake/identifiers.hpp"
#include "adapters/intake/opener.hpp"
#include "adapters/intake/people.hpp"
#include "adapters/json/command_line.hpp"
#include "engine/runtime/writer.hpp"
#include "storage/manual_clock.hpp"
#include "storage/memory_event_store.hpp"
#include "storage/memory_keyring.hpp"
#include "tests/adapters/says.hpp"

namespace jejak {

// A whole jejak without files: log, key ring, clock, writer and intake.
struct House {
    House() : House(storage::MemoryEventStore::Faults{}) {}
    explicit House(storage::MemoryEventStore::Faults faults);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    [[nodiscard]] json::Intake intake() { return {people, clock, "test", std::nullopt}; }
    // Parses one request, runs it, and gives the answer.
    [[nodiscard]] Result<runtime::Receipt> run(std::string_view request);
    [[nodiscard]] std::vector<std::string> records() const;
    [[nodiscard]] std::vector<std::string> event_names() const;
    // What a read model answers, here by looking through the whole log.
    [[nodiscard]] Result<std::optional<Position>> registration_of(PersonId person) const;
    // Destroys her key: the other keys of the segment are wrapped anew, here there are none.
    void erase(PersonId person);

    storage::MemoryEventStore store;
    storage::MemoryKeyring keyring;
    storage::ManualClock clock;
    runtime::Workflows workflows;
    boost::asio::thread_pool pool;
    std::shared_ptr<runtime::Writer> writer;
    intake::People people;
    intake::Opener opener;
    intake::Identifiers identifiers;
};

}  // namespace jejak
