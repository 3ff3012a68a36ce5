#pragma once

#include <cstring>
#include <unordered_map>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"

namespace jejak::runtime {

// Keys of the people whose words are sealed: found in the store, or made new and staged with the
// batch that first needs them. One thread (the writer's strand).
class OwnerKeys {
  public:
    OwnerKeys(const EventStore& store, const Keyring& keyring) : store_(store), keyring_(keyring) {}

    // The owner's key; a new one is put among the staged. Errors: as find().
    [[nodiscard]] Result<const KeyBytes*> fetch(PersonId owner);
    // Null when the owner never had a key; makes none. Errors: not_found when the owner's key has
    // been destroyed; what the store answers.
    [[nodiscard]] Result<const KeyBytes*> find(PersonId owner);

    // New keys since the last call, for the batch.
    [[nodiscard]] std::vector<WrappedKey> take_staged();
    [[nodiscard]] std::size_t staged() const { return staged_.size(); }
    // Forgets the staged keys but the first `count`: those of a command that leaves no record.
    void drop_staged_after(std::size_t count);
    void drop_all();
    // Forgets all but the staged keys, which the store does not have yet, if they are too many.
    void trim(std::size_t keys_max);

  private:
    struct Hash {  // pseudonyms are random: any part of one is a hash
        std::size_t operator()(const PersonId& owner) const {
            std::size_t part = 0;
            std::memcpy(&part, owner.bytes.data(), sizeof part);
            return part;
        }
    };
    using Keys = std::unordered_map<PersonId, KeyBytes, Hash>;

    const EventStore& store_;
    const Keyring& keyring_;
    Keys keys_;
    std::vector<WrappedKey> staged_;
};

}  // namespace jejak::runtime
