#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"

// Which records of the whole log an auditor has to read: an index of positions, not a copy. It
// covers every record, rejections and other workflows' too.
namespace jejak::appraisal {

inline constexpr std::string_view audit_trail_model = "audit_trail";
[[nodiscard]] std::unique_ptr<Projection> make_audit_trail();

// from <= recorded_at < until, behind `after`, at most `count_max` positions. The next page begins
// after the last position of this one; a page that is not full is the last.
struct AuditRange {
    Instant from = instant_min;
    Instant until = instant_max;
    Position after;
    std::size_t count_max = 1'000;
};

// first..last, inclusive; none: last < first.
struct PositionRange {
    Position first{1};
    Position last;
    [[nodiscard]] bool is_empty() const { return last < first; }
    friend bool operator==(const PositionRange&, const PositionRange&) = default;
};

// The stretch of the log that was recorded in from <= recorded_at < until.
[[nodiscard]] Result<PositionRange> positions_between(const ReadStore& store, Instant from,
                                                      Instant until);

// Positions in ascending order, which is the order of time.
// By person: what she did under her pseudonym, and what others did on her behalf. What she gave as
// a rater stands under the handle that she has in that stream.
[[nodiscard]] Result<std::vector<Position>> records_by_actor(const ReadStore& store,
                                                             PersonId person,
                                                             const AuditRange& range);
[[nodiscard]] Result<std::vector<Position>> records_by_actor(const ReadStore& store, Handle rater,
                                                             const AuditRange& range);
// By unit of the appraisal that the record belongs to, from its opening on.
[[nodiscard]] Result<std::vector<Position>> records_by_unit(const ReadStore& store,
                                                            std::string_view unit,
                                                            const AuditRange& range);
[[nodiscard]] Result<std::vector<Position>> records_by_time(const ReadStore& store,
                                                            const AuditRange& range);

}  // namespace jejak::appraisal
