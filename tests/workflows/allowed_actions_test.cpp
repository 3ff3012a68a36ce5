// What a front end offers somebody: the same table that decide asks.
#include "workflows/appraisal/allowed_actions.hpp"

#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

// The commands that she may give, in the order of the table.
std::string offered(const std::vector<Event>& history, PersonId person,
                    const std::vector<std::string>& offices = {}) {
    std::string all;
    for (const auto& action : allowed_actions(folded(history), person, offices)) {
        if (action.reason.empty()) all += (all.empty() ? "" : " ") + std::string(action.command);
        EXPECT_EQ(action.reason.empty(), action.rule.empty());
    }
    return all;
}

TEST(AllowedActions, follow_from_what_somebody_is_to_the_appraisal_and_from_its_phase) {
    EXPECT_EQ(offered(planned(), subject),
              "record_progress attach_evidence note_dialogue submit_self_assessment");
    EXPECT_EQ(offered(self_assessed(), supervisor),
              "attach_evidence note_dialogue return_for_revision submit_review open_feedback "
              "invite_rater");
    EXPECT_EQ(offered(finalised(), subject), "acknowledge_result file_objection");
    EXPECT_EQ(offered(answered(), superior), "decide_objection recuse_member");
    EXPECT_EQ(offered(answered(panelled).act(a_panel(), an_administrator), new_superior),
              "decide_objection recuse_member");
    EXPECT_EQ(offered(finalised(), stranger), "");
}

TEST(AllowedActions, of_an_office_are_for_whoever_holds_it_and_not_for_the_subject) {
    EXPECT_EQ(offered(finalised(), administrator, {"administrator"}),
              "deliver_result propose_correction correct_result annul_result");
    EXPECT_EQ(offered(finalised(), administrator), "");
    EXPECT_EQ(offered(finalised(), subject, {"administrator"}),
              "acknowledge_result file_objection");
}

TEST(AllowedActions, of_a_rater_are_for_whoever_was_invited) {
    EXPECT_EQ(offered(feedback_opened(), rater_person(1)), "give_feedback");
    EXPECT_EQ(offered(feedback_opened(), rater_person(3)), "");
}

TEST(AllowedActions, name_the_same_role_when_one_command_is_asked_for) {
    const Appraisal now = folded(finalised());
    for (const auto& action : allowed_actions(now, administrator, {"administrator"})) {
        EXPECT_EQ(role_of(now, administrator, {"administrator"}, action.command), action.role)
            << action.command;
    }
    EXPECT_EQ(role_of(now, subject, {}, "no_such_command"), "");
}

}  // namespace
}  // namespace jejak::appraisal
