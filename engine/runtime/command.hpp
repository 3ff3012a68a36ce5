#pragma once

#include <any>
#include <optional>
#include <string>
#include <vector>

#include "engine/actor.hpp"
#include "engine/decider.hpp"
#include "engine/envelope.hpp"
#include "engine/ids.hpp"

namespace jejak::runtime {

// What an adapter hands to the writer: already authenticated, already in pseudonyms.
struct CommandRequest {
    StreamId stream;   // its workflow part chooses the decider
    std::any command;  // the decider's Command variant
    CommandId command_id;
    Actor actor;
    std::optional<Version> expected_version;
    std::optional<Instant> occurred_at;  // only together with `claim`, only by a registrar
    std::optional<HistoryClaim> claim;
    Position causation;
};

// The durable answer to a command id: what its commit added to the log.
struct Receipt {
    StreamId stream;
    Position first;  // of the commit's records
    Position last;
    Version version;  // of the stream after the commit; 0 with a rejection
    Instant recorded_at;
    std::vector<std::string> events;     // names, in order, claims left out
    std::optional<Rejection> rejection;  // set: the answer was no, and is recorded as that
    bool repeated = false;               // true: answered from the log, nothing was added now
};

}  // namespace jejak::runtime
