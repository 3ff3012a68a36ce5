#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/personal.hpp"

namespace jejak::intake {

// Opens the sealed words of records for those who may read them; who may is decided by the caller.
// The owner's key is asked for each time, so that an erasure holds from the next word on.
// Thread-safe. Store and key ring are borrowed and must outlive it.
class Opener {
  public:
    Opener(const EventStore& store, const Keyring& keyring) : store_(store), keyring_(keyring) {}

    // The words of a field, "[erased]" when the owner's key has been destroyed, "" for an empty
    // one. `envelope_bytes` are those of the record that holds the field; `path` is its place in
    // the event, "ratings.2.justification". Errors: corruption when the field does not open with
    // its owner's key; what the store answers.
    [[nodiscard]] Result<std::string> open(const Personal& field, std::string_view envelope_bytes,
                                           std::string_view path) const;

    // The owner's key; nothing when it has been destroyed or never was.
    [[nodiscard]] Result<std::optional<KeyBytes>> key_of(PersonId owner) const;

    // Another number once somebody may have been erased: what was opened before is to be opened
    // anew.
    [[nodiscard]] std::uint64_t generation() const { return keyring_.generation(); }

    [[nodiscard]] const EventStore& store() const { return store_; }

  private:
    const EventStore& store_;
    const Keyring& keyring_;
};

}  // namespace jejak::intake
