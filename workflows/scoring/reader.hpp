#pragma once

#include <optional>

#include "workflows/scoring/node.hpp"
#include "workflows/scoring/policy.hpp"

// The grammar of the document: each function reads its members of the root into `policy` and notes
// every problem. They are called in this order, since later ones look at what earlier ones read.
namespace jejak::scoring {

void read_criteria(const Node& root, Policy& policy);    // scale, groups, criteria, plan
void read_sources(const Node& root, Policy& policy);     // sources, measured, survey
void read_arithmetic(const Node& root, Policy& policy);  // missing, rounding, cap
void read_predicates(const Node& root, Policy& policy);  // bands, matrix
void read_procedure(const Node& root, Policy& policy);   // stages, feedback, deadlines

[[nodiscard]] Scale read_scale(const Node& node);

// The least and the greatest score that is possible; no greatest: no limit.
struct Limits {
    Rational least;
    std::optional<Rational> greatest;
};
[[nodiscard]] Limits limits_of_group(const Policy& policy, std::uint32_t group);
[[nodiscard]] Limits limits_of_total(const Policy& policy);

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
