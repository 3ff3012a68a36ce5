#pragma once

#include <string>
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

    // The owner's key; a new one is put among the staged. Errors: not_found when the owner's key
    // has been destroyed; what the store answers.
    [[nodiscard]] Result<const KeyBytes*> fetch(PersonId owner);
    // Null when the owner never had a key or it has been destroyed; makes none.
    [[nodiscard]] Result<const KeyBytes*> find(PersonId owner);

    // New keys since the last call, for the batch.
    [[nodiscard]] std::vector<WrappedKey> take_staged();
    void drop_all();
    void trim(std::size_t keys_max);

  private:
    const EventStore& store_;
    const Keyring& keyring_;
    std::unordered_map<std::string, KeyBytes> keys_;
    std::vector<WrappedKey> staged_;
};

}  // namespace jejak::runtime
