#include "workflows/organisation/segments.hpp"

namespace jejak::organisation {
namespace {

// The same in all but its days, and by which letter the superior holds his post.
bool continues(const Segment& before, const Segment& after) {
    const auto who = [](const Segment& segment) {
        return segment.superior ? segment.superior->person : PersonId{};
    };
    const auto by = [](const Segment& segment) {
        return segment.superior ? segment.superior->post : std::string();
    };
    return before.post == after.post && before.unit == after.unit && before.away == after.away &&
           who(before) == who(after) && by(before) == by(after);
}

std::vector<Segment> joined(const std::vector<Segment>& parts) {
    std::vector<Segment> all;
    for (const auto& part : parts) {
        if (!all.empty() && continues(all.back(), part)) {
            all.back().until = part.until;
        } else {
            all.push_back(part);
        }
    }
    return all;
}

Segment on_day(const Directory& directory, PersonId person, Day day, Position known) {
    const AsOf as_of{day, known};
    return {day,
            day,
            directory.post_of(person, as_of),
            directory.unit_of(person, as_of),
            directory.superior_of(person, as_of),
            directory.away(person, as_of)};
}

}  // namespace

std::vector<Segment> segments_of(const Directory& directory, PersonId person, Day first, Day last,
                                 Position known) {
    std::vector<Segment> days;
    for (Day day = first; day <= last; ++day.value) {
        Segment today = on_day(directory, person, day, known);
        if (!days.empty() && continues(days.back(), today)) {
            days.back().until = day;
        } else {
            days.push_back(std::move(today));
        }
    }
    for (auto& part : days) {
        if (part.away == "leave" && part.days() < short_leave_days) part.away.clear();
    }
    return joined(days);
}

}  // namespace jejak::organisation
