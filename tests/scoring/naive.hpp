#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "workflows/scoring/rational.hpp"

namespace jejak::scoring::testing {

// What a policy makes of an appraisal. Numbers are Rational::compact() texts.
struct NaiveAnswer {
    bool scored = false;    // false: the policy refuses, and what follows is empty
    std::string score;      // as Outcome::score_text; "" where the policy's total is none
    std::string predicate;  // "" where the policy names none
    std::map<std::string, std::string> classes;  // code by classification
    std::map<std::string, std::string> values;   // of the groups and steps that have one, by id
    friend bool operator==(const NaiveAnswer&, const NaiveAnswer&) = default;
};

// The evaluator a second time, as the grammar tells it: straight from the document, everything
// looked up by id, nothing prepared and nothing shared with the first but exact numbers. `policy`
// is a document that check() takes; `vector` holds its inputs in the form of a conformance vector
// (members plan, ratings, survey and flags), numbers only.
//
// Where the grammar is silent: a step that needs a value which is missing has the appraisal
// refused, also if the score does not need the step; a mean of nothing is missing itself.
[[nodiscard]] NaiveAnswer naive_evaluate(const boost::json::object& policy,
                                         const boost::json::object& vector);

// Members of documents that are known to be good.
namespace reading {

using boost::json::object;
using boost::json::value;

using Number = std::optional<Rational>;  // none: missing

inline Rational number_of(const value& place) {
    if (place.is_int64()) return place.get_int64();
    return Rational::parse(std::string(place.as_string())).value();
}

inline Number number(const object& place, const char* name) {
    const auto* found = place.if_contains(name);
    return found ? Number(number_of(*found)) : std::nullopt;
}

inline std::string word(const object& place, const char* name, const std::string& otherwise = "") {
    const auto* found = place.if_contains(name);
    return found ? std::string(found->as_string()) : otherwise;
}

inline std::set<std::string> words(const object& place, const char* name) {
    std::set<std::string> out;
    if (const auto* found = place.if_contains(name)) {
        for (const auto& each : found->as_array())
            out.insert(std::string(each.as_string()));
    }
    return out;
}

inline const object& inner(const object& place, const char* name) {
    static const object none;
    const auto* found = place.if_contains(name);
    return found ? found->as_object() : none;
}

using Objects = std::vector<const object*>;
inline Objects list(const object& place, const char* name) {
    Objects out;
    if (const auto* found = place.if_contains(name)) {
        for (const auto& element : found->as_array())
            out.push_back(&element.as_object());
    }
    return out;
}

inline const object& by_id(const Objects& things, const std::string& id) {
    for (const auto* thing : things) {
        if (word(*thing, "id") == id) return *thing;
    }
    throw std::logic_error("nothing is called " + id);
}

}  // namespace reading

}  // namespace jejak::scoring::testing
