// What a score would be with other inputs or rules, and how the difference is split.
#include "workflows/appraisal/what_if.hpp"

#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"
#include "workflows/appraisal/differences.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;
using scoring::Rational;

const scoring::Policy& rules(std::string_view id = lenient) {
    return *published_policy(id)->policy;
}

// Reviewed, and with the feedback of five peers whose ratings differ.
Appraisal with_peers() {
    Life life = feedback_opened();
    for (std::uint8_t i = 1; i <= 5; ++i) {
        life.act(feedback(rater_person(i), "peer", std::to_string(1 + i % 5), "4"),
                 as_rater(roles::peer, rater_person(i)));
    }
    life.act(CloseFeedback{}, the_supervisor);
    return folded(life.events());
}

Change setting(const char* text) {
    const auto change = parse_setting(text);
    EXPECT_TRUE(change) << text;
    return change ? *change : Change{};
}

Change without(const char* source) {
    Change change;
    change.kind = Change::Kind::without_source;
    change.source = source;
    return change;
}

Rational final_score(const Explanation& explanation) {
    return std::get<scoring::Outcome>(explanation.answer).score;
}

TEST(WhatIf, nothing_changes_the_score_is_the_same_to_the_last_bit) {
    for (const auto& [name, events] : whole_lives()) {
        const auto state = folded(events);
        const auto* published = published_policy(state.policy);
        ASSERT_NE(published, nullptr) << name;
        const auto same = compare(state, *published->policy, *published->policy, {});
        ASSERT_TRUE(same) << name;
        EXPECT_EQ(same->before.answer.index(), same->after.answer.index()) << name;
        if (const auto* outcome = std::get_if<scoring::Outcome>(&same->after.answer)) {
            const auto& before = std::get<scoring::Outcome>(same->before.answer);
            EXPECT_EQ(outcome->derivation, before.derivation) << name;
            if (state.result) {
                EXPECT_EQ(outcome->score_text, state.result->score) << name;
            }
        }
        EXPECT_TRUE(same->effects.empty());
    }
}

TEST(WhatIf, the_shares_of_the_changes_add_up_to_the_difference) {
    const auto state = with_peers();
    const auto compared =
        compare(state, rules(), rules(),
                {setting("kerja_sama=1"), without("peer"), setting("imunisasi:realisasi=40")});
    ASSERT_TRUE(compared) << compared.error().message;
    ASSERT_TRUE(compared->difference);
    EXPECT_LT(*compared->difference, Rational());
    Rational sum;
    for (const auto& effect : compared->effects) {
        ASSERT_TRUE(effect.share) << effect.change;
        ASSERT_TRUE(effect.alone) << effect.change;
        sum += *effect.share;
    }
    EXPECT_EQ(sum, *compared->difference);
    EXPECT_EQ(final_score(compared->after) - final_score(compared->before), *compared->difference);
    EXPECT_EQ(compared->effects[1].change, "without peer");
}

TEST(WhatIf, another_policy_is_one_of_the_changes) {
    const auto state = with_peers();
    const auto compared = compare(state, rules(), rules(strict), {setting("kerja_sama=1")});
    ASSERT_TRUE(compared);
    ASSERT_EQ(compared->effects.size(), 2U);
    EXPECT_EQ(compared->effects[1].change, "policy uji-ketat");
    EXPECT_EQ(*compared->effects[0].share + *compared->effects[1].share, *compared->difference);
}

TEST(WhatIf, a_value_is_that_of_the_event_that_is_named) {
    const auto state = with_peers();
    const auto& given = *state.feedback.begin();
    const auto text = "kerja_sama@" + std::to_string(given.second.version) + "=5";
    const auto changed = with_change(state, rules(), setting(text.c_str()));
    ASSERT_TRUE(changed) << changed.error().message;
    EXPECT_EQ(changed->feedback.at(given.first).ratings.front().value, "5");
    EXPECT_EQ(changed->review, state.review);
    const auto self = std::to_string(state.self_assessment->versions.front());
    const auto own = with_change(state, rules(), setting(("kerja_sama@" + self + "=2").c_str()));
    ASSERT_TRUE(own);
    EXPECT_NE(own->self_assessment, state.self_assessment);
}

TEST(WhatIf, refuses_what_is_not_there_and_says_what_is) {
    const auto state = with_peers();
    const auto message = [&](const Change& change) {
        const auto changed = with_change(state, rules(), change);
        return changed ? std::string() : changed.error().message;
    };
    EXPECT_NE(message(without("tetangga")).find("it has capaian, self"), std::string::npos);
    EXPECT_NE(message(setting("kerja_sama=9")).find("1 to 5"), std::string::npos)
        << message(setting("kerja_sama=9"));
    EXPECT_NE(message(setting("lain=3")).find("there is no criterion"), std::string::npos);
    EXPECT_NE(message(setting("kerja_sama@999=3")).find("event 999"), std::string::npos);
    EXPECT_NE(message(setting("lain:realisasi=3")).find("no item"), std::string::npos);
    Change rater;
    rater.kind = Change::Kind::without_rater;
    rater.rater = "ff";
    EXPECT_NE(message(rater).find("no rater"), std::string::npos);
    for (const char* text : {"", "=", "kerja_sama", "=4", "a@=3", "a@0=3", "a@x=3", "a="}) {
        EXPECT_FALSE(parse_setting(text)) << text;
    }
}

TEST(LeaveOneOut, is_for_each_rater_what_taking_him_out_gives) {
    const auto state = with_peers();
    const auto left_out = leave_one_out(state, rules());
    ASSERT_EQ(left_out.size(), 5U);
    for (const auto& each : left_out) {
        Change change;
        change.kind = Change::Kind::without_rater;
        change.rater = to_hex(each.rater);
        const auto without_him = with_change(state, rules(), change);
        ASSERT_TRUE(without_him);
        EXPECT_EQ(each.score, scoring::score(rules(), scoring_inputs(*without_him, rules())));
    }
}

TEST(Differences, name_what_two_states_differ_in_and_no_single_rater) {
    const auto before = folded(planned().events());
    const auto after = with_peers();
    std::map<std::string, Difference> found;
    for (const auto& each : differences(before, after, rules()))
        found[each.what] = each;
    EXPECT_EQ(found.at("phase").after, "feedback");
    EXPECT_EQ(found.at("review.kerja_sama").after, "4");
    EXPECT_EQ(found.at("peer.komunikasi").after, "20 by 5");
    EXPECT_EQ(found.count("policy"), 0U);
    auto one_rater = before;
    one_rater.feedback = {*after.feedback.begin()};
    for (const auto& each : differences(before, one_rater, rules())) {
        EXPECT_EQ(each.after, "fewer than 2 raters") << each.what;
    }
    EXPECT_TRUE(differences(after, after, rules()).empty());
}

}  // namespace
}  // namespace jejak::appraisal
