#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/appraisal/scoreboard.hpp"

// The rows of the scoreboard, for the fold (scoreboard.cpp) and the queries
// (scoreboard_queries.cpp).
//
// rows = 'a' token -> BoardLine, its token, version and last_changed_at left empty
//      | 'v' token -> Moved                    ; put by every event without reading
//      | 's' text(token) origin:u8 source -> Scores  ; so that a feedback touches its source alone
//      | 'l' text(unit) text(period) token -> phase:u8
//      | 'b' text(period) text(unit) -> UnitBoard
// text = append_text of model_rows.hpp; values by the archive
namespace jejak::appraisal {

struct Moved {
    std::uint32_t version = 0;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(Moved, (), (version, at))

struct Scores {
    std::uint32_t raters = 0;
    std::vector<CriterionScores> criteria;
};
BOOST_DESCRIBE_STRUCT(Scores, (), (raters, criteria))

[[nodiscard]] std::string line_key(std::string_view token);
[[nodiscard]] std::string moved_key(std::string_view token);
// Of all sources of an appraisal.
[[nodiscard]] std::string scores_prefix(std::string_view token);
[[nodiscard]] std::string scores_key(std::string_view token, ScoreOrigin origin,
                                     std::string_view source);
// Of all appraisals, of a unit's, or of a unit's in a period (empty: any).
[[nodiscard]] std::string list_prefix(std::string_view unit, std::string_view period);
[[nodiscard]] std::string list_key(std::string_view unit, std::string_view period,
                                   std::string_view token);
// Of all units of a period (empty: any).
[[nodiscard]] std::string boards_prefix(std::string_view period);
[[nodiscard]] std::string board_key(std::string_view period, std::string_view unit);

}  // namespace jejak::appraisal
