#include "tests/scoring/any_policy.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <stdexcept>

#include "workflows/scoring/check.hpp"
#include "workflows/scoring/limits.hpp"

namespace jejak::scoring::testing {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

object named(const char* letter, std::size_t number) {
    const auto id = letter + std::to_string(number);
    return {{"id", id}, {"title", {{"id", "Nama " + id}, {"en", "Name " + id}}}};
}

class Generator {
  public:
    explicit Generator(Dice& dice) : dice_(dice) {}

    object policy() {
        doc_ = named("", 0);
        doc_.erase("id");
        doc_["policy"] = "acak";
        if (dice_.one_in(2)) doc_["scale"] = scale();
        groups();
        criteria();
        if (planned_ > 0) plan();
        sources();
        arithmetic();
        if (named_total_) steps();
        const auto base = parsed();  // its limits say which thresholds are possible
        const auto total = rung("total", limits_of_total(*base), base->round_total, false);
        const auto values = rungs(*base);
        predicates(total, values);
        classifications(total, values);
        (void)parsed();
        return doc_;
    }

  private:
    struct Group {
        std::string id, measure;
        bool planned;
    };

    std::shared_ptr<const Policy> parsed() const {
        const auto text = boost::json::serialize(doc_);
        const auto policy = parse_policy(text);
        if (!policy) throw std::logic_error(policy.error().message + "\n" + text);
        return *policy;
    }

    std::string rule() { return dice_.word({"refuse", "renormalise", "zero"}); }

    // Every scale holds 1 to 4, where expected levels lie.
    object scale() {
        object out{{"min", dice_.whole_number(-2, 1)},
                   {"max", dice_.number(dice_.one_in(3) ? 100 : 5)}};
        if (dice_.one_in(4)) out["max"] = 4;
        if (dice_.one_in(2)) out["decimals"] = dice_.below(3);
        return out;
    }

    // A level is not rounded, so where groups are, it is whole; and there is room below it.
    object ordinal() {
        const auto expected = dice_.between(2, 4);
        object out{{"above", dice_.number(expected + dice_.between(1, 2))},
                   {"expected", dice_.number(expected)}};
        if (dice_.one_in(2)) out["most"] = dice_.word({"0", "1/3", "0.6", "3/4"});
        if (dice_.one_in(2)) out["small"] = dice_.word({"0", "1/4", "0.5", "2/3"});
        return out;
    }

    void groups() {
        named_total_ = dice_.one_in(2);
        const auto weights = dice_.shares(dice_.between(1, 4));
        array out;
        for (std::size_t g = 0; g < weights.size(); ++g) {
            auto group = named("g", g);
            Group kept{"g" + std::to_string(g), "mean", dice_.one_in(3)};
            if (!dice_.one_in(3)) kept.measure = dice_.word({"points", "ordinal", "fit"});
            if (kept.planned && kept.measure == "fit") kept.measure = "mean";
            if (!named_total_) group["weight"] = dice_.number(weights[g]);
            if (named_total_ && dice_.one_in(4)) group["weight"] = dice_.number(0);
            if (kept.measure != "mean" || dice_.one_in(2)) group["measure"] = kept.measure;
            if (kept.measure == "ordinal") {
                group["ordinal"] = ordinal();
            } else if (dice_.one_in(4)) {
                group["cap"] = dice_.tenths(1, dice_.one_in(2) ? 5 : 120);
            }
            if (dice_.one_in(4)) group["missing"] = rule();
            planned_ += kept.planned ? 1 : 0;
            groups_.push_back(std::move(kept));
            out.push_back(std::move(group));
        }
        doc_["groups"] = std::move(out);
        if (weights.size() > 1 || !dice_.one_in(4)) return;
        doc_.erase("groups");  // one need not be written
        groups_[0].id = "all";
        groups_[0].measure = "mean";
    }

