// What the records of the organisation say about whoever acts, on the day on which she acts.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"
#include "tests/workflows/records.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;
using namespace organisation;

struct Standing {
    Records records;
    std::vector<Event> history = self_assessed();
    Command command = a_review();
    Actor actor = the_supervisor;
    const char* now = "2026-06-15T08:00:00+07:00";
    std::string policy{specs::lenient};
    std::string unit = "seksi", post, mandate;

    [[nodiscard]] Decision<Event> answer() const {
        Appraisal state;
        for (const auto& event : history)
            evolve(state, event);
        state.policy = policy;
        state.unit = unit;
        if (!post.empty()) state.post = post;
        state.supervisor_post = mandate;
        return records.decide<AppraisalDecider>(state, command, actor, *parse_instant(now));
    }
    [[nodiscard]] std::string rule() const { return rule_of(answer()); }
};

TEST(Mandate, ends_with_its_last_day_in_the_zone_of_the_unit) {
    Standing asked;
    asked.mandate = "kasi";
    asked.records.unit("seksi", "dinas")
        .unit("dinas", "", "WIT")
        .say(stream_of_post("kasi"),
             PostHeld{"kasi", supervisor, "plt", "2026-01-01", "2026-06-15", "SK"});
    asked.now = "2026-06-15T21:59:00+07:00";  // 23:59 in Jayapura
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-06-15T22:01:00+07:00";  // the day after, there
    EXPECT_EQ(asked.rule(), "no_mandate");
}

TEST(Mandate, of_a_team_is_that_of_its_lead) {
    Standing asked;
    asked.mandate = "team:imunisasi";
    EXPECT_EQ(asked.rule(), "no_mandate");
    asked.records.say(
        stream_of_team("imunisasi"),
        TeamPlaced{"imunisasi", "Tim", "dinas", supervisor, "2026-02-01", "2026-11-30", "ST"});
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-12-01T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "no_mandate");
    // Her own post has nothing to do with it.
    asked.now = "2026-06-15T08:00:00+07:00";
    asked.records
        .say(stream_of_post("kasi"),
             PostHeld{"kasi", supervisor, "definitive", "2026-03-01", "", "SK"})
        .moved(supervisor, {"kasi"});
    EXPECT_EQ(asked.rule(), "");
}

TEST(Mandate, ends_on_the_day_on_which_its_definitive_holder_takes_another_post) {
    Standing asked;
    asked.mandate = "kasi";
    const auto held = [](const char* post, const char* kind, const char* from) {
        return PostHeld{post, supervisor, kind, from, "", "SK"};
    };
    asked.records.say(stream_of_post("kasi"), held("kasi", "definitive", "2020-01-01"))
        .say(stream_of_post("kabid"), held("kabid", "definitive", "2026-06-15"))
        .say(stream_of_post("sekdin"), held("sekdin", "definitive", "2026-09-01"))
        .moved(supervisor, {"kasi", "kabid", "sekdin"});  // nobody succeeded her as kasi
    EXPECT_EQ(asked.rule(), "no_mandate");
    asked.now = "2026-06-14T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-10-01T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "no_mandate");
    asked.mandate = "sekdin";
    EXPECT_EQ(asked.rule(), "");
}

TEST(Mandate, of_a_plt_is_good_beside_a_post_of_her_own) {
    Standing asked;
    asked.mandate = "kasi";
    const auto post = stream_of_post("kasi");
    asked.records.say(post, PostHeld{"kasi", supervisor, "definitive", "2020-01-01", "", "SK"})
        .say(post, PostHeld{"kasi", supervisor, "plt", "2026-06-01", "2026-06-30", "SK"})
        .say(stream_of_post("kabid"),
             PostHeld{"kabid", supervisor, "definitive", "2026-06-01", "", "SK"})
        .moved(supervisor, {"kasi", "kabid"});
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-07-01T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "no_mandate");
}

TEST(Mandate, passes_to_the_delegate_for_as_long_as_it_is_delegated) {
    Standing asked;
    asked.mandate = "kasi";
    const auto post = stream_of_post("kasi");
    asked.records.say(post, PostHeld{"kasi", supervisor, "definitive", "2020-01-01", "", ""})
        .say(post, PostHeld{"kasi", new_supervisor, "delegate", "2026-06-01", "2026-06-30", "SP"});
    EXPECT_EQ(asked.rule(), "no_mandate");
    asked.now = "2026-07-01T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "");
}

