// Laws that hold for every policy and all inputs, and a second, naive evaluator that must agree.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/scoring/any_policy.hpp"
#include "tests/scoring/documents.hpp"
#include "tests/scoring/naive.hpp"

namespace jejak::scoring {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using testing::any_flags;
using testing::any_policy;
using testing::bundled_text;
using testing::Dice;
using testing::naive_evaluate;
using testing::NaiveAnswer;
using testing::policy_of;
using testing::reading::inputs_of;

// Inputs in the form of a conformance vector: plan, ratings, survey and flags. About half of them
// lack nothing; ratings lie on their scales.
class Inventor {
  public:
    Inventor(const Policy& policy, Dice& dice)
        : policy_(policy), dice_(dice), complete_(dice.one_in(2)) {}

    object vector() {
        object out;
        if (policy_.plan) out["plan"] = plan();
        out["ratings"] = ratings();
        if (policy_.survey && present(3)) out["survey"] = survey();
        array set;
        for (const auto* flag : any_flags) {
            if (dice_.one_in(3)) set.emplace_back(flag);
        }
        if (dice_.one_in(8)) set.emplace_back("tidak_dikenal");
        out["flags"] = std::move(set);
        return out;
    }

  private:
    bool present(std::int64_t sides) { return complete_ || !dice_.one_in(sides); }

    // Least and most more often than what lies between.
    std::string value_from(const Rational& least, const Rational& most, std::uint32_t decimals) {
        const auto unit = Rational(1) / Rational::parse("1" + std::string(decimals, '0')).value();
        const auto steps = std::min<std::int64_t>(testing::whole((most - least) / unit), 1'000'000);
        const auto step = dice_.one_in(4) ? dice_.below(2) * steps : dice_.between(0, steps);
        return (least + step * unit).compact();
    }

    object item(const PlanSection& section, std::size_t number) {
        const auto target = dice_.between(1, 40);
        object out{{"item", "i" + std::to_string(number)},
                   {"weight", std::to_string(dice_.between(1, 60))}};
        const bool first = section.id == policy_.plan->sections[0].id;
        if (!first || (!section.id.empty() && dice_.one_in(2))) out["section"] = section.id;
        if (present(8)) out["target"] = std::to_string(target);
        if (out.contains("target") && dice_.one_in(4))
            out["target_upper"] = std::to_string(target + dice_.below(10));
        if (present(8)) out["realisation"] = Rational(dice_.between(0, 25 * target), 10).compact();
        if (dice_.one_in(4)) out["formula"] = dice_.word({"normal", "inverse"});
        if (dice_.one_in(4)) out["target_is_maximum"] = dice_.one_in(2);
        return out;
    }
    array plan() {
        array out;
        for (std::uint32_t s = 0; s < policy_.plan->sections.size(); ++s) {
            const auto& section = policy_.plan->sections[s];
            for (auto n = section.minimum_items + dice_.below(3); n > 0; --n) {
                out.push_back(item(section, out.size()));
                plan_.push_back(
                    {std::string(out.back().at("item").as_string()), 1, {}, {}, {}, {}, s, false});
            }
        }
        return out;
    }

    object rater(std::uint32_t source) {
        object out;
        const auto criteria = policy_.criteria.size();
        for (std::uint32_t c = 0; c < criteria + plan_.size(); ++c) {
            if (!speaks_to(policy_, plan_, source, c) || !present(6)) continue;
            const auto& scale = scale_of(policy_, source, c);
            out[c < criteria ? policy_.criteria[c].id : plan_[c - criteria].id] =
                value_from(scale.minimum, scale.maximum, scale.decimals);
        }
        return out;
    }
    object ratings() {
        object out;
        for (std::uint32_t s = 0; s < policy_.sources.size(); ++s) {
            const auto& source = policy_.sources[s];
            if (source.by == SourceKind::measured || source.by == SourceKind::survey) continue;
            array raters;
            const auto minimum = std::min(source.minimum, 9U);
            for (auto n = dice_.between(complete_ ? minimum : 0, minimum + 2); n > 0; --n)
                raters.push_back(rater(s));
            out[source.id] = std::move(raters);
        }
        return out;
    }
    object survey() {
        array means;
        for (std::uint32_t e = 0; e < policy_.survey->elements; ++e)
            means.emplace_back(value_from(policy_.survey->minimum, policy_.survey->maximum, 2));
        return {{"element_means", std::move(means)},
                {"respondents", dice_.between(complete_ ? 30 : 1, 60)}};
    }

