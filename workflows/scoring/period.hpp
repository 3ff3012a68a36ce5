#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/policy.hpp"

// The time that an appraisal is about, and the policies that are for it.
namespace jejak::scoring {

// Days YYYY-MM-DD, both inclusive. As texts they sort by time.
struct Period {
    std::string from, until;
    friend bool operator==(const Period&, const Period&) = default;
};

[[nodiscard]] bool is_date(std::string_view text);
// "2025", "2025-H1", "2025-Q1", "2025-07", and from–to of months or days: "2025-07..2025-12",
// "2025-07-15..2025-12-31". None: a name that says no time.
[[nodiscard]] std::optional<Period> parse_period(std::string_view text);
// Calendar months that the period touches.
[[nodiscard]] std::uint32_t months_of(const Period& period);
// Months whose 15th day lies in the period. Of two periods that adjoin, each month counts for one.
[[nodiscard]] std::uint32_t full_months_of(const Period& period);
[[nodiscard]] std::uint32_t days_of(const Period& period);
[[nodiscard]] bool lies_within(const Period& part, const Period& whole);
[[nodiscard]] bool overlap(const Period& a, const Period& b);  // have they a day in common?

// Is the policy for all of this period, this unit and this kind of appraisal? One that says nothing
// of it is for everything; one that does is not for a period that says no time.
[[nodiscard]] bool applies_to(const Policy& policy, std::string_view period, std::string_view unit,
                              std::string_view kind);
// The one of `policies` that says it is for this period, unit and kind: the one that names the unit
// before one that names the kind before the others, then the one that began last. Errors:
// not_found; invalid_input, where two say so alike, naming them. Those that say nothing are never
// chosen.
[[nodiscard]] Result<std::shared_ptr<const Policy>> choose_policy(
    const std::vector<std::shared_ptr<const Policy>>& policies, std::string_view period,
    std::string_view unit, std::string_view kind);
// In words: "from 2014-01-01 until 2021-06-30, kind annual".
[[nodiscard]] std::string scope_text(const Applies& applies);

}  // namespace jejak::scoring
