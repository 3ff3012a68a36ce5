#include "engine/result.hpp"

#include <stdexcept>

namespace jejak {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid_input: return "invalid_input";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::environment: return "environment";
        case ErrorCode::corruption: return "corruption";
        case ErrorCode::version_conflict: return "version_conflict";
        case ErrorCode::overloaded: return "overloaded";
        case ErrorCode::outcome_unknown: return "outcome_unknown";
        case ErrorCode::duplicate_command: return "duplicate_command";
        case ErrorCode::unsupported: return "unsupported";
        case ErrorCode::defect: return "defect";
        case ErrorCode::stopped: return "stopped";
    }
    return "unknown";
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
    throw std::logic_error(std::string(where.file_name()) + ": value() of an error: " +
                           std::string(name_of(error.code)) + ": " + error.message);
}

}  // namespace jejak
