#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"
#include "workflows/appraisal/lifecycle.hpp"

// Where every appraisal stands and what has been scored so far; per period and unit, the whole.
namespace jejak::appraisal {

inline constexpr std::string_view scoreboard_model = "scoreboard";
[[nodiscard]] std::unique_ptr<Projection> make_scoreboard();

struct BoardResult {
    std::string score;      // as recorded, with the decimals of the policy
    std::string predicate;  // a code of the policy, or empty
    Instant recorded_at;
    friend bool operator==(const BoardResult&, const BoardResult&) = default;
};

// One appraisal, without its scores by source.
struct BoardLine {
    std::string token;
    PersonId subject;
    std::string post, unit, period, kind;
    Phase phase = Phase::unopened;
    std::uint32_t version = 0;
    std::string policy, policy_sha256;
    PersonId supervisor;
    Instant opened_at, last_changed_at;         // recorded_at of the first and the last event
    std::optional<BoardResult> result;          // none before it is finalised
    std::vector<BoardResult> replaced_results;  // by decisions on objections, oldest first
    friend bool operator==(const BoardLine&, const BoardLine&) = default;
};

enum class ScoreOrigin : std::uint8_t { self, supervisor, feedback, recorded, survey };

// Count and exact sum (Rational::compact) of what one source said about one criterion.
struct CriterionScores {
    std::string criterion;
    std::uint32_t count = 0;
    std::string sum;
    friend bool operator==(const CriterionScores&, const CriterionScores&) = default;
};

// `source` is "self", "supervisor" or "survey" for these origins, otherwise the policy's id. The
// criteria of a survey are its elements "1", "2" and so on, each with count = respondents and sum =
// mean * respondents. `raters` may lie below the policy's minimum_disclosure: whoever shows this
// outside the house leaves such sources out.
struct SourceScores {
    ScoreOrigin origin = ScoreOrigin::self;
    std::string source;
    std::uint32_t raters = 0;
    std::vector<CriterionScores> criteria;  // in the order in which they were first rated
    friend bool operator==(const SourceScores&, const SourceScores&) = default;
};

struct BoardEntry {
    BoardLine line;
    std::vector<SourceScores> sources;  // by origin, then source
    friend bool operator==(const BoardEntry&, const BoardEntry&) = default;
};

// Final scores of one policy: scores of different policies lie on different scales.
struct PolicyResults {
    std::string policy;
    std::uint32_t count = 0;
    std::string sum;  // exact; the mean is sum / count; "0" where the policy gives no number
    std::map<std::string, std::uint32_t> by_predicate;
    friend bool operator==(const PolicyResults&, const PolicyResults&) = default;
};

// All appraisals of a unit in a period. A disputed result counts until it is changed.
struct UnitBoard {
    std::string period, unit;
    std::uint32_t opened = 0;
    std::map<std::string, std::uint32_t> by_phase;  // names of phases; only those with someone
    std::vector<PolicyResults> results;             // by policy
    friend bool operator==(const UnitBoard&, const UnitBoard&) = default;
};

BOOST_DESCRIBE_ENUM(ScoreOrigin, self, supervisor, feedback, recorded, survey)
BOOST_DESCRIBE_STRUCT(BoardResult, (), (score, predicate, recorded_at))
BOOST_DESCRIBE_STRUCT(BoardLine, (),
                      (token, subject, post, unit, period, kind, phase, version, policy,
                       policy_sha256, supervisor, opened_at, last_changed_at, result,
                       replaced_results))
BOOST_DESCRIBE_STRUCT(CriterionScores, (), (criterion, count, sum))
BOOST_DESCRIBE_STRUCT(SourceScores, (), (origin, source, raters, criteria))
BOOST_DESCRIBE_STRUCT(BoardEntry, (), (line, sources))
BOOST_DESCRIBE_STRUCT(PolicyResults, (), (policy, count, sum, by_predicate))
BOOST_DESCRIBE_STRUCT(UnitBoard, (), (period, unit, opened, by_phase, results))

// Everything about the appraisal "appraisal/<token>"; nothing if it was never opened.
[[nodiscard]] Result<std::optional<BoardEntry>> find_entry(const ReadStore& store,
                                                           std::string_view token);

// The same without its scores by source.
[[nodiscard]] Result<std::optional<BoardLine>> find_line(const ReadStore& store,
                                                         std::string_view token);

// What to list; an empty text means any.
struct BoardFilter {
    std::string unit, period;
    std::optional<Phase> phase;
    std::string after;  // token of the last line seen: the next page begins behind it
};
// Called for each line; return false to stop.
using LineVisitor = std::function<bool(const BoardLine&)>;

// In the order of unit, period, token (bytes). Quick where the unit is given; otherwise it runs
// over the index of all appraisals. Errors: not_found, when `after` names no appraisal.
[[nodiscard]] Result<void> list_lines(const ReadStore& store, const BoardFilter& filter,
                                      const LineVisitor& visit);

// Nothing if no appraisal was opened there.
[[nodiscard]] Result<std::optional<UnitBoard>> unit_board(const ReadStore& store,
                                                          std::string_view period,
                                                          std::string_view unit);
// All units of a period, or of every period where it is empty, in the order of the periods and of
// the units' names (bytes). Return false to stop.
[[nodiscard]] Result<void> list_unit_boards(const ReadStore& store, std::string_view period,
                                            const std::function<bool(const UnitBoard&)>& visit);

}  // namespace jejak::appraisal
