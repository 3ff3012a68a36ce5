#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/policy.hpp"

// Conformance vectors: inputs and what must come out, as data that any implementation can read
// (format: workflows/appraisal/policies/README.md).
namespace jejak::scoring {

struct VectorResult {
    std::string name;
    std::vector<std::string> faults;  // what came out otherwise; none: it conforms
};

// The policy that a file of vectors is for. Errors: invalid_input.
[[nodiscard]] Result<std::string> policy_of_vectors(std::string_view text);
// Every vector of the file against the policy. Errors: invalid_input, where it is not such a file.
[[nodiscard]] Result<std::vector<VectorResult>> run_vectors(const Policy& policy,
                                                            std::string_view text);

}  // namespace jejak::scoring
