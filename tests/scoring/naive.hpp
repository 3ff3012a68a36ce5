#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "workflows/scoring/questions.hpp"

namespace jejak::scoring::testing {

// What a policy makes of an appraisal. Numbers are Rational::compact() texts.
struct NaiveAnswer {
    bool scored = false;    // false: the policy refuses, and what follows is empty
    std::string score;      // as Outcome::score_text; "" where the policy's total is none
    std::string predicate;  // "" where the policy names none
    std::map<std::string, std::string> classes;  // code by classification
    std::map<std::string, std::string> values;   // of the groups and steps that have one, by id
    friend bool operator==(const NaiveAnswer&, const NaiveAnswer&) = default;
    friend void PrintTo(const NaiveAnswer& a, std::ostream* out) {  // gtest finds it by its name
        *out << (a.scored ? "score '" : "no score '") << a.score << "', predicate '" << a.predicate;
        for (const auto& [id, code] : a.classes)
            *out << "', " << id << " '" << code;
        for (const auto& [id, number] : a.values)
            *out << "', " << id << " '" << number;
        *out << "'";
    }
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

// Reading of documents and vectors that are known to be good.
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

// What a vector says, as the evaluator takes it: one SourceRatings for each rater.
inline Inputs inputs_of(const Policy& policy, const object& vector) {
    Inputs out;
    std::uint32_t version = 2;
    for (const auto* place : list(vector, "plan")) {
        PlanItem item;
        item.id = word(*place, "item");
        item.weight = number(*place, "weight").value();
        item.target = number(*place, "target");
        item.target_upper = number(*place, "target_upper");
        item.realisation = number(*place, "realisation");
        const auto formula = word(*place, "formula");
        if (!formula.empty())
            item.formula = formula == "inverse" ? Formula::inverse : Formula::normal;
        item.section = find_section(policy, word(*place, "section")).value();
        const auto* greatest = place->if_contains("target_is_maximum");
        item.target_is_maximum = greatest && greatest->as_bool();
        out.plan.push_back(std::move(item));
    }
    for (const auto& source : inner(vector, "ratings")) {
        for (const auto& rater : source.value().as_array()) {
            SourceRatings one{find_source(policy, source.key()).value(), 1, {version++}, {}};
            for (const auto& [id, rating] : rater.as_object()) {
                one.ratings.push_back(
                    {find_criterion(policy, out.plan, id).value(), 1, number_of(rating)});
            }
            out.sources.push_back(std::move(one));
        }
    }
    if (const auto& survey = inner(vector, "survey"); !survey.empty()) {
        out.survey = {{}, survey.at("respondents").to_number<std::uint32_t>(), version++};
        for (const auto& mean : survey.at("element_means").as_array())
            out.survey->element_means.push_back(number_of(mean));
    }
    for (const auto& flag : words(vector, "flags"))
        out.flags.push_back(flag);
    return out;
}

}  // namespace reading

}  // namespace jejak::scoring::testing
