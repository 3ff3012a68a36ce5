#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/csv/checks.hpp"
#include "adapters/csv/table.hpp"
#include "engine/result.hpp"

namespace jejak::csv {

// Rows of tables as records, without any engine: one rating a row (long form, RatingReader) or one
// ratee a row with a column for each criterion (wide form, ScoresReader).

// The heading of each column that is read; empty: there is no such column.
struct RatingColumns {
    std::string ratee;  // required
    std::string rater;
    std::string unit;
    std::string score;  // required
};

struct ScoreColumns {
    std::string ratee;  // required
    std::string unit;
    std::vector<std::string> criteria;  // at least one
    std::string respondents;
};

// "ratee=d,rater=s,unit=dept,score=y". Blanks around names are dropped; a heading may contain "="
// but no comma. Errors: invalid_input: unknown key (lists those there are), key or heading given
// twice, nothing behind "=", required key missing.
[[nodiscard]] Result<RatingColumns> parse_rating_columns(std::string_view map);
// "ratee=ratee,unit=dept", "INTG,DMNR,DILG" and a heading or "".
[[nodiscard]] Result<ScoreColumns> parse_score_columns(std::string_view map,
                                                       std::string_view criteria,
                                                       std::string_view respondents);

// Identifiers have no blanks around them and are not empty. `unit` and `rater` are "" if their
// column is not mapped; decimals are canonical (adapters/csv/number.hpp).
struct Rating {
    std::string ratee;
    std::string rater;
    std::string unit;
    std::string score;
    std::uint64_t line = 0;
};

struct Scores {
    std::string ratee;
    std::string unit;
    std::vector<std::pair<std::string, std::string>> scores;  // criterion, decimal; in given order
    // Not below 0; may have a fraction, as published means of counts do: the caller decides.
    std::optional<std::string> respondents;
    std::uint64_t line = 0;
};

// Gives the rows that are right and collects a fault for each that is not: an empty or ruined
// identifier, a score that is no number or outside of the scale, a ratee in two units, the same
// (ratee, rater) twice, the wrong number of fields. Whoever must take all or nothing reads to the
// end first, or twice. Remembers each ratee, rater and pair of them: memory grows with the rows.
class RatingReader {
  public:
    // Errors: not_found, if a mapped column is not in the table.
    [[nodiscard]] static Result<RatingReader> make(Table table, const RatingColumns& columns,
                                                   Scale scale);

    // The next row without fault; nothing at the end. Errors: those that the table cannot pass.
    [[nodiscard]] Result<std::optional<Rating>> next();
    [[nodiscard]] const Faults& faults() const { return faults_; }

  private:
    struct Indexes {
        std::size_t ratee;
        std::optional<std::size_t> rater;
        std::optional<std::size_t> unit;
        std::size_t score;
    };
    RatingReader(Table table, Indexes indexes, Scale scale)
        : table_(std::move(table)), indexes_(indexes), scale_(std::move(scale)) {}

    Table table_;
    Indexes indexes_;
    Scale scale_;
    Faults faults_;
    RateeUnits units_;
    RatingPairs pairs_;
};

// The same for the wide form; a ratee has one row. A criterion without a score is a fault, since
// only the long form can leave one out.
class ScoresReader {
  public:
    [[nodiscard]] static Result<ScoresReader> make(Table table, const ScoreColumns& columns,
                                                   Scale scale);

    [[nodiscard]] Result<std::optional<Scores>> next();
    [[nodiscard]] const Faults& faults() const { return faults_; }

  private:
    struct Indexes {
        std::size_t ratee;
        std::optional<std::size_t> unit;
        std::vector<std::size_t> criteria;
        std::optional<std::size_t> respondents;
    };
    ScoresReader(Table table, Indexes indexes, Scale scale)
        : table_(std::move(table)), indexes_(std::move(indexes)), scale_(std::move(scale)) {}

    Table table_;
    Indexes indexes_;
    Scale scale_;
    Faults faults_;
    RateeUnits units_;
    RatingPairs pairs_;
};

}  // namespace jejak::csv