    void criteria() {
        array out;
        for (const auto& group : groups_) {
            if (group.planned) continue;
            const auto weights = dice_.shares(dice_.between(1, 4));
            const bool weighted = dice_.one_in(2);
            for (const auto& weight : weights) {
                auto criterion = named("c", out.size());
                if (groups_.size() > 1 || dice_.one_in(2)) criterion["group"] = group.id;
                if (weighted) criterion["weight"] = dice_.number(weight);
                if (group.measure == "fit" || dice_.one_in(4)) {
                    criterion["expected_level"] = dice_.whole_number(1, 4);
                } else {
                    surveyable_.push_back(criterion.at("id"));
                }
                if (dice_.one_in(5)) criterion["scale"] = scale();
                out.push_back(std::move(criterion));
            }
        }
        if (!out.empty()) doc_["criteria"] = std::move(out);
    }

    // The lowest piece takes whatever may come.
    void conversions() {
        for (auto count = dice_.below(3); count > 0; --count) {
            std::set<std::int64_t> begins{-9999};
            for (auto n = dice_.below(4); n > 0; --n)
                begins.insert(dice_.between(-2, 13) * 10);
            array pieces;
            for (const auto begin : begins) {
                object piece{{dice_.word({"from", "above"}), dice_.number(begin)}};
                if (dice_.one_in(2)) {
                    piece["value"] = dice_.tenths(0, 120);
                } else {
                    const auto x = dice_.between(0, 120), y = dice_.between(20, 80);
                    const auto rise = dice_.between(-20, 20);
                    piece["through"] = {{dice_.number(x), dice_.number(y)},
                                        {dice_.number(x + 9), dice_.number(y + rise)}};
                }
                pieces.push_back(std::move(piece));
            }
            if (dice_.one_in(2)) std::reverse(pieces.begin(), pieces.end());
            auto conversion = named("k", conversions_.size());
            conversions_.push_back(conversion.at("id"));
            conversion["pieces"] = std::move(pieces);
            doc_.emplace("conversions", array()).first->value().get_array().push_back(conversion);
        }
    }

    void plan() {
        std::vector<Group> used;
        for (const auto& group : groups_) {
            if (group.planned) used.push_back(group);
        }
        conversions();
        object out;
        if (dice_.one_in(2)) out["weights"] = dice_.word({"own", "equal"});
        if (used.size() == 1 && dice_.one_in(2)) {
            if (groups_.size() > 1) out["group"] = used[0].id;
            if (dice_.one_in(2)) out["minimum_items"] = dice_.between(1, 3);
            doc_["plan"] = std::move(out);
            return;
        }
        if (dice_.one_in(2)) used.push_back(used[0]);
        array sections;
        for (const auto& group : used) {
            auto section = named("s", sections.size());
            if (groups_.size() > 1) section["group"] = group.id;
            if (dice_.one_in(2)) section["main"] = dice_.one_in(2);
            if (dice_.one_in(2)) section["minimum_items"] = dice_.below(3);
            // Open: points of no items are 0, while other groups without criteria drop out.
            if (group.measure == "points") section["minimum_items"] = dice_.between(1, 2);
            if (!conversions_.empty() && dice_.one_in(3))
                section["convert"] = dice_.of(conversions_);
            sections.push_back(std::move(section));
        }
        out["sections"] = std::move(sections);
        doc_["plan"] = std::move(out);
    }

    object source(std::size_t number_of_it, const std::string& by) {
        auto out = named("q", number_of_it);
        out["by"] = by;
        out["weight"] = dice_.one_in(4) ? dice_.number(0) : dice_.tenths(1, 9);
        if (dice_.one_in(3)) out["factor"] = dice_.word({"1/3", "20", "0.25", "2"});
        if (by == "survey" && dice_.one_in(2)) out["minimum"] = dice_.between(1, 30);
        if (by == "survey" || by == "measured") return out;
        if (dice_.one_in(3)) out["minimum"] = dice_.between(1, 3);
        if (dice_.one_in(4)) out["scale"] = scale();
        return out;
    }

    // Those with a plan, those without one, or any.
    template <class Wanted>
    array groups_that(const Wanted& wanted) {
        array out;
        for (const auto& group : groups_) {
            if (wanted(group)) out.emplace_back(group.id);
        }
        return out;
    }