TEST(Attestation, is_asked_of_the_supervisor_before_she_reviews) {
    Standing asked;
    asked.policy = demanding;
    EXPECT_EQ(asked.rule(), "attestation_missing");
    asked.records.say(stream_of_person(supervisor),
                      PersonAttested{supervisor, "rater_trained", "2024-06-16", "2026-06-15", ""});
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-06-16T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "attestation_missing");
}

TEST(Attestation, is_asked_of_the_employee_before_she_assesses_herself) {
    Standing asked;
    asked.policy = demanding;
    asked.history = planned();
    asked.command = self_assessment();
    asked.actor = the_employee;
    EXPECT_EQ(asked.rule(), "attestation_missing");
    asked.records.say(stream_of_person(subject),
                      PersonAttested{subject, "staff_briefed", "2026-01-10", "", ""});
    EXPECT_EQ(asked.rule(), "");
}

TEST(DeclaredRelation, keeps_the_two_apart_whoever_declared_it) {
    for (const bool by_employee : {true, false}) {
        const auto first = by_employee ? subject : supervisor;
        const auto second = by_employee ? supervisor : subject;
        Standing asked;
        asked.policy = demanding;
        asked.records
            .say(stream_of_person(supervisor),
                 PersonAttested{supervisor, "rater_trained", "2024-06-16", "", ""})
            .say(stream_of_person(first),
                 RelationDeclared{first, second, "family", "2020-01-01", "2026-06-30"});
        EXPECT_EQ(asked.rule(), "declared_relation") << by_employee;
        asked.now = "2026-07-01T08:00:00+07:00";
        EXPECT_EQ(asked.rule(), "") << by_employee;
        asked.policy = lenient;  // does not ask
        asked.now = "2026-06-15T08:00:00+07:00";
        EXPECT_EQ(asked.rule(), "") << by_employee;
    }
}

TEST(OrganisationPredicate, of_the_unit_or_of_one_above_comes_before_anybody_is_finalised) {
    Standing asked;
    asked.policy = demanding;
    asked.history = weighed();
    asked.command = Finalise{};
    asked.records.unit("seksi", "bidang").unit("bidang", "dinas").unit("dinas", "");
    EXPECT_EQ(asked.rule(), "organisation_predicate_missing");
    asked.records.predicate("dinas", "2024", "baik");  // another period
    EXPECT_EQ(asked.rule(), "organisation_predicate_missing");
    asked.records.predicate("dinas", "2025", "baik");
    EXPECT_EQ(asked.rule(), "");
    asked.unit = "seksi-lain";  // stands nowhere
    EXPECT_EQ(asked.rule(), "organisation_predicate_missing");
}

TEST(Office, that_was_granted_for_a_unit_reaches_there_and_below_only) {
    Standing asked;
    asked.actor = an_administrator;
    asked.command = waive("review");
    EXPECT_EQ(asked.rule(), "");  // never granted: the channel decides
    asked.records.unit("seksi", "dinas")
        .unit("dinas", "")
        .unit("dinas-lain", "")
        .say(stream_of_person(administrator), RoleGranted{administrator, "administrator", "dinas",
                                                          "2026-01-01", "2026-12-31", "SK"});
    EXPECT_EQ(asked.rule(), "");
    asked.unit = "dinas-lain";
    EXPECT_EQ(asked.rule(), "outside_scope");
    asked.unit = "tidak-tercatat";
    EXPECT_EQ(asked.rule(), "outside_scope");
    asked.unit = "seksi";
    asked.now = "2027-01-01T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "outside_scope");
    asked.actor = a_registrar;  // another office, another person
    EXPECT_EQ(asked.rule(), "");
}

TEST(Office, reaches_to_the_appraisals_that_are_opened) {
    Standing asked;
    asked.history = {};
    asked.actor = an_administrator;
    asked.records.unit("dinas", "")
        .unit("dinkes", "dinas")
        .say(stream_of_person(administrator),
             RoleGranted{administrator, "administrator", "dinas", "2026-01-01", "", "SK"});
    auto open = open_under(lenient);
    open.unit = "dinkes";
    asked.command = open;
    EXPECT_EQ(asked.rule(), "");
    open.unit = "dispenda";
    asked.command = open;
    EXPECT_EQ(asked.rule(), "outside_scope");
}

