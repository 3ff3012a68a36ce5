#pragma once

// Facts that the engine itself records, whatever the workflows are.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/ids.hpp"
#include "engine/record/archive.hpp"

namespace jejak::record {

// Position 1 of every log, in stream "log/main".
struct LogCreated {
    static constexpr std::string_view event_name = "log.created";
    static constexpr std::uint16_t schema_version = 1;
    std::string program;  // name and version of the program that made the log
};
BOOST_DESCRIBE_STRUCT(LogCreated, (), (program))

// The recorded answer "no". It stands at a position, in the stream that was asked, without a
// stream version: refused attempts are audit facts and change no state.
struct CommandRejected {
    static constexpr std::string_view event_name = "command.rejected";
    static constexpr std::uint16_t schema_version = 1;
    std::string command;  // name of the command: "submit_review"
    std::string rule;
    std::string phase;
    std::string message;
    friend bool operator==(const CommandRejected&, const CommandRejected&) = default;
};
BOOST_DESCRIBE_STRUCT(CommandRejected, (), (command, rule, phase, message))

// "claim/<key>": a name that at most one stream holds at a time.
struct ClaimTaken {
    static constexpr std::string_view event_name = "claim.taken";
    static constexpr std::uint16_t schema_version = 1;
    std::string holder;  // stream id
};
BOOST_DESCRIBE_STRUCT(ClaimTaken, (), (holder))

struct ClaimReleased {
    static constexpr std::string_view event_name = "claim.released";
    static constexpr std::uint16_t schema_version = 1;
    std::string holder;
};
BOOST_DESCRIBE_STRUCT(ClaimReleased, (), (holder))

}  // namespace jejak::record