    // The first source speaks to whatever no other one is sure to.
    void sources() {
        array out;
        for (auto n = dice_.between(1, 4); n > 0; --n) {
            out.push_back(source(out.size(), dice_.word({"self", "supervisor", "peer",
                                                         "subordinate", "community", "carried"})));
            const auto some = groups_that([&](const auto&) { return dice_.one_in(2); });
            if (out.size() > 1 && !some.empty()) out.back().get_object()["groups"] = some;
        }
        out[0].get_object()["weight"] = dice_.whole_number(1, 9);
        if (planned_ > 0 && !dice_.one_in(3)) {
            auto one = source(out.size(), "measured");
            const auto rated = groups_that([](const auto& group) { return !group.planned; });
            if (dice_.one_in(2)) {  // then no person need speak to the items
                one["weight"] = dice_.whole_number(1, 9);
                one["groups"] = groups_that([](const auto& group) { return group.planned; });
                if (!rated.empty()) out[0].get_object()["groups"] = rated;
            }
            out.push_back(std::move(one));
            measured();
        }
        if (!surveyable_.empty() && dice_.one_in(3)) {
            out.push_back(source(out.size(), "survey"));
            auto survey = dice_.rounding();
            if (survey.at("decimals") == 9) survey["decimals"] = 4;
            survey["elements"] = dice_.between(1, 9);
            survey["element_weight"] = dice_.word({"1/9", "0.11", "1"});
            survey["factor"] = dice_.word({"1", "25", "20"});
            survey["criterion"] = dice_.of(surveyable_);
            if (dice_.one_in(3)) survey["max"] = 5;
            doc_["survey"] = std::move(survey);
        }
        if (dice_.one_in(3)) std::reverse(out.begin(), out.end());
        doc_["sources"] = std::move(out);
    }

    void measured() {
        object out;
        if (dice_.one_in(2)) out["formula"] = dice_.word({"normal", "inverse"});
        if (dice_.one_in(2)) out["rounding"] = dice_.rounding();
        if (dice_.one_in(3)) out["maximum_target"] = dice_.tenths(80, 130);
        const bool converted = !conversions_.empty() && dice_.one_in(2);
        if (converted) out["convert"] = dice_.of(conversions_);
        // A section's conversion must know where the numbers of the other begin.
        if (converted || dice_.one_in(2)) out["cap"] = dice_.word({"90", "100", "120", "150"});
        doc_["measured"] = std::move(out);
    }

    void arithmetic() {
        if (dice_.one_in(3)) {
            doc_["missing"] = rule();
        } else if (dice_.one_in(2)) {
            doc_["missing"] = {{"source", rule()}, {"criterion", rule()}};
        }
        array out;
        for (const std::string at : {"criterion", "group", "total"}) {
            // What a fit compares is not rounded.
            const bool fit = std::any_of(groups_.begin(), groups_.end(),
                                         [](const auto& group) { return group.measure == "fit"; });
            if (dice_.one_in(3) || (fit && at == "criterion")) continue;
            auto one = dice_.rounding();
            one["at"] = at;
            out.push_back(std::move(one));
        }
        if (dice_.one_in(2)) std::reverse(out.begin(), out.end());
        doc_["rounding"] = std::move(out);
        if (dice_.one_in(4)) doc_["cap"] = {{"total", dice_.word({"3", "5", "60", "100"})}};
    }

    object flag_numbers(std::initializer_list<const char*> numbers) {
        object out;
        for (const auto* flag : any_flags) {
            if (dice_.one_in(2)) out[flag] = dice_.word(numbers);
        }
        return out;
    }

