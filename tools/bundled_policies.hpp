#pragma once

#include <string_view>
#include <vector>

namespace jejak::tools {

// A policy document that the program carries (workflows/appraisal/policies/).
struct BundledPolicy {
    std::string_view id;
    std::string_view document;
};

[[nodiscard]] const std::vector<BundledPolicy>& bundled_policies();
// The JSON Schema of policy documents (workflows/scoring/policy.schema.json).
[[nodiscard]] std::string_view policy_schema();

}  // namespace jejak::tools
