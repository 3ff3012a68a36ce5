#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/scoring/derivation.hpp"
#include "workflows/scoring/policy.hpp"
#include "workflows/scoring/rational.hpp"

namespace jejak::scoring {

// A criterion that the appraisal brought along. `weight` counts where the policy's plan says "own".
// A range target runs from `target` to `target_upper`.
struct PlanItem {
    std::string id;
    Rational weight{1};
    std::optional<Rational> target, target_upper, realisation;
    std::optional<Formula> formula;  // none: the policy's
    std::uint32_t section = 0;       // index into the plan's sections
    bool target_is_maximum = false;  // nobody can exceed it
};

// `criterion`: index into Policy::criteria, and from Policy::criteria.size() on into Inputs::plan.
struct CriterionRatings {
    std::uint32_t criterion = 0;
    std::uint32_t count = 0;
    Rational sum;
};
// What one source said. The same source may stand here many times (one for each event, say): counts
// and sums add up.
struct SourceRatings {
    std::uint32_t source = 0;  // index into Policy::sources
    std::uint32_t raters = 0;
    std::vector<std::uint32_t> versions;  // of the events in the appraisal's stream
    std::vector<CriterionRatings> ratings;
};
struct SurveyResult {
    std::vector<Rational> element_means;
    std::uint32_t respondents = 0;
    std::uint32_t version = 0;
};
struct Inputs {
    std::vector<PlanItem> plan;
    std::vector<std::string> flags;
    std::vector<SourceRatings> sources;
    std::optional<SurveyResult> survey;
};

struct Outcome {
    Rational score;
    // With the decimals of the total's rounding, otherwise compact(); "" where the total is none.
    std::string score_text;
    std::string predicate;  // code; "" where the policy names none
    Derivation derivation;
};
struct MissingPart {
    Text what, why;
    friend bool operator==(const MissingPart&, const MissingPart&) = default;
};
// The policy refuses to score: everything that it lacks, and what is known so far.
struct Missing {
    std::vector<MissingPart> parts;
    Derivation so_far;  // without total and predicate
    // One sentence for a Rejection.
    [[nodiscard]] std::string text() const;
};

// Pure: the same inputs, in whatever order the sources and ratings come, give the same answer, byte
// for byte. `policy` comes from parse_policy.
[[nodiscard]] std::variant<Outcome, Missing> evaluate(const Policy& policy, const Inputs& inputs);

struct Score {
    Rational value;
    std::string predicate;  // code; "" where the policy names none
    friend bool operator==(const Score&, const Score&) = default;
};
// What evaluate() comes to, without writing down why: for whoever asks many times (what would the
// score be if). None where evaluate() says what is missing.
[[nodiscard]] std::optional<Score> score(const Policy& policy, const Inputs& inputs);

}  // namespace jejak::scoring
