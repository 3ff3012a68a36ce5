#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/json/command_line.hpp"
#include "tools/backend/exchange.hpp"

// Which commands a caller may send at all; what she may do is decided by the workflow.
namespace jejak::tools::backend {

// May the caller act in this role? An office she must hold; the clock's role nobody has. Relations
// (employee, supervisor, …) are the workflow's business.
[[nodiscard]] bool may_act_as(const Caller& caller, const std::string& role);

// What stands around a command of this caller.
[[nodiscard]] json::Intake intake_of(const Exchange& exchange, const std::string& role,
                                     const std::string& on_behalf_of);

struct Refused {
    Problem problem;
    std::vector<json::Problem> problems;  // of the text, where it could not be read
};
// A whole command, as the command line takes them, whose actor says the role; the person is the
// caller. Errors are in Refused.
[[nodiscard]] std::variant<runtime::CommandRequest, Refused> admit(const Exchange& exchange,
                                                                   std::string_view text);
// The same of a text that was parsed already.
[[nodiscard]] std::variant<runtime::CommandRequest, Refused> admit_document(
    const Exchange& exchange, boost::json::value document);

}  // namespace jejak::tools::backend
