#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "engine/event_store.hpp"
#include "storage/memory_keyring.hpp"

namespace jejak::runtime {

// Destroys the key of `erased`, as the operator's command does: the keys of `others` whose segment
// is the same are wrapped anew and appended, then the segment's former key is let go.
inline void erase(EventStore& store, storage::MemoryKeyring& keyring, PersonId erased,
                  const std::vector<PersonId>& others) {
    const auto segment = storage::segment_of(erased);
    std::vector<WrappedKey> survivors;
    for (const PersonId other : others) {
        if (storage::segment_of(other) != segment) continue;
        survivors.push_back({other, store.wrapped_key(other)->value()});
    }
    const auto replacement = keyring.begin_replacement(segment, survivors);
    ASSERT_TRUE(replacement.has_value()) << replacement.error().message;
    const auto epoch = store.acquire_writer_epoch();
    ASSERT_TRUE(epoch.has_value());
    store.append({{}, replacement->survivors}, store.head()->position, *epoch,
                 [](Result<Head> head) { ASSERT_TRUE(head.has_value()) << head.error().message; });
    const auto finished = keyring.finish_replacement(*replacement);
    ASSERT_TRUE(finished.has_value()) << finished.error().message;
}

}  // namespace jejak::runtime
