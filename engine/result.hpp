#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace jejak {

// What the machine says when it says no. The business's "no" is a Rejection (engine/decider.hpp).
enum class ErrorCode {
    invalid_input,      // the caller's bytes or words are not what was asked for
    not_found,          // the thing named does not exist
    environment,        // directory missing, wrong, locked, full or not readable
    corruption,         // bytes that were written are not the bytes that are read
    version_conflict,   // the stream or the log is not where the caller expected it
    overloaded,         // the queue is full; try again later
    outcome_unknown,    // an append failed half-way: ask again with the same command id
    duplicate_command,  // the same command id came with different content
    unsupported,        // written by a newer program: unknown event name or schema version
    defect,             // kernel and fold disagree: a fault of the program, nothing was written
    stopped,            // the writer has been stopped
};

[[nodiscard]] std::string_view name_of(ErrorCode code);

// `message` names the place and the remedy, for a person.
struct Error {
    ErrorCode code{};
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

// Called by boost::system::result when value() is asked of an error: a fault of the program.
[[noreturn]] void throw_exception_from_error(const Error& error,
                                             const boost::source_location& where);

template <class T>
using Result = boost::system::result<T, Error>;

[[nodiscard]] inline Error error(ErrorCode code, std::string message) {
    return Error{code, std::move(message)};
}

}  // namespace jejak