    const Policy& policy_;
    Dice& dice_;
    bool complete_;
    std::vector<PlanItem> plan_;
};

// A place in a document: what it stands in, and its key or index there.
struct Place {
    value* parent;
    std::string key;
    std::size_t index;
    [[nodiscard]] value& at() const { return key.empty() ? parent->at(index) : parent->at(key); }
};
void collect(value& parent, std::vector<Place>& out) {
    const auto first = out.size();
    if (auto* members = parent.if_object()) {
        for (auto& member : *members)
            out.push_back({&parent, std::string(member.key()), 0});
    } else if (auto* elements = parent.if_array()) {
        for (std::size_t i = 0; i < elements->size(); ++i)
            out.push_back({&parent, "", i});
    }
    const auto last = out.size();
    for (auto i = first; i < last; ++i)
        collect(out[i].at(), out);
}

// The document with one thing changed: a value replaced (also by one from elsewhere in it), a
// member or an element removed, or an element doubled.
value mutated(value document, Dice& dice) {
    static const array values{nullptr, "",    "0",     "-1",    "1",    "1/3",    "100",
                              "0.005", "1e9", "none",  "total", "zero", "g0",     0,
                              1,       -3,    1 << 30, true,    false,  object(), array()};
    std::vector<Place> places;
    collect(document, places);
    const auto& place = dice.of(places);
    auto* elements = place.parent->if_array();
    const auto how = dice.below(4);
    if (how == 0 && elements) {
        const value twin = place.at();
        elements->insert(elements->begin() + static_cast<std::ptrdiff_t>(place.index), twin);
    } else if (how == 1 && elements) {
        elements->erase(elements->begin() + static_cast<std::ptrdiff_t>(place.index));
    } else if (how == 1) {
        place.parent->get_object().erase(place.key);
    } else {
        const value other = how == 2 ? dice.of(values) : dice.of(places).at();
        place.at() = other;
    }
    return document;
}

using Answer = std::variant<Outcome, Missing>;

std::string told(const Answer& answer) {
    const auto* outcome = std::get_if<Outcome>(&answer);
    return outcome ? outcome->score_text + " " + outcome->predicate
                   : std::get<Missing>(answer).text();
}

void expect_same(const Answer& a, const Answer& b) {
    ASSERT_EQ(told(a), told(b));
    if (const auto* outcome = std::get_if<Outcome>(&a)) {
        ASSERT_EQ(outcome->derivation, std::get<Outcome>(b).derivation);
        ASSERT_EQ(outcome->score, std::get<Outcome>(b).score);
    } else {
        ASSERT_EQ(std::get<Missing>(a).parts, std::get<Missing>(b).parts);
        ASSERT_EQ(std::get<Missing>(a).so_far, std::get<Missing>(b).so_far);
    }
}

// score() comes to the same as evaluate().
void expect_same_score(const Answer& answer, const std::optional<Score>& score) {
    const auto* outcome = std::get_if<Outcome>(&answer);
    ASSERT_EQ(outcome != nullptr, score.has_value()) << told(answer);
    if (outcome != nullptr) {
        ASSERT_EQ(*score, (Score{outcome->score, outcome->predicate}));
    }
}

// What the naive evaluator tells, from the answer of the other.
NaiveAnswer summary(const Answer& answer) {
    const auto* outcome = std::get_if<Outcome>(&answer);
    if (!outcome) return {};
    NaiveAnswer out{true, outcome->score_text, outcome->predicate, {}, {}};
    for (const auto& node : outcome->derivation.classes)
        out.classes[node.classification] = node.code;
    for (const auto& node : outcome->derivation.groups) {
        if (node.score) out.values[node.group] = *node.score;
    }
    for (const auto& node : outcome->derivation.steps)
        out.values[node.step] = node.result;
    return out;
}

struct Case {
    std::shared_ptr<const Policy> policy;
    std::shared_ptr<const object> document;
    object vector;
    Inputs inputs;
};

// What a person says is never converted or inverted. A fit has what is expected, which no rating
// changes, below its line. A blend changes its weights where both its values are the same, so that
// it does not jump there. What remains are factors below 0.
bool rises_with_its_values(const Policy& policy) {
    return std::all_of(policy.steps.begin(), policy.steps.end(), [](const Step& step) {
        const auto fine = [](const auto& term) { return term.factor >= 0; };
        return step.otherwise >= 0 && std::all_of(step.of.begin(), step.of.end(), fine) &&
               std::all_of(step.flags.begin(), step.flags.end(), fine);
    });
}

class Property : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto* given = std::getenv("JEJAK_SEED");
        const auto seed =
            given ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
        dice_ = Dice(seed);
        repeat_ = "repeat with JEJAK_SEED=" + std::to_string(seed);
        std::cout << repeat_ << std::endl;  // also where an ENSURE stops the process
    }

    // Holds the law against random policies, each with some inputs, until it is broken.
    template <class Law>
    void for_all(const Law& law) {
        for (int i = 0; i < 250; ++i) {
            const auto document = std::make_shared<object>(any_policy(dice_));
            const auto policy = policy_of(boost::json::serialize(*document));
            for (int j = 0; j < 8; ++j) {
                Case c{policy, document, Inventor(*policy, dice_).vector(), {}};
                c.inputs = inputs_of(*policy, c.vector);
                law(c);
                if (!HasFailure()) continue;
                ADD_FAILURE() << repeat_ << "\npolicy " << *document << "\nvector " << c.vector;
                return;
            }
        }
    }

    // Holds the law(policy, before, after) against scores before and after one person gave more,
    // again and again.
    template <class Law>
    void for_all_raised(const Law& law) {
        for_all([&](Case c) {
            auto before = evaluate(*c.policy, c.inputs);
            if (!rises_with_its_values(*c.policy) || !std::holds_alternative<Outcome>(before))
                return;
            for (int i = 0; i < 8 && !c.inputs.sources.empty(); ++i) {
                auto& source = dice_.of(c.inputs.sources);
                if (source.ratings.empty()) continue;
                auto& rating = dice_.of(source.ratings);
                const auto& scale = scale_of(*c.policy, source.source, rating.criterion);
                rating.sum += (scale.maximum - rating.sum) * Rational(dice_.between(1, 4), 4);
                auto after = evaluate(*c.policy, c.inputs);
                ASSERT_TRUE(std::holds_alternative<Outcome>(after)) << told(after);
                law(*c.policy, std::get<Outcome>(before), std::get<Outcome>(after));
                before = std::move(after);
            }
        });
    }

    Dice dice_{0};
    std::string repeat_;
};

