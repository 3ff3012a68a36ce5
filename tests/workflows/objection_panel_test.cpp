// Where the policy lets a panel (majelis) decide: who sits on it, and when it has decided.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

Actor member(PersonId who) {
    return as(roles::superior, who);
}
Life assigned() {
    return answered(panelled).act(a_panel(), an_administrator);
}
DecideObjection raised(const char* value) {
    auto vote = decision("changed");
    vote.ratings = {{"komunikasi", value, {}}};
    return vote;
}

TEST(Panel, decides_where_the_policy_says_so_and_the_superior_alone_does_not) {
    given(answered(panelled))
        .when(decision("upheld"), the_superior)
        .then_rejected("not_the_decider");
    given(answered(panelled))
        .when(AssignDecider{new_superior, "vacancy", "ST", {}}, an_administrator)
        .then_rejected("no_decider");
    given(answered(clocked)).when(a_panel(), an_administrator).then_rejected("no_panel");
}

TEST(Panel, has_as_many_members_as_the_policy_says_and_none_of_them_is_a_party) {
    const auto refused = [](std::vector<PersonId> members, const char* rule) {
        AssignPanel panel{std::move(members), "SK", {}};
        for (const PersonId each : panel.members)
            panel.as_raters.push_back(handle_of(each));
        given(answered(panelled)).when(panel, an_administrator).then_rejected(rule);
    };
    refused({superior, new_superior}, "panel_incomplete");
    refused({superior, superior, new_superior}, "panel_incomplete");
    refused({superior, new_superior, subject}, "not_permitted");
    refused({superior, new_superior, supervisor}, "not_permitted");
    refused({superior, new_superior, rater_person(1)}, "not_permitted");
    refused({superior, new_superior, administrator}, "own_record");
    refused({superior, new_superior, PersonId{}}, "person_missing");
    auto unnamed = a_panel();
    unnamed.letter = "";
    given(answered(panelled)).when(unnamed, an_administrator).then_rejected("letter_missing");
}

TEST(Panel, has_decided_when_more_than_half_of_it_voted_the_same) {
    auto life = assigned();
    life.act(decision("upheld"), the_superior);
    EXPECT_EQ(folded(life).phase, Phase::disputed);
    life.act(raised("5"), member(new_superior));
    EXPECT_EQ(folded(life).phase, Phase::disputed) << "one against one";
    const auto last = given(life).when(raised("5"), member(new_supervisor));
    EXPECT_EQ(last.only<VoteCast>().member, new_supervisor);
    EXPECT_EQ(last.only<ResultChanged>().ratings[0].value, "5");
    life.act(raised("5"), member(new_supervisor));
    EXPECT_EQ(folded(life).phase, Phase::finalised);
    given(life).when(objection(), the_employee).then_rejected("objection_is_final");
}

TEST(Panel, has_not_decided_when_the_corrected_ratings_differ_and_a_vote_may_be_changed) {
    auto life = assigned();
    life.act(raised("5"), the_superior).act(raised("4"), member(new_superior));
    EXPECT_EQ(folded(life).phase, Phase::disputed);
    life.act(raised("4"), the_superior);
    EXPECT_EQ(folded(life).phase, Phase::finalised);
    EXPECT_EQ(folded(life).votes.size(), 2U);
}

TEST(Panel, of_whom_a_member_stepped_back_decides_by_those_who_are_left) {
    auto life = assigned();
    life.act(RecuseMember{words("kerabat")}, member(new_supervisor));
    given(life).when(decision("upheld"), member(new_supervisor)).then_rejected("not_the_superior");
    life.act(decision("upheld"), the_superior);
    EXPECT_EQ(folded(life).phase, Phase::disputed);
    life.act(RecuseMember{words("sakit")}, member(new_superior));
    EXPECT_EQ(folded(life).phase, Phase::disputed) << "one voice is less than the quorum";
    life.act(a_panel(), an_administrator);
    EXPECT_TRUE(folded(life).votes.empty()) << "a new panel votes anew";
}

TEST(Panel, has_decided_as_its_majority_wants_whoever_votes_last_or_steps_back) {
    auto life = assigned();
    life.act(decision("upheld"), the_superior)
        .act(RecuseMember{words("sakit")}, member(new_superior));
    EXPECT_EQ(folded(life).phase, Phase::disputed) << "the quorum is two";
    auto four = assigned();
    four.act(raised("4"), the_superior).act(decision("upheld"), member(new_superior));
    // One of one against one steps back; one voice is left, and that is no quorum.
    four.act(RecuseMember{words("kerabat")}, member(new_supervisor));
    EXPECT_EQ(folded(four).phase, Phase::disputed);
    auto twice = raised("4");
    twice.ratings = {{"komunikasi", "4", {}}, {"kerja_sama", "5", {}}};
    auto turned = twice;
    std::swap(turned.ratings[0], turned.ratings[1]);
    auto same = assigned();
    same.act(twice, the_superior).act(turned, member(new_superior));
    EXPECT_EQ(folded(same).phase, Phase::finalised) << "in whatever order it is written";
}

TEST(Panel, hears_both_sides_first) {
    auto life = disputed(panelled);
    life.act(a_panel(), an_administrator);
    given(life).when(decision("upheld"), the_superior).then_rejected("explanation_missing");
    given(life).when(RecuseMember{}, the_superior).then_rejected("reason_missing");
}

TEST(Panel, is_given_up_by_a_withdrawal_and_by_its_clock) {
    auto life = assigned();
    life.after(22).act(PassDeadline{"decision"}, an_administrator);
    EXPECT_EQ(folded(life).phase, Phase::finalised);
    auto withdrawn = assigned();
    withdrawn.act(WithdrawObjection{words("cukup")}, the_employee).act(objection(), the_employee);
    EXPECT_TRUE(folded(withdrawn).panel.empty()) << "a new objection is for a new panel";
}

}  // namespace
}  // namespace jejak::appraisal
