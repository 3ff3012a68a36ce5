#include "tests/scoring/naive.hpp"

#include <algorithm>

namespace jejak::scoring::testing {

namespace {

using namespace reading;

// Thrown where a rule says "refuse": there is no score, whatever else there is.
struct Refused {};

// `rule` has decimals and mode; an empty one rounds nothing.
Rational rounded(const Rational& number, const object& rule) {
    if (rule.empty()) return number;
    const std::map<std::string, RoundingMode> modes{{"half_up", RoundingMode::half_up},
                                                    {"half_even", RoundingMode::half_even},
                                                    {"down", RoundingMode::down},
                                                    {"up", RoundingMode::up}};
    return number.round(rule.at("decimals").to_number<std::uint32_t>(),
                        modes.at(word(rule, "mode")));
}

// Where a band or piece begins. On the same number, "above" is higher than "from".
std::pair<Rational, bool> begin_of(const object& band) {
    const bool above = band.contains("above");
    return {number_of(band.at(above ? "above" : "from")), above};
}

// The highest of these bands or pieces that is reached and whose flags are all set, or none.
const object* highest(const Objects& bands, const Rational& reach,
                      const std::set<std::string>& flags) {
    const object* out = nullptr;
    for (const auto* band : bands) {
        const auto wanted = words(*band, "requires");
        const auto [begin, above] = begin_of(*band);
        if (above ? reach <= begin : reach < begin) continue;
        if (!std::includes(flags.begin(), flags.end(), wanted.begin(), wanted.end())) continue;
        if (!out || begin_of(*band) > begin_of(*out)) out = band;
    }
    return out;
}

// What is scored: a criterion of the policy, or an item of the plan with its section.
struct Rated {
    std::string id;
    Rational weight;
    const object* self;
    const object* section;  // none: a criterion of the policy
};

class Naive {
  public:
    Naive(const object& policy, const object& vector)
        : policy_(policy), vector_(vector), flags_(words(vector, "flags")) {
        static const object all{{"id", "all"}, {"weight", "100"}};
        groups_ = list(policy, "groups");
        if (groups_.empty()) groups_.push_back(&all);
    }

    NaiveAnswer answer() {
        for (const auto* group : groups_)
            keep(*group, group_value(*group));
        for (const auto* step : list(policy_, "steps"))
            keep(*step, step_value(*step));
        NaiveAnswer out;
        const auto total = this->total();
        if (!total && word(policy_, "total") != "none") throw Refused{};
        const auto& rule = rounding("total");
        if (total) out.score = total->compact();
        if (total && !rule.empty()) {
            out.score = total->decimal(rule.at("decimals").to_number<std::uint32_t>());
        }
        if (policy_.contains("matrix")) {
            out.predicate = cell(inner(policy_, "matrix"));
        } else if (policy_.contains("bands")) {
            out.predicate = band(policy_, "bands", *total);
        }
        for (const auto* reading : list(policy_, "classifications")) {
            const auto number =
                word(*reading, "of") == "total" ? total : known(word(*reading, "of"));
            if (number) out.classes[word(*reading, "id")] = band(*reading, "bands", *number);
        }
        for (const auto& [id, number] : values_)
            out.values[id] = number.compact();
        out.scored = true;
        return out;
    }

  private:
    void keep(const object& place, const Number& number) {
        if (number) values_[word(place, "id")] = *number;
    }
    Number known(const std::string& id) const {
        const auto found = values_.find(id);
        return found == values_.end() ? std::nullopt : Number(found->second);
    }
    Rational needed(const std::string& id) const {
        const auto found = known(id);
        if (!found) throw Refused{};
        return *found;
    }
    const object& rounding(const std::string& at) const {
        static const object none;
        for (const auto* rule : list(policy_, "rounding")) {
            if (word(*rule, "at") == at) return *rule;
        }
        return none;
    }
    // "refuse", "renormalise" or "zero", of a source or a criterion.
    std::string missing_rule(const char* level) const {
        const auto* rule = policy_.if_contains("missing");
        if (!rule) return "refuse";
        return rule->is_string() ? word(policy_, "missing") : word(rule->as_object(), level);
    }

    std::vector<Rated> rated_in(const std::string& group) const {
        const auto sole = word(*groups_[0], "id");
        std::vector<Rated> out;
        for (const auto* criterion : list(policy_, "criteria")) {
            if (word(*criterion, "group", sole) != group) continue;
            const auto weight = number(*criterion, "weight").value_or(1);
            out.push_back({word(*criterion, "id"), weight, criterion, nullptr});
        }
        const auto& plan = inner(policy_, "plan");
        const auto sections = plan.contains("sections") ? list(plan, "sections") : Objects{&plan};
        for (const auto* item : list(vector_, "plan")) {
            const auto& section =
                item->contains("section") ? by_id(sections, word(*item, "section")) : *sections[0];
            if (word(section, "group", sole) != group) continue;
            const bool equal = word(plan, "weights") == "equal";
            const auto weight = equal ? Rational(1) : number(*item, "weight").value();
            out.push_back({word(*item, "item"), weight, item, &section});
        }
        return out;
    }