TEST_F(Property, a_naive_second_implementation_agrees) {
    int scored = 0, called = 0;
    for_all([&](const Case& c) {
        const auto answer = summary(evaluate(*c.policy, c.inputs));
        scored += answer.scored ? 1 : 0;
        called += answer.predicate.empty() ? 0 : 1;
        EXPECT_EQ(answer, naive_evaluate(*c.document, c.vector));
        expect_same_score(evaluate(*c.policy, c.inputs), score(*c.policy, c.inputs));
    });
    EXPECT_TRUE(HasFailure() || (scored > 1000 && called > 300)) << scored << ", " << called;
}

TEST_F(Property, the_order_of_the_inputs_does_not_matter) {
    for_all([&](Case c) {
        const auto first = evaluate(*c.policy, c.inputs);
        dice_.shuffle(c.inputs.sources);
        dice_.shuffle(c.inputs.flags);
        for (auto& source : c.inputs.sources)
            dice_.shuffle(source.ratings);
        expect_same(first, evaluate(*c.policy, c.inputs));
    });
}

TEST_F(Property, raters_one_by_one_and_their_sums_give_the_same_derivation) {
    for_all([&](const Case& c) {
        auto summed = c.inputs;
        summed.sources.clear();
        for (std::uint32_t s = 0; s < c.policy->sources.size(); ++s) {
            SourceRatings all{s, 0, {}, {}};
            std::map<std::uint32_t, CriterionRatings> by_criterion;
            for (const auto& rater : c.inputs.sources) {
                if (rater.source != s) continue;
                all.raters += rater.raters;
                all.versions.insert(all.versions.end(), rater.versions.begin(),
                                    rater.versions.end());
                for (const auto& rating : rater.ratings) {
                    auto& sum = by_criterion[rating.criterion];
                    sum = {rating.criterion, sum.count + rating.count, sum.sum + rating.sum};
                }
            }
            for (const auto& [criterion, rating] : by_criterion)
                all.ratings.push_back(rating);
            if (all.raters > 0) summed.sources.push_back(std::move(all));
        }
        expect_same(evaluate(*c.policy, c.inputs), evaluate(*c.policy, summed));
    });
}

