#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workflows/organisation/directory.hpp"

namespace jejak::organisation {

// A stretch of days in which someone had one post, one unit and one superior, or was away.
struct Segment {
    Day from, until;
    std::string post, unit;  // "" where she held none
    std::optional<Holder> superior;
    std::string away;  // leave, study, or how she left; "": she was there
    [[nodiscard]] std::int32_t days() const { return until.value - from.value + 1; }
    friend bool operator==(const Segment&, const Segment&) = default;
};

// A leave shorter than this closes no segment.
inline constexpr std::int32_t short_leave_days = 30;

// The stretches of a person from `first` until `last`, one after the other without a gap: the parts
// of which her appraisal of that time is made. A transfer closes one, and so do another superior,
// study, and a leave that is not short.
[[nodiscard]] std::vector<Segment> segments_of(const Directory& directory, PersonId person,
                                               Day first, Day last, Position known);

}  // namespace jejak::organisation
