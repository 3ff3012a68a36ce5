#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/recorded_result.hpp"
#include "workflows/scoring/evaluate.hpp"

// What an appraisal's score would be with other inputs or rules: a replay beside the log, pure.
namespace jejak::appraisal {

// One input that is taken out, or another value in its place.
struct Change {
    enum class Kind : std::uint8_t { without_source, without_rater, set };
    Kind kind = Kind::set;
    std::string source;         // without_source: its id in the policy
    std::string rater;          // without_rater: hex digits with which exactly one handle begins
    std::string criterion;      // set: of the policy or the plan
    std::string value;          // set: a number or a word of its scale
    std::uint32_t version = 0;  // set: the event whose value it replaces; 0: the supervisor's
    bool realisation = false;   // set: what was realised of a plan's item, no rating
    [[nodiscard]] std::string text() const;  // as it is written at a terminal
};

// "kerja_sama=4", "kerja_sama@17=4" (the value that event 17 gave), "imunisasi:realisasi=95".
// Errors: invalid_input, showing a right one.
[[nodiscard]] Result<Change> parse_setting(std::string_view text);

// The state as it would be. Errors: not_found where there is nothing to take out or replace, naming
// what there is; invalid_input for a value that is not on the scale.
[[nodiscard]] Result<Appraisal> with_change(const Appraisal& state, const scoring::Policy& policy,
                                            const Change& change);

// What one change does.
struct Effect {
    std::string change;
    std::optional<scoring::Score> alone;     // none: the score would be refused
    std::optional<scoring::Rational> share;  // its part of the whole difference
};

struct Comparison {
    Explanation before, after;
    std::optional<scoring::Rational> difference;  // after - before; none where one has no score
    std::vector<Effect> effects;                  // in the order of the changes; the policy last
    [[nodiscard]] bool predicate_changes() const;
};

// At most this many changes have their shares computed, since that takes 2^n scores.
inline constexpr std::size_t shared_changes_max = 8;

// The appraisal under `policy` with the changes, beside what it is under its own, `pinned`. The
// shares add up to the difference exactly: each is the mean of what the change adds over all orders
// in which the changes could be made (Shapley 1953). Errors: those of with_change.
[[nodiscard]] Result<Comparison> compare(const Appraisal& state, const scoring::Policy& pinned,
                                         const scoring::Policy& policy,
                                         const std::vector<Change>& changes);

// The score without one rater. For those who decide and for auditors, not for the parties: the
// difference tells what he gave (UU 27/2022 Pasal 33).
struct LeftOut {
    Handle rater;
    std::string source;
    std::optional<scoring::Score> score;
};
[[nodiscard]] std::vector<LeftOut> leave_one_out(const Appraisal& state,
                                                 const scoring::Policy& policy);

}  // namespace jejak::appraisal