TEST(Employment, is_asked_where_the_policy_is_for_some_only) {
    Standing asked;
    asked.history = {};
    asked.actor = an_administrator;
    const auto open = open_under(demanding);
    asked.command = open;
    EXPECT_EQ(asked.rule(), "");  // nobody said as what she is employed
    asked.records.say(stream_of_person(subject),
                      PersonEmployed{subject, "pppk", "", "2024-03-01", "SK"});
    EXPECT_EQ(asked.rule(), "status_not_covered");
    asked.records.say(stream_of_person(subject),
                      PersonEmployed{subject, "pns", "", "2026-01-01", "SK"});
    EXPECT_EQ(asked.rule(), "");
}

TEST(Extension, lets_raters_speak_until_the_end_of_its_last_day) {
    Standing asked;
    asked.history = feedback_opened();
    asked.command = feedback(rater_person(1), "peer", "4", "4");
    asked.actor = as_rater(roles::peer, rater_person(1));
    asked.now = "2026-06-15T08:00:00+07:00";
    EXPECT_EQ(asked.rule(), "feedback_window_closed");
    asked.records.unit("seksi", "dinas")
        .unit("dinas", "", "WITA")
        .say(stream_of_extensions(),
             DeadlineExtended{"dinas", {}, "2025", "", "feedback", "2026-06-15", "SE 1"});
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-06-15T22:59:00+07:00";  // 23:59 in Makassar
    EXPECT_EQ(asked.rule(), "");
    asked.now = "2026-06-15T23:00:00+07:00";
    EXPECT_EQ(asked.rule(), "feedback_window_closed");
}

TEST(WorkingDays, are_counted_by_the_calendar_that_the_policy_names) {
    Standing asked;
    asked.policy = demanding;  // 10 working days for the review
    asked.history = planned();
    asked.command = self_assessment();
    asked.actor = the_employee;
    asked.records
        .say(stream_of_person(subject),
             PersonAttested{subject, "staff_briefed", "2026-01-10", "", ""})
        .say(stream_of_calendar("nasional"),
             HolidayDeclared{"nasional", "2026-06-17", "2026-06-18", "Cuti bersama", "SKB"});
    asked.now = "2026-06-15T08:00:00+07:00";  // a Monday
    const auto given = asked.answer();
    ASSERT_EQ(rule_of(given), "");
    const auto& submitted =
        std::get<SelfAssessmentSubmitted>(std::get<Accepted<Event>>(given).events.at(0));
    // 16, 19, 22–26, 29, 30 June and 1 July: two holidays and two week-ends are passed over.
    EXPECT_EQ(to_text(submitted.review_due_at), "2026-07-01T01:00:00Z");
}

TEST(UnitsResult, is_taken_over_by_whoever_leads_the_unit) {
    Standing asked;
    asked.policy = "permen6-2022-pimpinan";
    asked.actor = an_administrator;
    asked.post = "kadis";
    asked.unit = "dinas";
    asked.command = CarryScore{"organisasi", "", "dinas"};
    EXPECT_EQ(asked.rule(), "not_the_head");
    asked.records.unit("dinas", "")
        .say(stream_of_post("kadis"),
             PostPlaced{"kadis", "dinas", "Kepala Dinas", "", "", true, "2020-01-01", "", {}});
    EXPECT_EQ(asked.rule(), "organisation_predicate_missing");
    asked.records.predicate("dinas", "2025", "istimewa");
    const auto given = asked.answer();
    ASSERT_EQ(rule_of(given), "");
    const auto& carried = std::get<ScoreCarriedIn>(std::get<Accepted<Event>>(given).events.at(0));
    EXPECT_EQ(carried.unit, "dinas");
    EXPECT_EQ(carried.score, "3");
    EXPECT_EQ(carried.predicate, "istimewa");
    asked.command = CarryScore{"organisasi", "lain", "dinas"};
    EXPECT_EQ(asked.rule(), "carry_not_valid");
    EXPECT_EQ(ScoreCarriedIn::upcast(ScoreCarriedInV1{}).unit, "");
}

}  // namespace
}  // namespace jejak::appraisal