    object step(std::size_t number_of_it, const std::vector<value>& values) {
        auto out = named("l", number_of_it);
        const std::string how = dice_.word({"sum", "mean", "flagged", "blend"});
        out["how"] = how;
        const auto any_value = [&] { return dice_.of(values).as_string(); };
        if (how == "sum" || how == "mean") {
            object terms;
            for (auto n = dice_.between(1, 3); n > 0; --n) {
                const bool negative = how == "sum" && dice_.one_in(3);
                terms[any_value()] = negative ? dice_.tenths(-2, 0) : dice_.tenths(1, 4);
            }
            out["of"] = std::move(terms);
        } else {
            const bool blend = how == "blend";
            out["value"] = any_value();
            if (blend) out["with"] = any_value();
            out["flags"] = blend ? flag_numbers({"0", "0.3", "1/2", "1"})
                                 : flag_numbers({"-1", "0.5", "1", "1.07"});
            out["otherwise"] = dice_.word({"0", "0.5", "1"});
        }
        // Rounding would leave limits that are finer than it.
        if (dice_.one_in(4)) out["min"] = dice_.whole_number(-2, 3);
        if (dice_.one_in(4)) out["max"] = dice_.whole_number(3, 110);
        if (!dice_.one_in(3)) out["rounding"] = dice_.rounding();
        return out;
    }
    void steps() {
        std::vector<value> values;
        for (const auto& group : groups_)
            values.emplace_back(group.id);
        array out;
        for (auto n = dice_.below(5); n > 0; --n) {
            out.push_back(step(out.size(), values));
            values.push_back(out.back().at("id"));
        }
        doc_["steps"] = std::move(out);
        doc_["total"] = dice_.of(values);
    }

    // What a list of bands may stand on: a number with a least value, compared as rounded.
    struct Rung {
        std::string name;
        Limits limits;
        std::optional<std::uint32_t> decimals;
    };
    static std::optional<Rung> rung(const std::string& name, const Limits& limits,
                                    const std::optional<RoundingRule>& rule, bool few_values) {
        if (!limits.least || (!rule && !few_values)) return std::nullopt;
        return Rung{name, limits, rule ? std::optional(rule->decimals) : std::nullopt};
    }
    static std::vector<Rung> rungs(const Policy& base) {
        std::vector<Rung> out;
        const auto keep = [&](const std::optional<Rung>& one) {
            if (one) out.push_back(*one);
        };
        std::uint32_t value = 0;
        for (const auto& group : base.groups) {
            keep(rung(group.id, limits_of_value(base, value++), base.round_group,
                      group.measure == GroupMeasure::ordinal));
        }
        for (const auto& step : base.steps)
            keep(rung(step.id, limits_of_value(base, value++), step.rounding, false));
        return out;
    }

    // Thresholds and whether they are exclusive, rising. The lowest begins where scores
    // may begin, or well below.
    std::set<std::pair<Rational, bool>> thresholds(const Rung& rung) {
        const auto& least = *rung.limits.least;
        const auto greatest = rung.limits.greatest.value_or(least + 50);
        std::set<std::pair<Rational, bool>> out;
        if (dice_.one_in(2)) {
            out.emplace(whole(least) - 1000, dice_.one_in(3));
        } else {
            const auto down = least < 0 ? RoundingMode::up : RoundingMode::down;
            out.emplace(least.round(rung.decimals.value_or(2), down), false);
        }
        for (auto more = dice_.below(5); more > 0; --more) {
            auto at = least + (greatest - least) * Rational(dice_.between(0, 20), 20);
            at = at.round(rung.decimals.value_or(2), RoundingMode::down);
            if (at < greatest) out.emplace(at, dice_.one_in(3));
        }
        return out;
    }

    // Where a band says that it ends, the next one begins.
    void end(object& band, const Rational& next, bool above, const Rung& rung) {
        if (above) {
            band["to"] = dice_.number(next);
        } else if (!rung.decimals || dice_.one_in(2)) {
            band["below"] = dice_.number(next);
        } else {
            Rational unit(1);
            for (std::uint32_t i = 0; i < *rung.decimals; ++i)
                unit /= 10;
            const auto& from = band.contains("from") ? band.at("from") : band.at("above");
            if (from != dice_.number(next - unit)) band["to"] = dice_.number(next - unit);
        }
    }

