#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

// Folds of streams as they are at the end of the log *and* of what is staged behind it: the writer
// folds staged events into them. One thread (the writer's strand).
class StateCache {
  public:
    StateCache(const EventStore& store, const Workflows& workflows, std::size_t streams_max)
        : store_(store), workflows_(workflows), streams_max_(streams_max) {}

    // The fold of the stream, read from the store if it is not here; version 0 for a stream that
    // does not exist. The pointer stays good until trim() or drop().
    // Errors: invalid_input for an unknown workflow; what the store or the decoding answers.
    [[nodiscard]] Result<State*> fetch(const StreamId& stream);

    void drop(const StreamId& stream) { states_.erase(stream.text()); }
    void drop_all() { states_.clear(); }
    // Forgets the least recently used streams above the limit, but none that `staged` changed:
    // the store does not have those events yet, and would give an older fold.
    void trim(const std::vector<Record>& staged);

  private:
    struct Entry {
        std::unique_ptr<State> state;
        std::uint64_t used = 0;
    };
    const EventStore& store_;
    const Workflows& workflows_;
    std::size_t streams_max_;
    std::uint64_t uses_ = 0;
    std::unordered_map<std::string, Entry> states_;
};

// The fold of a stream as the store has it, up to `until` (position) if that is not 0.
[[nodiscard]] Result<std::unique_ptr<State>> read_state(const EventStore& store,
                                                        const Workflow& workflow,
                                                        const StreamId& stream,
                                                        Position until = {});

}  // namespace jejak::runtime
