#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/scoring/evaluate.hpp"
#include "workflows/scoring/policy.hpp"

// What a workflow asks of a policy before it accepts an input.
namespace jejak::scoring {

[[nodiscard]] std::optional<std::uint32_t> find_source(const Policy&, std::string_view id);
// The index of a criterion in CriterionRatings: those of the policy first, then the plan's items.
[[nodiscard]] std::optional<std::uint32_t> find_criterion(const Policy&,
                                                          const std::vector<PlanItem>& plan,
                                                          std::string_view id);
// The group of a criterion, or of the section that an item belongs to.
[[nodiscard]] std::uint32_t group_of(const Policy&, const std::vector<PlanItem>& plan,
                                     std::uint32_t criterion);
// Is the source expected to have something to say about this criterion (index as above)?
[[nodiscard]] bool speaks_to(const Policy&, const std::vector<PlanItem>& plan, std::uint32_t source,
                             std::uint32_t criterion);
// The same, as a rating by persons: measured, survey and carried sources rate nothing.
[[nodiscard]] bool rates(const Policy&, const std::vector<PlanItem>& plan, std::uint32_t source,
                         std::uint32_t criterion);
// One item in each section of the policy's plan, for questions that no real plan is needed for.
[[nodiscard]] std::vector<PlanItem> sample_plan(const Policy&);
// The index of the section with this name; "" is the first.
[[nodiscard]] std::optional<std::uint32_t> find_section(const Policy&, std::string_view id);
// The scale of a rating: the criterion's own, else the source's own, else the policy's.
[[nodiscard]] const Scale& scale_of(const Policy&, std::uint32_t source, std::uint32_t criterion);

// The number, or the one that the word stands for, if persons of this source may give it to this
// criterion. Errors: invalid_input, naming the scale. Record the value's compact().
[[nodiscard]] Result<Rational> check_rating(const Policy&, const std::vector<PlanItem>& plan,
                                            std::uint32_t source, std::uint32_t criterion,
                                            std::string_view value);
// The number that `value` is or stands for on this scale. Errors as above.
[[nodiscard]] Result<Rational> read_rating(const Scale&, std::string_view value);

// Nothing, if the policy takes these items; otherwise what is wrong: too few, an id twice or that
// of a criterion, a weight or target that is not above 0, a target range upside down.
[[nodiscard]] std::optional<std::string> check_plan(const Policy&, const std::vector<PlanItem>&);

// The code of a rating or predicate of the matrix that a label means, in any spelling. Errors:
// invalid_input, naming those that are known: an unknown label is never a default.
[[nodiscard]] Result<std::string> code_of_label(const Policy&, std::string_view label);
// The title of a predicate code (bands or matrix); none for "" or a code that is not the policy's.
[[nodiscard]] std::optional<Text> title_of_predicate(const Policy&, std::string_view code);

}  // namespace jejak::scoring