    enum class Use { bands, readings, ratings, shared_ratings };
    array ladder(const Rung& rung, const char* letter, Use use) {
        const auto at = thresholds(rung);
        const bool ends = use != Use::shared_ratings && dice_.one_in(3);
        array out;
        for (auto i = at.begin(); i != at.end(); ++i) {
            auto band = named(letter, out.size());
            band["code"] = value(band.at("id"));  // a copy: a new member may move the others
            band.erase("id");
            if (use != Use::bands && use != Use::readings) band.erase("title");
            band[i->second ? "above" : "from"] = dice_.number(i->first);
            if (use == Use::bands && i != at.begin() && dice_.one_in(4))
                band["requires"] = array{dice_.of(any_flags)};
            const auto next = std::next(i);
            if (ends && next != at.end()) end(band, next->first, next->second, rung);
            if (ends && next == at.end() && rung.limits.greatest)
                band["to"] = dice_.number(*rung.limits.greatest);
            out.push_back(std::move(band));
        }
        if (dice_.one_in(2)) std::reverse(out.begin(), out.end());
        return out;
    }

    void predicates(const std::optional<Rung>& total, std::vector<Rung> values) {
        const auto kind = dice_.below(4);
        if (kind == 0) return;
        if (kind < 3 && total) {
            doc_["bands"] = ladder(*total, "b", Use::bands);
        } else if (values.size() > 1) {
            dice_.shuffle(values);
            doc_["matrix"] = matrix(values[0], values[1]);
            if (named_total_ && dice_.one_in(2)) doc_["total"] = "none";
        }
    }

    object matrix(const Rung& row, const Rung& column) {
        object out{{"row", row.name}, {"column", column.name}};
        array rows, columns, cells;
        if (dice_.one_in(2)) {
            rows = ladder(row, "r", Use::ratings);
            columns = ladder(column, "k", Use::ratings);
            out["ratings"] = {{"row", rows}, {"column", columns}};
        } else {  // one list, possible on both axes
            const auto greater = [](const Rung& a, const Rung& b) {
                return a.limits.greatest.value_or(1'000'000) >
                       b.limits.greatest.value_or(1'000'000);
            };
            Rung both{"", greater(row, column) ? column.limits : row.limits,
                      std::min(row.decimals.value_or(2), column.decimals.value_or(2))};
            both.limits.least = std::min(*row.limits.least, *column.limits.least);
            rows = columns = ladder(both, "r", Use::shared_ratings);
            out["ratings"] = rows;
        }
        object titles;
        const auto entitle = [&](const value& code) {
            titles[code.as_string()] = {{"id", code.as_string()}, {"en", "Name"}};
        };
        for (const auto& r : rows) {
            for (const auto& c : columns) {
                const value code(dice_.word({"p0", "p1", "p2"}));
                for (const auto& used : {r.at("code"), c.at("code"), code})
                    entitle(used);
                cells.push_back({{"row", r.at("code")}, {"column", c.at("code")}, {"code", code}});
            }
        }
        out["cells"] = std::move(cells);
        out["titles"] = std::move(titles);
        return out;
    }

    void classifications(const std::optional<Rung>& total, std::vector<Rung> values) {
        const auto* name = doc_.if_contains("total");
        if (total && (!name || *name != "none")) values.push_back(*total);
        array out;
        for (auto n = values.empty() ? 0 : dice_.below(3); n > 0; --n) {
            auto reading = named("y", out.size());
            const auto& of = dice_.of(values);
            reading["of"] = of.name;
            reading["bands"] = ladder(of, "y", Use::readings);
            out.push_back(std::move(reading));
        }
        if (!out.empty()) doc_["classifications"] = std::move(out);
    }

    Dice& dice_;
    object doc_;
    bool named_total_ = false;
    std::vector<Group> groups_;
    std::size_t planned_ = 0;
    std::vector<value> conversions_, surveyable_;  // criteria that may be a survey's
};

}  // namespace

object any_policy(Dice& dice) {
    return Generator(dice).policy();
}

}  // namespace jejak::scoring::testing
