#include "engine/runtime/state_cache.hpp"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "engine/record/envelope.hpp"

namespace jejak::runtime {

Result<std::unique_ptr<State>> read_state(const EventStore& store, const Workflow& workflow,
                                          const StreamId& stream, Position until) {
    auto state = workflow.initial();
    Result<void> outcome;
    const auto fold = [&](Position position, std::string_view bytes) {
        if (until.value != 0 && position > until) return false;
        auto decoded = record::decode_record(bytes);
        if (!decoded) {
            outcome = decoded.error();
            return false;
        }
        const Envelope& envelope = decoded->envelope;
        outcome =
            workflow.replay(*state, envelope.event_name, envelope.schema_version, decoded->payload);
        if (!outcome) {
            outcome = error(outcome.error().code, "position " + std::to_string(position.value) +
                                                      ": " + outcome.error().message);
            return false;
        }
        state->version = envelope.version;
        return true;
    };
    const auto read = store.read_stream(stream, Version{1}, fold);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    return state;
}

Result<State*> StateCache::fetch(const StreamId& stream) {
    const auto found = states_.find(stream.text());
    if (found != states_.end()) {
        found->second.used = ++uses_;
        return found->second.state.get();
    }
    const Workflow* workflow = find_workflow(workflows_, stream.workflow());
    if (workflow == nullptr) {
        return error(ErrorCode::invalid_input,
                     "there is no workflow \"" + std::string(stream.workflow()) + "\"");
    }
    auto state = read_state(store_, *workflow, stream);
    if (!state) return state.error();
    State* pointer = state->get();
    states_.emplace(stream.text(), Entry{std::move(*state), ++uses_});
    return pointer;
}

void StateCache::trim(const std::vector<Record>& staged) {
    if (states_.size() <= streams_max_) return;
    std::unordered_set<std::string_view> changed;
    for (const Record& record : staged)
        changed.insert(record.envelope.stream.text());
    std::vector<std::uint64_t> uses;
    uses.reserve(states_.size());
    for (const auto& [stream, entry] : states_)
        uses.push_back(entry.used);
    // Down to three quarters, so that the next batches need not trim again.
    const auto keep = static_cast<std::ptrdiff_t>(streams_max_ - streams_max_ / 4);
    std::nth_element(uses.begin(), uses.end() - keep, uses.end());
    const std::uint64_t oldest_kept = keep == 0 ? uses_ + 1 : *(uses.end() - keep);
    std::erase_if(states_, [&](const auto& item) {
        return item.second.used < oldest_kept && !changed.contains(item.first);
    });
}

}  // namespace jejak::runtime