TEST_F(Property, a_higher_rating_never_lowers_the_score) {
    int risen = 0;
    for_all_raised([&](const Policy&, const Outcome& before, const Outcome& after) {
        EXPECT_GE(after.score, before.score);
        risen += after.score > before.score ? 1 : 0;
    });
    EXPECT_TRUE(HasFailure() || risen > 300) << risen;
}

// Flags stay as they are, so that the bands which they close stay closed.
TEST_F(Property, a_higher_rating_never_lowers_the_predicate) {
    int risen = 0;
    for_all_raised([&](const Policy& policy, const Outcome& before, const Outcome& after) {
        const auto place = [&](const Outcome& outcome) {  // the highest band is the first
            std::size_t i = 0;
            while (i < policy.bands.size() && policy.bands[i].code != outcome.predicate)
                ++i;
            return i;
        };
        if (policy.bands.empty()) return;
        EXPECT_LE(place(after), place(before));
        risen += place(after) < place(before) ? 1 : 0;
    });
    EXPECT_TRUE(HasFailure() || risen > 5) << risen;
}

TEST_F(Property, the_same_inputs_give_the_same_answer_also_from_the_canonical_form) {
    for_all([&](const Case& c) {
        const auto again = policy_of(c.policy->canonical);
        EXPECT_EQ(again->canonical, c.policy->canonical);
        EXPECT_EQ(again->hash, c.policy->hash);
        const auto first = evaluate(*c.policy, c.inputs);
        expect_same(first, evaluate(*c.policy, c.inputs));
        expect_same(first, evaluate(*again, c.inputs));
    });
}

// Names of the bundled policies, sorted.
std::vector<std::string> bundled_names() {
    std::vector<std::string> out;
    const auto folder = std::string(JEJAK_SOURCE_DIR) + "/workflows/appraisal/policies";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".json") out.push_back(entry.path().stem().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

TEST_F(Property, a_document_without_problems_is_parsed_and_any_other_is_refused) {
    const auto bundled = bundled_names();
    int taken = 0, refused = 0;
    for (int i = 0; i < 80 && !HasFailure(); ++i) {
        const value document = dice_.one_in(3) ? boost::json::parse(bundled_text(dice_.of(bundled)))
                                               : value(any_policy(dice_));
        for (int j = 0; j < 25 && !HasFailure(); ++j) {
            const auto text = boost::json::serialize(mutated(document, dice_));
            const auto problems = check(text);
            const auto policy = parse_policy(text);
            EXPECT_EQ(problems.empty(), policy.has_value()) << repeat_ << "\npolicy " << text;
            (policy ? taken : refused) += 1;
            if (!policy) continue;
            const auto vector = Inventor(**policy, dice_).vector();
            const auto inputs = inputs_of(**policy, vector);
            SCOPED_TRACE(repeat_ + "\npolicy " + text + "\nvector " +
                         boost::json::serialize(vector));
            expect_same(evaluate(**policy, inputs), evaluate(**policy, inputs));
        }
    }
    EXPECT_TRUE(HasFailure() || (taken > 200 && refused > 200)) << taken << ", " << refused;
}

}  // namespace
}  // namespace jejak::scoring
