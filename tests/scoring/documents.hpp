#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "workflows/scoring/check.hpp"
#include "workflows/scoring/evaluate.hpp"
#include "workflows/scoring/questions.hpp"

namespace jejak::scoring::testing {

// A small policy that passes: two groups, three criteria, supervisor and peers, bands.
inline const std::string small_policy = R"({
  "policy": "kecil", "title": {"id": "Kecil", "en": "Small"},
  "scale": {"min": "1", "max": "5", "decimals": 2},
  "groups": [
    {"id": "hasil", "title": {"id": "Hasil", "en": "Results"}, "weight": "60"},
    {"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "40"}],
  "criteria": [
    {"id": "mutu", "group": "hasil", "title": {"id": "Mutu", "en": "Quality"}},
    {"id": "kerja_sama", "group": "perilaku", "title": {"id": "Kerja sama", "en": "Cooperation"}},
    {"id": "komunikasi", "group": "perilaku",
     "title": {"id": "Komunikasi", "en": "Communication"}}],
  "sources": [
    {"id": "supervisor", "title": {"id": "Atasan", "en": "Superior"}, "by": "supervisor",
     "weight": "75"},
    {"id": "peer", "title": {"id": "Rekan", "en": "Peers"}, "by": "peer", "weight": "25",
     "minimum": 3, "groups": ["perilaku"]}],
  "missing": {"source": "renormalise", "criterion": "refuse"},
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "bands": [
    {"code": "baik", "from": "4", "title": {"id": "Baik", "en": "Good"}},
    {"code": "cukup", "from": "1", "title": {"id": "Cukup", "en": "Fair"}}]
})";

// The document with what stands at each JSON pointer replaced by another JSON text; "" removes it.
using Changes = std::vector<std::pair<std::string, std::string>>;
inline std::string changed(const std::string& document, const Changes& changes) {
    auto value = boost::json::parse(document);
    for (const auto& [pointer, text] : changes) {
        const auto slash = pointer.rfind('/');
        const auto last = pointer.substr(slash + 1);
        auto& parent = value.at_pointer(pointer.substr(0, slash));
        if (parent.is_object()) {
            parent.get_object().erase(last);
            if (!text.empty()) parent.get_object()[last] = boost::json::parse(text);
            continue;
        }
        auto& array = parent.get_array();
        const auto index = std::stoul(last);
        if (index < array.size()) array.erase(array.begin() + index);
        if (!text.empty()) array.insert(array.begin() + index, boost::json::parse(text));
    }
    return boost::json::serialize(value);
}

inline std::shared_ptr<const Policy> policy_of(const std::string& document) {
    auto policy = parse_policy(document);
    if (!policy) throw std::runtime_error(policy.error().message);
    return *policy;
}

inline std::shared_ptr<const Policy> policy_of(const std::string& document,
                                               const Changes& changes) {
    return policy_of(changed(document, changes));
}

inline std::string bundled_text(const std::string& id) {
    const auto path =
        std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies/" + id + ".json";
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Rational number(const std::string& text) {
    const auto parsed = Rational::parse(text);
    if (!parsed) throw std::runtime_error(parsed.error().message);
    return *parsed;
}

// Collects inputs by ids, one rater at a time.
class Ratings {
  public:
    explicit Ratings(const Policy& policy, std::vector<PlanItem> plan = {}) : policy_(policy) {
        inputs_.plan = std::move(plan);
    }
    using Values = std::initializer_list<std::pair<std::string, std::string>>;
    // One rater of the source.
    Ratings& by(const std::string& source, Values values) {
        SourceRatings rater{find_source(policy_, source).value(), 1, {next_version_++}, {}};
        for (const auto& [criterion, value] : values) {
            rater.ratings.push_back(
                {find_criterion(policy_, inputs_.plan, criterion).value(), 1, number(value)});
        }
        inputs_.sources.push_back(std::move(rater));
        return *this;
    }
    Ratings& survey(std::vector<std::string> means, std::uint32_t respondents) {
        SurveyResult result{{}, respondents, next_version_++};
        for (const auto& mean : means)
            result.element_means.push_back(number(mean));
        inputs_.survey = std::move(result);
        return *this;
    }
    Ratings& flag(const std::string& flag) {
        inputs_.flags.push_back(flag);
        return *this;
    }
    [[nodiscard]] const Inputs& inputs() const { return inputs_; }
    [[nodiscard]] Outcome outcome() const {
        auto answer = evaluate(policy_, inputs_);
        if (auto* missing = std::get_if<Missing>(&answer))
            throw std::runtime_error(missing->text());
        return std::get<Outcome>(std::move(answer));
    }
    [[nodiscard]] std::string missing() const {
        const auto answer = evaluate(policy_, inputs_);
        const auto* missing = std::get_if<Missing>(&answer);
        return missing ? missing->text() : "";
    }
    // "score predicate", as a table of expectations wants it.
    [[nodiscard]] std::string shown() const {
        const auto out = outcome();
        return out.score_text + (out.predicate.empty() ? "" : " " + out.predicate);
    }

  private:
    const Policy& policy_;
    Inputs inputs_;
    std::uint32_t next_version_ = 2;
};

inline PlanItem item(const std::string& id, const std::string& weight, const std::string& target,
                     const std::string& realisation) {
    PlanItem out;
    out.id = id;
    out.weight = number(weight);
    if (!target.empty()) out.target = number(target);
    if (!realisation.empty()) out.realisation = number(realisation);
    return out;
}

}  // namespace jejak::scoring::testing
