#pragma once

#include <optional>

#include "workflows/scoring/limits.hpp"
#include "workflows/scoring/node.hpp"
#include "workflows/scoring/policy.hpp"

// The grammar of the document: each function reads its members of the root into `policy` and notes
// every problem. They are called in this order, since later ones look at what earlier ones read.
namespace jejak::scoring {

void read_applies(const Node& root, Policy& policy);
void read_conversions(const Node& root, Policy& policy);
void read_criteria(const Node& root, Policy& policy);  // scale, groups, criteria
void read_plan(const Node& root, Policy& policy);
void read_sources(const Node& root, Policy& policy);     // sources, measured, survey
void read_arithmetic(const Node& root, Policy& policy);  // missing, rounding, cap
void read_steps(const Node& root, Policy& policy);       // steps, total
void read_predicates(const Node& root, Policy& policy);  // bands, matrix, classifications
void read_consequences(const Node& root, Policy& policy);
void read_procedure(const Node& root, Policy& policy);  // stages, feedback, deadlines

// A sole group need not be named.
[[nodiscard]] std::uint32_t read_group_name(const Node& node, const Policy& policy);

[[nodiscard]] Scale read_scale(const Node& node);
// The index of the group or step that is named here, counted groups first; 0, with a problem, where
// there is none.
[[nodiscard]] std::uint32_t read_value_name(const Node& node, const Policy& policy);

// What `number` is compared with, and which place its rounding is written at.
struct Ladder {
    Limits limits;
    std::optional<RoundingRule> rounding;
    bool whole_levels = false;  // only a few values are possible: no rounding is needed
    std::string rounded_at;
    bool titled = false;   // bands carry titles; the ratings of a matrix do not
    bool flagged = false;  // bands may require flags: those of the predicate
};
[[nodiscard]] std::vector<Band> read_ladder(const Node& node, const Ladder& ladder);

// The index of the element with this id.
template <class Things>
[[nodiscard]] std::optional<std::uint32_t> index_of(const Things& things, std::string_view id) {
    for (std::uint32_t i = 0; i < things.size(); ++i) {
        if (things[i].id == id) return i;
    }
    return std::nullopt;
}

// The index of what `node` names among `things`; 0, with a problem, where it names none.
template <class Things>
[[nodiscard]] std::uint32_t reference(const Node& node, const Things& things, const char* kind) {
    if (!node.is_string()) {
        node.problem(node.present() ? "is not a name" : "is missing",
                     std::string("name a ") + kind);
        return 0;
    }
    const auto id = node.string();
    if (const auto found = index_of(things, id)) return *found;
    std::string known;
    for (const auto& thing : things)
        known += (known.empty() ? "" : ", ") + thing.id;
    node.problem("'" + id + "' is no " + kind + " of this policy",
                 "write one of: " + known + ", or add it");
    return 0;
}

// Notes an id that an earlier element has.
template <class Things>
void want_new_id(const Node& node, const Things& things, const std::string& id) {
    if (index_of(things, id)) node.problem("'" + id + "' stands twice", "give each its own id");
}

}  // namespace jejak::scoring