    Rational converted(const Rational& number, const std::string& id) const {
        if (id.empty()) return number;
        const auto pieces = list(by_id(list(policy_, "conversions"), id), "pieces");
        const auto* piece = highest(pieces, number, {});
        if (!piece) throw std::logic_error("no piece takes " + number.text());
        if (const auto constant = reading::number(*piece, "value")) return *constant;
        const auto& points = piece->at("through").as_array();
        const auto x0 = number_of(points[0].at(0)), y0 = number_of(points[0].at(1));
        const auto x1 = number_of(points[1].at(0)), y1 = number_of(points[1].at(1));
        return y0 + (y1 - y0) * (number - x0) / (x1 - x0);
    }

    Number achievement(const Rated& rated) const {
        const auto& item = *rated.self;
        const auto lower = number(item, "target"), real = number(item, "realisation");
        if (!lower || !real) return std::nullopt;
        const auto& measured = inner(policy_, "measured");
        const auto upper = number(item, "target_upper").value_or(*lower);
        const auto target = std::clamp(*real, *lower, upper);  // the nearer end, or 100 inside
        auto percent = *real / target * 100;
        if (word(item, "formula", word(measured, "formula")) == "inverse") percent = 200 - percent;
        percent = std::max(percent, Rational(0));
        if (const auto cap = number(measured, "cap")) percent = std::min(percent, *cap);
        percent = rounded(percent, inner(measured, "rounding"));
        const auto greatest = number(measured, "maximum_target");
        const auto* unsurpassable = item.if_contains("target_is_maximum");
        if (greatest && unsurpassable && unsurpassable->as_bool() && percent >= 100) {
            percent = *greatest;
        } else {
            percent = converted(percent, word(measured, "convert"));
        }
        return converted(percent, word(*rated.section, "convert"));
    }

    Number survey_index(std::int64_t minimum) const {
        const auto& result = inner(vector_, "survey");
        const auto& survey = inner(policy_, "survey");
        if (result.empty() || result.at("respondents").as_int64() < minimum) return std::nullopt;
        Rational sum;
        for (const auto& mean : result.at("element_means").as_array())
            sum += number_of(mean) * number_of(survey.at("element_weight"));
        return rounded(sum * number_of(survey.at("factor")), survey);
    }

    bool speaks(const object& source, const Rated& rated, const std::string& group) const {
        const auto by = word(source, "by");
        if (source.contains("groups") && words(source, "groups").count(group) == 0) return false;
        if (by == "measured") return rated.section != nullptr;
        return by != "survey" || word(inner(policy_, "survey"), "criterion") == rated.id;
    }

    // What the source says, as it stands on its own scale; none: it is missing there.
    Number said(const object& source, const Rated& rated) const {
        const auto minimum = source.contains("minimum") ? source.at("minimum").as_int64() : 1;
        const auto by = word(source, "by");
        if (by == "measured") return minimum > 1 ? std::nullopt : achievement(rated);
        if (by == "survey") return survey_index(minimum);
        Rational sum;
        std::int64_t count = 0;
        for (const auto* rater : list(inner(vector_, "ratings"), word(source, "id").c_str())) {
            const auto rating = number(*rater, rated.id.c_str());
            if (!rating) continue;
            sum += *rating;
            ++count;
        }
        return count < minimum ? std::nullopt : Number(sum / count);
    }

    struct Counted {
        Number score;
        Rational weight, expected;  // the score at the expected level, where there is one
        bool main = true;
    };
    Counted criterion(const Rated& rated, const std::string& group) const {
        const auto level = number(*rated.self, "expected_level").value_or(0);
        const auto rule = missing_rule("source");
        Rational sum, weights, expected, all_weights, expected_by_all;
        bool heard = false;
        for (const auto* source : list(policy_, "sources")) {
            const auto weight = number(*source, "weight").value();
            if (weight.is_zero() || !speaks(*source, rated, group)) continue;
            const auto factor = number(*source, "factor").value_or(1);
            const auto mean = said(*source, rated);
            if (!mean && rule == "refuse") throw Refused{};
            all_weights += weight;
            expected_by_all += weight * level * factor;
            if (!mean && rule == "renormalise") continue;
            weights += weight;
            expected += weight * level * factor;
            sum += weight * mean.value_or(0) * factor;
            heard = heard || mean;
        }
        const auto at_level = heard ? expected / weights : expected_by_all / all_weights;
        const auto* main = rated.section ? rated.section->if_contains("main") : nullptr;
        const auto& at = rounding("criterion");
        return {heard ? Number(rounded(sum / weights, at)) : std::nullopt, rated.weight,
                rounded(at_level, at), !main || main->as_bool()};
    }

    Number group_value(const object& group) const {
        const auto id = word(group, "id");
        const auto rule = word(group, "missing", missing_rule("criterion"));
        std::vector<Counted> counted;
        for (const auto& rated : rated_in(id)) {
            auto each = criterion(rated, id);
            if (!each.score && rule == "refuse") throw Refused{};
            if (!each.score && rule == "renormalise") continue;
            counted.push_back(each);
        }
        if (counted.empty()) return std::nullopt;
        auto out = measured_by(group, counted);
        if (const auto cap = number(group, "cap")) out = std::min(out, *cap);
        return rounded(out, rounding("group"));
    }

