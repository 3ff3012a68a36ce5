#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::scoring {

// What is wrong with a document, where (JSON pointer, "" is the whole), and what to do about it.
struct Problem {
    std::string pointer, message, remedy;
    friend bool operator==(const Problem&, const Problem&) = default;
};

// Every problem of the document at once; none: parse_policy takes it.
[[nodiscard]] std::vector<Problem> check(std::string_view text);

// Errors: invalid_input, with all the problems that check() finds, one a line.
[[nodiscard]] Result<std::shared_ptr<const Policy>> parse_policy(std::string_view text);

}  // namespace jejak::scoring
