#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/intake/identifier.hpp"
#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/runtime/writer.hpp"

namespace jejak::intake {

// From outside identifiers to pseudonyms; makes a new pseudonym for whom the log does not know.
//
// At most one People per Writer: it remembers whom it has just registered, and a second one would
// not know of it. Thread-safe. Store and key ring are borrowed and must outlive it.
class People {
  public:
    struct Options {
        std::size_t cached_people_max = 1'000'000;
    };

    // Without a writer (null) nobody new is registered: a process that only reads.
    People(const EventStore& store, const Keyring& keyring, std::shared_ptr<runtime::Writer> writer,
           Options options);
    People(const EventStore& store, const Keyring& keyring, std::shared_ptr<runtime::Writer> writer)
        : People(store, keyring, std::move(writer), Options{}) {}
    ~People();
    People(const People&) = delete;
    People& operator=(const People&) = delete;

    // The pseudonym of "nip:1985…". Someone new gets a fresh one, and her registration is submitted
    // before this returns, so that any command submitted afterwards comes behind it in the log.
    // `channel`: of the command that names her. Errors: those of parse_identifier; not_found when
    // she is new and there is no writer; what store and writer answer.
    [[nodiscard]] Result<PersonId> identify(std::string_view outside_identifier,
                                            std::string_view channel);

    // As identify, but registers nobody; nothing when the log does not know her. For questions.
    [[nodiscard]] Result<std::optional<PersonId>> find(std::string_view outside_identifier);

    [[nodiscard]] const Keyring& keyring() const { return keyring_; }

    // Where her registration is kept: "person/" and 32 hex digits. Needs the log's secret.
    [[nodiscard]] static StreamId stream_of(const KeyBytes& log_secret,
                                            const OutsideIdentifier& outside);

  private:
    struct Entry {
        PersonId person;
        bool durable = false;
    };
    struct Outcomes;  // of registrations, told by the writer's strand

    // All of these are called with the lock held.
    [[nodiscard]] Result<std::optional<PersonId>> find_known(const StreamId& stream);
    [[nodiscard]] Result<std::optional<PersonId>> read_registered(const StreamId& stream) const;
    [[nodiscard]] Result<PersonId> enroll(const StreamId& stream, const OutsideIdentifier& outside,
                                          std::string_view channel);
    void remember(const StreamId& stream, Entry entry);
    // Takes in how registrations ended; the error of the one that is asked for, if it failed.
    std::optional<Error> take_outcomes(const StreamId& asked);

    const EventStore& store_;
    const Keyring& keyring_;
    const std::shared_ptr<runtime::Writer> writer_;
    const Options options_;
    const std::shared_ptr<Outcomes> outcomes_;

    std::mutex mutex_;  // guards the cache; held while a registration is submitted
    std::map<std::string, Entry> cache_;  // by stream: no outside identifier stays in memory
};

}  // namespace jejak::intake
