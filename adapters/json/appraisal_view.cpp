#include "adapters/json/appraisal_view.hpp"

#include <boost/json/array.hpp>
#include <map>

#include "workflows/appraisal/lifecycle.hpp"

namespace jejak::json {
namespace {

using appraisal::Appraisal;

struct Heading {
    std::string_view token;
    PersonId subject, supervisor;
    std::string_view unit, post, period, kind;
    appraisal::Phase phase;
    std::uint32_t version;
    std::string_view policy, policy_sha256;
};

Result<boost::json::value> person(PersonId id, intake::Identifiers& identifiers) {
    if (id.is_nil()) return boost::json::value();
    auto text = identifiers.identifier_of(id);
    if (!text) return text.error();
    return boost::json::value(*text);
}

Result<boost::json::object> heading(const Heading& from, intake::Identifiers& identifiers) {
    auto subject = person(from.subject, identifiers);
    if (!subject) return subject.error();
    auto supervisor = person(from.supervisor, identifiers);
    if (!supervisor) return supervisor.error();
    return boost::json::object{{"appraisal", from.token},
                               {"subject", std::move(*subject)},
                               {"unit", from.unit},
                               {"post", from.post},
                               {"period", from.period},
                               {"kind", from.kind},
                               {"phase", appraisal::name_of(from.phase)},
                               {"version", from.version},
                               {"policy", from.policy},
                               {"policy_sha256", from.policy_sha256},
                               {"supervisor", std::move(*supervisor)}};
}

boost::json::array ratings_of(const std::optional<appraisal::RatingSet>& set) {
    boost::json::array ratings;
    if (!set) return ratings;
    for (const auto& rating : set->ratings) {
        ratings.push_back(
            boost::json::object{{"criterion", rating.criterion}, {"value", rating.value}});
    }
    return ratings;
}

boost::json::array plan_of(const Appraisal& state) {
    boost::json::array plan;
    for (const auto& item : state.plan) {
        boost::json::object line{{"item", item.item}};
        if (!item.result.empty()) line["result"] = item.result;
        if (item.target) line["target"] = *item.target;
        if (item.weight) line["weight"] = *item.weight;
        const auto realised = state.realisations.find(item.item);
        if (realised != state.realisations.end()) line["realisation"] = realised->second;
        plan.push_back(std::move(line));
    }
    return plan;
}

boost::json::object feedback_of(const Appraisal& state) {
    std::map<std::string, std::uint64_t> raters;
    for (const auto& [rater, given] : state.feedback)
        ++raters[given.source];
    for (const auto& [source, recorded] : state.recorded_sources) {
        raters[source] += recorded.respondents;
    }
    boost::json::object counts;
    for (const auto& [source, count] : raters)
        counts[source] = count;
    return counts;
}

boost::json::object due_of(const Appraisal& state) {
    boost::json::object due;
    const auto add = [&](const char* name, Instant at) {
        if (at != Instant{}) due[name] = to_text(at);
    };
    add("self_assessment", state.self_assessment_due_at);
    add("review", state.review_due_at);
    add("feedback", state.feedback_due_at);
    add("gate", state.gate_due_at);
    add("acknowledgement", state.acknowledge_due_at);
    add("objection", state.objection_due_at);
    add("reply", state.reply_due_at);
    add("decision", state.decision_due_at);
    return due;
}

}  // namespace

Result<boost::json::object> view_line(const appraisal::BoardLine& line,
                                      intake::Identifiers& identifiers) {
    auto view =
        heading({line.token, line.subject, line.supervisor, line.unit, line.post, line.period,
                 line.kind, line.phase, line.version, line.policy, line.policy_sha256},
                identifiers);
    if (!view) return view.error();
    (*view)["final"] = nullptr;
    if (line.result) {
        (*view)["final"] = boost::json::object{{"score", line.result->score},
                                               {"predicate", line.result->predicate}};
    }
    return view;
}

Result<boost::json::object> view_appraisal(std::string_view token, const Appraisal& state,
                                           intake::Identifiers& identifiers) {
    auto view =
        heading({token, state.subject, state.supervisor, state.unit, state.post, state.period,
                 state.kind, state.phase, state.version, state.policy, state.policy_sha256},
                identifiers);
    if (!view) return view.error();
    (*view)["final"] = nullptr;
    if (state.result) {
        (*view)["final"] = boost::json::object{{"score", state.result->score},
                                               {"predicate", state.result->predicate}};
    }
    auto superior = person(state.superior, identifiers);
    if (!superior) return superior.error();
    (*view)["superior"] = std::move(*superior);
    (*view)["plan"] = plan_of(state);
    (*view)["ratings"] = boost::json::object{{"self", ratings_of(state.self_assessment)},
                                             {"supervisor", ratings_of(state.review)}};
    (*view)["feedback"] = feedback_of(state);
    if (state.survey) {
        boost::json::array means;
        for (const auto& mean : state.survey->element_means)
            means.emplace_back(mean);
        (*view)["survey"] = boost::json::object{{"element_means", std::move(means)},
                                                {"respondents", state.survey->respondents}};
    }
    (*view)["due"] = due_of(state);
    (*view)["acknowledged"] = state.acknowledged;
    return view;
}

}  // namespace jejak::json