    Rational measured_by(const object& group, const std::vector<Counted>& counted) const {
        const auto measure = word(group, "measure", "mean");
        if (measure == "ordinal") return ordinal(inner(group, "ordinal"), counted);
        Rational sum, weights, expected;
        for (const auto& each : counted) {
            sum += each.weight * each.score.value_or(0);
            weights += each.weight;
            expected += each.weight * each.expected;
        }
        if (measure == "points") return sum / 100;
        if (measure == "fit") return std::min(sum / expected * 100, Rational(100));
        return sum / weights;
    }

    Rational ordinal(const object& rule, const std::vector<Counted>& counted) const {
        const auto above = number(rule, "above").value();
        const auto expected = number(rule, "expected").value();
        std::int64_t high = 0, not_below = 0, main = 0, main_below = 0;
        for (const auto& each : counted) {
            const auto score = each.score.value_or(0);
            high += score >= above ? 1 : 0;
            not_below += score >= expected ? 1 : 0;
            main += each.main ? 1 : 0;
            main_below += each.main && score < expected ? 1 : 0;
        }
        const auto all = static_cast<std::int64_t>(counted.size());
        const auto most = number(rule, "most").value_or(Rational(1, 2)) * all;
        const auto small = number(rule, "small").value_or(Rational(1, 2)) * main;
        if (high > most && main_below == 0) return above;
        if (not_below > most && main_below <= small) return expected;
        return number(inner(policy_, "scale"), "min").value_or(1);
    }

    // The greatest number whose flag is set; none: no flag is.
    Number greatest_set(const object& step) const {
        Number greatest;
        for (const auto& flag : inner(step, "flags")) {
            if (flags_.count(std::string(flag.key())) == 0) continue;
            const auto number = number_of(flag.value());
            if (!greatest || number > *greatest) greatest = number;
        }
        return greatest;
    }

    Number step_number(const object& step) const {
        const auto how = word(step, "how");
        if (how == "sum" || how == "mean") {
            Rational sum, weights;
            for (const auto& term : inner(step, "of")) {
                const auto id = std::string(term.key());
                if (how == "mean" && !known(id)) continue;
                sum += number_of(term.value()) * needed(id);
                weights += number_of(term.value());
            }
            if (how == "sum") return sum;
            return weights.is_zero() ? std::nullopt : Number(sum / weights);
        }
        const auto value = needed(word(step, "value"));
        const auto otherwise = number(step, "otherwise").value();
        const auto factor = greatest_set(step).value_or(otherwise);
        if (how == "flagged") return value * factor;
        const auto with = needed(word(step, "with"));
        const auto share = value >= with ? factor : otherwise;
        return share * with + (1 - share) * value;
    }

    Number step_value(const object& step) const {
        auto out = step_number(step);
        if (!out) return out;
        if (const auto least = number(step, "min")) out = std::max(*out, *least);
        if (const auto most = number(step, "max")) out = std::min(*out, *most);
        return rounded(*out, inner(step, "rounding"));
    }

    Number total() const {
        const auto name = word(policy_, "total");
        if (name == "none") return std::nullopt;
        Rational sum, weights;
        for (const auto* group : groups_) {
            const auto value = known(word(*group, "id"));
            if (!value || !name.empty()) continue;
            sum += *value * number(*group, "weight").value();
            weights += number(*group, "weight").value();
        }
        auto out = !name.empty()       ? known(name)
                   : weights.is_zero() ? std::nullopt
                                       : Number(sum / weights);
        if (!out) return out;
        if (const auto cap = number(inner(policy_, "cap"), "total")) out = std::min(*out, *cap);
        return rounded(*out, rounding("total"));
    }

    std::string band(const object& place, const char* name, const Rational& number) const {
        const auto* found = highest(list(place, name), number, flags_);
        return found ? word(*found, "code") : "";
    }

    std::string cell(const object& matrix) const {
        const auto row = needed(word(matrix, "row")), column = needed(word(matrix, "column"));
        const bool apart = matrix.at("ratings").is_object();
        const auto& axes = apart ? inner(matrix, "ratings") : matrix;
        const auto r = band(axes, apart ? "row" : "ratings", row);
        const auto c = band(axes, apart ? "column" : "ratings", column);
        for (const auto* cell : list(matrix, "cells")) {
            if (word(*cell, "row") == r && word(*cell, "column") == c) return word(*cell, "code");
        }
        return "";
    }

    const object& policy_;
    const object& vector_;
    std::set<std::string> flags_;
    Objects groups_;
    std::map<std::string, Rational> values_;
};

}  // namespace

NaiveAnswer naive_evaluate(const object& policy, const object& vector) {
    try {
        return Naive(policy, vector).answer();
    } catch (const Refused&) {
        return {};
    }
}

}  // namespace jejak::scoring::testing
