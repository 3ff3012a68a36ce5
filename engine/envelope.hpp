#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/actor.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"

namespace jejak {

// Keyed digest of a command's content: tells a repeated command from a different one under the
// same id without revealing small content to whoever guesses.
using CommandMac = std::array<std::uint8_t, 16>;

// Why something is recorded later than it happened (import of history by a registrar).
struct HistoryClaim {
    std::string ground;  // citation of the letter or rule, at most 200 bytes, no personal data
    Sha256 document{};   // hash of the document that shows it
    friend bool operator==(const HistoryClaim&, const HistoryClaim&) = default;
};

// Envelope v1: what stands around every fact in the log. Byte grammar: engine/record/envelope.cpp.
struct Envelope {
    LogId log_id;
    Position position;
    Instant recorded_at;   // the writer's clock, UTC, never decreasing; order and as-of use it
    Instant occurred_at;   // as claimed; equals recorded_at unless `claim` is set
    StreamId stream;
    Version version;       // of the stream after this event; 0 for a rejection
    std::uint16_t index = 0;  // place within its commit, from 0
    std::uint16_t count = 1;  // records in its commit
    std::string event_name;
    std::uint16_t schema_version = 1;
    Actor actor;
    CommandId command_id;
    CommandMac command_mac{};
    Salt salt;
    Position policy;       // of the policy in force; 0: none applies
    Position causation;    // of the record that led to this one; 0: none
    std::optional<HistoryClaim> claim;

    friend bool operator==(const Envelope&, const Envelope&) = default;
};

// A record as the log keeps it: `bytes` is envelope and payload exactly as hashed into the tree.
struct Record {
    Envelope envelope;
    std::string bytes;
};

inline constexpr std::size_t record_size_max = 65'535;  // C2SP tlog-tiles: uint16 entry length

}  // namespace jejak
