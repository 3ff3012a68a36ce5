#include "engine/runtime/owner_keys.hpp"

#include "engine/record/randomness.hpp"

namespace jejak::runtime {

Result<const KeyBytes*> OwnerKeys::find(PersonId owner) {
    const auto found = keys_.find(owner);
    if (found != keys_.end()) return &found->second;
    const auto wrapped = store_.wrapped_key(owner);
    if (!wrapped) return wrapped.error();
    if (!*wrapped) return nullptr;
    const auto key = keyring_.unwrap(owner, **wrapped);
    if (!key) {
        return error(
            ErrorCode::not_found,
            "the key of person " + to_hex(owner) +
                " has been destroyed; nothing personal can be recorded about her any more");
    }
    return &keys_.emplace(owner, *key).first->second;
}

Result<const KeyBytes*> OwnerKeys::fetch(PersonId owner) {
    const auto found = find(owner);
    if (!found || *found != nullptr) return found;
    KeyBytes key{};
    record::fill_random(key.data(), key.size());
    staged_.push_back({owner, keyring_.wrap(owner, key)});
    return &keys_.emplace(owner, key).first->second;
}

std::vector<WrappedKey> OwnerKeys::take_staged() {
    return std::exchange(staged_, {});
}

void OwnerKeys::drop_staged_after(std::size_t count) {
    for (; staged_.size() > count; staged_.pop_back())
        keys_.erase(staged_.back().owner);
}

void OwnerKeys::drop_all() {
    keys_.clear();
    staged_.clear();
}

void OwnerKeys::trim(std::size_t keys_max) {
    if (keys_.size() <= keys_max) return;
    Keys kept;
    for (const WrappedKey& staged : staged_)
        kept.emplace(staged.owner, keys_.at(staged.owner));
    keys_ = std::move(kept);
}

}  // namespace jejak::runtime
