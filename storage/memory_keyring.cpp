#include "storage/memory_keyring.hpp"

#include <string.h>

#include <mutex>

#include "engine/record/randomness.hpp"

namespace jejak::storage {

MemoryKeyring::MemoryKeyring(LogId log_id)
    : log_id_(log_id), log_secret_(record::random_bytes<32>()), keys_(SegmentKeys::random()) {}

MemoryKeyring::~MemoryKeyring() {
    explicit_bzero(log_secret_.data(), log_secret_.size());
}

std::string MemoryKeyring::wrap(PersonId owner, const KeyBytes& key) const {
    const std::shared_lock lock(mutex_);
    return keys_.wrap(owner, key);
}

Result<KeyBytes> MemoryKeyring::unwrap(PersonId owner, std::string_view wrapped) const {
    const std::shared_lock lock(mutex_);
    return keys_.unwrap(owner, wrapped);
}

Result<Replacement> MemoryKeyring::begin_replacement(Segment segment,
                                                     const std::vector<WrappedKey>& survivors) {
    const std::unique_lock lock(mutex_);
    ++generation_;
    return keys_.begin_replacement(segment, survivors);
}

Result<void> MemoryKeyring::finish_replacement(const Replacement& replacement) {
    const std::unique_lock lock(mutex_);
    ++generation_;
    return keys_.finish_replacement(replacement);
}

std::vector<Segment> MemoryKeyring::unfinished() const {
    const std::shared_lock lock(mutex_);
    return keys_.unfinished();
}

}  // namespace jejak::storage
