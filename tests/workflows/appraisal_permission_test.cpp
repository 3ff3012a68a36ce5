#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/spec.hpp"

// Who may do what and when, written down a second time from the regulation and the issue, and
// compared with what decide answers for every command, role, person and phase.
namespace jejak::appraisal {
namespace {

using namespace specs;
using P = Phase;
using Words = std::vector<std::string_view>;
using Phases = std::vector<Phase>;

struct Row {
    std::string_view name;
    Command command;
    std::vector<Event> history;  // in which the right person may give it
    Words roles;
    Phases phases;
    std::string office_rule = {};  // what an office is told although its role may do it elsewhere
};

const Phases while_open = {P::draft, P::self_assessed, P::supervisor_reviewed, P::feedback};
const Phases before_gate = {P::draft, P::self_assessed, P::supervisor_reviewed};

constexpr std::string_view employee = "employee";
constexpr std::string_view boss = "supervisor";
constexpr std::string_view chief = "superior";
constexpr std::string_view office = "administrator";
constexpr std::string_view import = "registrar";

std::vector<Row> stage_rows() {
    const Personal why = words("alasan");
    const std::string hash(64, 'a');
    return {
        {"open_appraisal", open_under(), {}, {office, import}, {P::unopened}},
        {"agree_plan", a_plan(), opened(), {boss, import}, {P::draft}},
        {"record_progress",
         RecordProgress{{{"imunisasi", "80", {}}}},
         planned(),
         {employee},
         before_gate},
        {"attach_evidence",
         AttachEvidence{"imunisasi", why, hash, why},
         planned(),
         {employee, boss},
         {P::draft, P::self_assessed, P::supervisor_reviewed, P::feedback, P::disputed}},
        {"note_dialogue", NoteDialogue{why}, planned(), {employee, boss}, while_open},
        {"submit_self_assessment", self_assessment(), planned(), {employee}, {P::draft}},
        {"return_for_revision",
         ReturnForRevision{why},
         self_assessed(),
         {boss},
         {P::self_assessed}},
        {"submit_review", a_review(), self_assessed(), {boss}, {P::self_assessed}},
        {"return_review", ReturnReview{why}, reviewed(), {chief}, {P::supervisor_reviewed}},
        {"waive_stage", waive("self_assessment"), planned(), {office, import}, {P::draft}},
        {"waive_stage", waive("review"), self_assessed(), {office, import}, {P::self_assessed}},
        {"waive_stage", waive("feedback"), reviewed(), {office, import}, {P::supervisor_reviewed}},
        {"reassign_supervisor", reassign(), planned(), {office}, while_open},
        {"cancel_appraisal", CancelAppraisal{why}, planned(), {office}, while_open},
    };
}

// An objection whose reply was due yesterday.
std::vector<Event> overdue() {
    std::vector<Event> events = disputed(clocked).events();
    std::get<ObjectionFiled>(events.back()).reply_due_at = day(-1);
    return events;
}

// Nobody of `everybody` sits on it.
AssignPanel panel_of_others() {
    auto panel = a_panel();
    panel.members[0] = person(10);
    return panel;
}

// Somebody whom no other test meets proposed it.
std::vector<Event> with_a_correction() {
    return finalised().act(a_correction(), as("registrar", person(10)));
}

std::vector<Row> later_rows() {
    const Personal why = words("alasan");
    return {
        {"open_feedback", OpenFeedback{}, reviewed(), {boss, office, import}, before_gate},
        {"invite_rater",
         InviteRater{rater_person(8), "peer"},
         planned(),
         {boss, office},
         before_gate},
        {"record_source", aggregate(), planned(), {office, import}, before_gate},
        {"record_survey", survey(), planned(), {office, import}, before_gate},
        {"carry_score", carry(), planned(), {office, import}, while_open},
        {"close_feedback",
         CloseFeedback{},
         feedback_opened(),
         {boss, office, import},
         {P::supervisor_reviewed}},
        {"confirm_review", ConfirmReview{}, feedback_closed(), {boss}, {P::feedback}},
        {"revise_review",
         ReviseReview{{{"komunikasi", "4", {}}}, why},
         feedback_closed(),
         {boss},
         {P::feedback}},
        {"finalise", Finalise{}, weighed(), {boss, office, import}, {P::feedback}, "not_permitted"},
        {"finalise",
         Finalise{},
         self_assessed()
             .act(waive("review"), an_administrator)
             .act(waive("feedback"), an_administrator),
         {boss, office, import},
         {P::feedback}},
        {"acknowledge_result", AcknowledgeResult{}, finalised(), {employee}, {P::finalised}},
        {"file_objection", objection(), finalised(), {employee}, {P::finalised}},
        {"answer_objection", AnswerObjection{why}, disputed(), {boss}, {P::disputed}},
        {"withdraw_objection", WithdrawObjection{why}, disputed(), {employee}, {P::disputed}},
        {"decide_objection", decision("upheld"), answered(), {chief}, {P::disputed}},
        {"decide_objection", decision("changed"), answered(), {chief}, {P::disputed}},
        {"deliver_result",
         DeliverResult{"paper", "2026-01-05", std::string(64, 'a'), why},
         finalised(),
         {office, import},
         {P::finalised}},
        {"assign_decider",
         AssignDecider{new_superior, "conflict", "ST 1", {}},
         disputed(),
         {office},
         {P::disputed}},
        {"pass_deadline", PassDeadline{"reply"}, overdue(), {office, import}, {P::disputed}},
        {"assign_panel", panel_of_others(), disputed(panelled), {office}, {P::disputed}},
        {"recuse_member",
         RecuseMember{why},
         disputed(panelled).act(a_panel(), an_administrator),
         {chief},
         {P::disputed}},
        {"propose_correction", a_correction(), finalised(), {office, import}, {P::finalised}},
        {"correct_result", CorrectResult{13}, with_a_correction(), {office}, {P::finalised}},
        {"annul_result", annulment("draft"), finalised(), {office}, {P::finalised, P::disputed}},
        {"change_policy",
         ChangePolicy{std::string(clocked), "SE 2"},
         planned(),
         {office},
         {P::draft, P::self_assessed}},
    };
}

std::vector<Row> rows() {
    auto all = stage_rows();
    for (Row& row : later_rows())
        all.push_back(std::move(row));
    return all;
}

const Words every_role = {"employee",    "supervisor", "superior",      "peer",
                          "subordinate", "community",  "administrator", "registrar",
                          "system",      "",           "Supervisor"};
const std::vector<PersonId> everybody = {subject,   supervisor,      superior, administrator,
                                         registrar, rater_person(1), stranger};

std::string expected_rule(const Row& row, std::string_view role, PersonId who) {
    if (std::find(row.roles.begin(), row.roles.end(), role) == row.roles.end()) {
        return "not_permitted";
    }
    if (role == employee) return who == subject ? "" : "not_the_employee";
    if (role == boss) return who == supervisor ? "" : "not_the_supervisor";
    if (role == chief) return who == superior ? "" : "not_the_superior";
    if (who == supervisor && row.phases == Phases{P::disputed}) return "not_permitted";
    return who == subject ? "own_appraisal" : row.office_rule;
}

TEST(Permission, has_a_row_for_each_of_the_36_commands) {
    std::vector<bool> met(std::variant_size_v<Command>, false);
    for (const Row& row : rows()) {
        met[row.command.index()] = true;
        std::visit([&](const auto& c) { EXPECT_EQ(c.command_name, row.name); }, row.command);
    }
    met[Command(GiveFeedback{}).index()] = true;  // below: raters act under handles
    EXPECT_EQ(std::count(met.begin(), met.end(), false), 0);
    EXPECT_EQ(met.size(), 36U);
}

TEST(Permission, is_a_rule_on_role_and_relation_for_every_command) {
    for (const Row& row : rows()) {
        const Given there = given(row.history);
        for (const auto role : every_role) {
            for (const PersonId who : everybody) {
                const auto answer = there.when(row.command, as(role, who));
                EXPECT_EQ(answer.rule(), expected_rule(row, role, who))
                    << row.name << " by the role \"" << role << "\" as person "
                    << to_hex(who).substr(30) << ": " << answer.message();
            }
        }
    }
}

TEST(Permission, of_giving_feedback_is_a_rule_on_role_source_and_relation) {
    const std::vector<Event> history = feedback_opened();
    for (const std::string_view source : {"peer", "subordinate", "community"}) {
        for (const auto role : every_role) {
            for (const PersonId who : everybody) {
                std::string expected = role == source ? "" : "not_permitted";
                if (role == source && who == subject) expected = "own_appraisal";
                if (role == source && who == supervisor) expected = "supervisor_reviews";
                const auto answer =
                    given(history).when(feedback(who, source, "4", "4"), as_rater(role, who));
                EXPECT_EQ(answer.rule(), expected)
                    << "source " << source << ", role \"" << role << "\", person "
                    << to_hex(who).substr(30) << ": " << answer.message();
            }
        }
    }
}

TEST(Permission, is_a_rule_on_phase_for_every_command) {
    auto all = rows();
    all.push_back(
        {"give_feedback", feedback(rater_person(8), "peer", "4", "4"), {}, {"peer"}, before_gate});
    for (const Row& row : all) {
        for (std::size_t p = 0; p < phase_count; ++p) {
            const auto phase = static_cast<Phase>(p);
            const auto role = row.roles.front();
            const PersonId who = role == employee ? subject
                                 : role == boss   ? supervisor
                                 : role == chief  ? superior
                                                  : administrator;
            const Actor actor = role == "peer" ? as_rater(role, rater_person(8)) : as(role, who);
            const auto answer = given(history_in(phase)).when(row.command, actor);
            const bool possible =
                std::find(row.phases.begin(), row.phases.end(), phase) != row.phases.end();
            if (possible) {
                EXPECT_NE(answer.rule(), "not_in_this_phase") << row.name << name_of(phase);
            } else {
                answer.then_rejected("not_in_this_phase");
                EXPECT_EQ(answer.rule(), "not_in_this_phase")
                    << row.name << " in phase " << name_of(phase);
            }
        }
    }
}

TEST(Permission, asks_for_the_phase_before_it_asks_for_the_person) {
    given(cancelled()).when(a_review(), as("peer", stranger)).then_rejected("not_in_this_phase");
}

// UU 27/2022 Pasal 10: what has effect for a person is done by a named person.
TEST(Permission, is_for_named_persons_only) {
    for (const Row& row : rows()) {
        for (const auto role : row.roles) {
            for (const auto kind : {Actor::Kind::system, Actor::Kind::handle}) {
                Actor nobody = as(role, PersonId{});
                nobody.kind = kind;
                EXPECT_NE(given(row.history).when(row.command, nobody).rule(), "")
                    << row.name << " by the role " << role << " without a person";
            }
        }
    }
}

TEST(Permission, is_not_found_in_a_supervisor_who_is_not_on_record) {
    OpenAppraisal vacant = open_under();
    vacant.supervisor = PersonId{};
    vacant.superior = PersonId{};
    const auto history = Life().act(vacant, a_registrar);
    for (const auto kind : {Actor::Kind::system, Actor::Kind::handle, Actor::Kind::person}) {
        Actor nobody = as("supervisor", PersonId{});
        nobody.kind = kind;
        const auto answer = given(history).when(a_plan(), nobody);
        EXPECT_NE(answer.rule(), "") << "nobody is taken for the supervisor that is missing";
    }
    given(history).when(a_plan(), the_supervisor).then_rejected("not_the_supervisor");
}

// PP 30/2019 Pasal 59: he is heard, and that is all.
TEST(Permission, of_an_office_is_not_for_whoever_rated_while_the_objection_is_open) {
    const Actor by_office = as(office, supervisor);
    given(finalised()).when(annulment("draft"), by_office).then_accepted();
    given(disputed()).when(annulment("draft"), by_office).then_rejected("not_permitted");
    // Also when he is the supervisor no more, and somebody else confirmed what he rated.
    auto life = feedback_closed();
    life.act(reassign(), an_administrator)
        .act(ConfirmReview{}, as(boss, new_supervisor))
        .act(Finalise{}, as(boss, new_supervisor))
        .act(objection(), the_employee);
    const AssignDecider named{person(10), "conflict", "ST 1", {}};
    given(life).when(named, by_office).then_rejected("not_permitted");
    given(life).when(named, as(office, new_supervisor)).then_rejected("not_permitted");
    given(life).when(named, an_administrator).then_accepted();
}

TEST(Permission, to_act_on_behalf_of_someone_is_for_offices) {
    const auto for_another = [](Actor actor) {
        actor.on_behalf_of = stranger;
        return actor;
    };
    given(planned())
        .when(NoteDialogue{words("catatan")}, for_another(the_employee))
        .then_rejected("on_behalf_needs_an_office");
    given(planned())
        .when(NoteDialogue{words("catatan")}, for_another(the_supervisor))
        .then_rejected("on_behalf_needs_an_office");
    given(reviewed())
        .when(ReturnReview{words("alasan")}, for_another(the_superior))
        .then_rejected("on_behalf_needs_an_office");
    given(feedback_opened())
        .when(feedback(rater_person(1), "peer", "4", "4"),
              for_another(as_rater("peer", rater_person(1))))
        .then_rejected("on_behalf_needs_an_office");
    given(planned()).when(reassign(), for_another(an_administrator)).then_accepted();
    given(planned()).when(aggregate(), for_another(a_registrar)).then_accepted();
}

}  // namespace
}  // namespace jejak::appraisal
