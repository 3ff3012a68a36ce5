// Every path of an objection, from receipt to the end, as a table of acts; what each act led to
// stands in golden/objection_paths.md, to be read by somebody who knows PP 30/2019 Pasal 59.
#include <gtest/gtest.h>

#include <set>

#include "tests/workflows/golden.hpp"
#include "tests/workflows/lives.hpp"
#include "tests/workflows/records.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

struct Act {
    const char* at;
    Actor by;
    Command command;
};
struct Path {
    std::string name;
    std::string_view policy;
    Records records;
    std::vector<Act> acts;
};

DeliverResult delivery(const char* way, const char* day) {
    return {way, day, std::string(64, 'a'), words("Kasubbag Umum")};
}
Actor the_clock() {
    Actor clock;
    clock.role = system_role;
    return clock;
}
Actor panellist(PersonId who) {
    return as(roles::superior, who);
}
DecideObjection decision_by_rater() {
    auto decide = decision("upheld");
    decide.as_rater = handle_of(rater_person(1));
    return decide;
}
ReassignSupervisor the_rater_rises() {
    auto up = reassign();
    up.superior = supervisor;
    return up;
}
const AnswerObjection answer{words("angka dari laporan")};
const PassDeadline reply_passed{"reply"}, decision_passed{"decision"};

// Acts that begin a path: received on 10 January, contested on the 12th, answered on the 15th.
std::vector<Act> heard(std::vector<Act> then) {
    std::vector<Act> acts = {
        {"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
        {"2026-01-12T08:00:00+07:00", the_employee, objection()},
        {"2026-01-15T08:00:00+07:00", the_supervisor, answer}};
    acts.insert(acts.end(), then.begin(), then.end());
    return acts;
}

Records extended() {
    Records records;
    records.say(
        organisation::stream_of_extensions(),
        organisation::DeadlineExtended{"", subject, "2025", "", "objection", "2026-01-31", "ST 7"});
    return records;
}
Records holidays() {
    Records records;
    const auto calendar = organisation::stream_of_calendar("nasional");
    records
        .say(calendar, organisation::HolidayDeclared{"nasional", "2026-08-17", "", "HUT RI", "SKB"})
        .say(calendar, organisation::HolidayDeclared{"nasional", "2026-08-25", "2026-08-26",
                                                     "Maulid, cuti bersama", "SKB"});
    return records;
}

std::vector<Path> in_time_and_late() {
    return {
        {"in time, the result stands, and a second objection is refused",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-24T23:59:59+07:00", the_employee, objection()},
          {"2026-02-02T08:00:00+07:00", the_supervisor, answer},
          {"2026-02-20T08:00:00+07:00", the_superior, decision("upheld")},
          {"2026-02-21T08:00:00+07:00", the_employee, objection()}}},
        {"in time, the result is changed",
         clocked,
         {},
         heard({{"2026-01-20T08:00:00+07:00", the_superior, decision("changed")},
                {"2026-01-21T08:00:00+07:00", the_employee, AcknowledgeResult{}},
                {"2026-01-22T08:00:00+07:00", the_employee, objection()}})},
        {"late by a second",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-25T00:00:00+07:00", the_employee, objection()}}},
        {"late, but the window was extended for her",
         clocked,
         extended(),
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-31T23:59:00+07:00", the_employee, objection()},
          {"2026-02-01T08:00:00+07:00", the_employee, WithdrawObjection{}},
          {"2026-02-01T09:00:00+07:00", the_employee, objection()}}},
        {"withdrawn, and filed again within the window",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-12T08:00:00+07:00", the_employee, objection()},
          {"2026-01-13T08:00:00+07:00", the_employee, WithdrawObjection{words("jelas")}},
          {"2026-01-14T08:00:00+07:00", the_employee, objection()},
          {"2026-01-15T08:00:00+07:00", the_supervisor, answer}}},
    };
}

std::vector<Path> where_somebody_is_silent() {
    return {
        {"no reply: it counts as heard once that is on record",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-12T08:00:00+07:00", the_employee, objection()},
          {"2026-01-20T08:00:00+07:00", the_superior, decision("upheld")},
          {"2026-01-26T23:59:59+07:00", the_clock(), reply_passed},
          {"2026-01-27T00:00:00+07:00", the_clock(), reply_passed},
          {"2026-01-27T00:01:00+07:00", the_clock(), reply_passed},
          {"2026-01-28T08:00:00+07:00", the_superior, decision("changed")}}},
        {"no decision: the result stands",
         clocked,
         {},
         heard({{"2026-02-05T23:59:59+07:00", the_clock(), decision_passed},
                {"2026-02-06T00:00:00+07:00", the_clock(), decision_passed},
                {"2026-02-06T00:01:00+07:00", the_clock(), decision_passed},
                {"2026-02-07T08:00:00+07:00", the_superior, decision("changed")}})},
        {"no decision: it goes to somebody else",
         escalating,
         {},
         heard({{"2026-02-06T00:00:00+07:00", the_clock(), decision_passed},
                {"2026-02-07T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-02-08T08:00:00+07:00", an_administrator,
                 AssignDecider{new_superior, "escalated", "ST 9", {}}},
                {"2026-02-09T08:00:00+07:00", panellist(new_superior), decision("changed")}})},
        {"no decision: the clock gives it to the next in the chain, and again",
         escalating,
         {},
         heard({{"2026-02-06T00:00:00+07:00", the_clock(), decision_passed},
                {"2026-02-06T00:01:00+07:00", the_clock(),
                 AssignDecider{supervisor, "escalated", "rantai jabatan: kasi", {}}},
                {"2026-02-06T00:01:00+07:00", the_clock(),
                 AssignDecider{new_superior, "escalated", "rantai jabatan: kadis", {}}},
                {"2026-02-28T00:00:00+07:00", the_clock(), decision_passed},
                {"2026-02-28T08:00:00+07:00", panellist(new_superior), decision("upheld")},
                {"2026-02-28T08:01:00+07:00", the_clock(),
                 AssignDecider{stranger, "escalated", "rantai jabatan: bupati", {}}},
                {"2026-03-02T08:00:00+07:00", panellist(stranger), decision("changed")}})},
        {"no decision: what was contested is granted",
         granting,
         {},
         heard({{"2026-02-06T00:00:00+07:00", the_clock(), decision_passed}})},
        {"down for a month: what is overdue is recorded late, with the time at which it was due",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, delivery("paper", "2026-01-10")},
          {"2026-01-12T08:00:00+07:00", the_employee, objection()},
          {"2026-03-01T08:00:00+07:00", the_clock(), reply_passed},
          {"2026-03-22T08:00:00+07:00", the_clock(), decision_passed},
          {"2026-03-23T08:00:00+07:00", the_clock(), decision_passed}}},
    };
}

std::vector<Path> who_decides() {
    return {
        {"decided by the wrong person of each kind",
         clocked,
         {},
         heard({{"2026-01-16T08:00:00+07:00", the_employee, decision("changed")},
                {"2026-01-16T08:01:00+07:00", panellist(subject), decision("changed")},
                {"2026-01-16T08:02:00+07:00", the_supervisor, decision("upheld")},
                {"2026-01-16T08:03:00+07:00", panellist(supervisor), decision("upheld")},
                {"2026-01-16T08:04:00+07:00", panellist(stranger), decision("upheld")},
                {"2026-01-16T08:05:00+07:00", an_administrator, decision("upheld")},
                {"2026-01-16T08:06:00+07:00", the_superior, decision_by_rater()},
                {"2026-01-16T08:07:00+07:00", the_clock(), decision("upheld")}})},
        {"rater and superior are in conflict: a named officer decides",
         clocked,
         {},
         heard({{"2026-01-16T08:00:00+07:00", an_administrator,
                 AssignDecider{supervisor, "conflict", "ST 1", {}}},
                {"2026-01-16T08:01:00+07:00", an_administrator,
                 AssignDecider{subject, "conflict", "ST 1", {}}},
                {"2026-01-16T08:02:00+07:00", an_administrator,
                 AssignDecider{rater_person(1), "conflict", "ST 1", handle_of(rater_person(1))}},
                {"2026-01-16T08:03:00+07:00", an_administrator,
                 AssignDecider{administrator, "conflict", "ST 1", {}}},
                {"2026-01-16T08:04:00+07:00", an_administrator,
                 AssignDecider{new_superior, "conflict", "ST 1", {}}},
                {"2026-01-17T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-01-17T08:01:00+07:00", panellist(new_superior), decision("upheld")}})},
        {"the superior rated before he became the superior: nobody decides until somebody is named",
         clocked,
         {},
         {{"2026-01-10T10:00:00+07:00", an_administrator, annulment("self_assessed")},
          {"2026-01-10T10:01:00+07:00", an_administrator, the_rater_rises()},
          {"2026-01-11T08:00:00+07:00", as(roles::supervisor, new_supervisor), a_review()},
          {"2026-01-11T09:00:00+07:00", as(roles::supervisor, new_supervisor), CloseFeedback{}},
          {"2026-01-11T09:01:00+07:00", as(roles::supervisor, new_supervisor), ConfirmReview{}},
          {"2026-01-11T10:00:00+07:00", as(roles::supervisor, new_supervisor), Finalise{}},
          {"2026-01-12T08:00:00+07:00", the_employee, objection()},
          {"2026-01-13T08:00:00+07:00", as(roles::supervisor, new_supervisor), answer},
          {"2026-01-14T08:00:00+07:00", panellist(supervisor), decision("upheld")},
          {"2026-01-15T08:00:00+07:00", an_administrator,
           AssignDecider{new_superior, "same_person", "ST 2", {}}},
          {"2026-01-16T08:00:00+07:00", panellist(new_superior), decision("upheld")}}},
        {"a panel, of which one member steps back",
         panelled,
         {},
         heard({{"2026-01-16T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-01-16T08:01:00+07:00", an_administrator, a_panel()},
                {"2026-01-17T08:00:00+07:00", panellist(new_supervisor),
                 RecuseMember{words("kerabat")}},
                {"2026-01-17T08:01:00+07:00", panellist(new_supervisor), decision("upheld")},
                {"2026-01-18T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-01-19T08:00:00+07:00", panellist(new_superior), decision("changed")},
                {"2026-01-20T08:00:00+07:00", the_superior, decision("changed")}})},
        {"a panel that does not agree in time",
         panelled,
         {},
         heard({{"2026-01-16T08:00:00+07:00", an_administrator, a_panel()},
                {"2026-01-17T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-01-18T08:00:00+07:00", panellist(new_superior), decision("changed")},
                {"2026-02-07T08:00:00+07:00", the_clock(), decision_passed}})},
        {"corrected after the decision: a new result may be contested",
         clocked,
         {},
         heard(
             {{"2026-01-16T08:00:00+07:00", the_superior, decision("upheld")},
              {"2026-01-17T08:00:00+07:00", a_registrar, a_correction()},
              {"2026-01-17T08:01:00+07:00", as(roles::administrator, registrar), CorrectResult{17}},
              {"2026-01-18T08:00:00+07:00", an_administrator, CorrectResult{17}},
              {"2026-01-20T08:00:00+07:00", the_employee, AcknowledgeResult{}},
              {"2026-02-03T08:00:00+07:00", the_employee, objection()}})},
        {"annulled in the middle of it: the wrong person had rated",
         clocked,
         {},
         heard({{"2026-01-16T08:00:00+07:00", an_administrator, annulment("self_assessed")},
                {"2026-01-17T08:00:00+07:00", the_superior, decision("upheld")},
                {"2026-01-18T08:00:00+07:00", an_administrator, reassign()},
                {"2026-01-19T08:00:00+07:00", as(roles::supervisor, new_supervisor), a_review()}})},
    };
}

std::vector<Path> across_the_calendar() {
    return {
        {"across the end of a month, sent by post",
         clocked,
         {},
         {{"2026-01-31T10:00:00+07:00", an_administrator, delivery("post", "2026-01-30")},
          {"2026-02-20T23:59:00+07:00", the_employee, objection()},
          {"2026-03-06T23:59:00+07:00", the_supervisor, answer}}},
        {"across the 29th of February",
         clocked,
         {},
         {{"2028-02-15T10:00:00+07:00", an_administrator, delivery("paper", "2028-02-15")},
          {"2028-02-29T23:59:00+07:00", the_employee, objection()},
          {"2028-03-14T23:59:00+07:00", the_supervisor, answer}}},
        {"in working days, across holidays",
         working,
         holidays(),
         {{"2026-08-13T10:00:00+07:00", an_administrator, delivery("paper", "2026-08-13")},
          {"2026-09-07T23:59:00+07:00", the_employee, objection()}}},
        {"in working days, late by a day",
         working,
         holidays(),
         {{"2026-08-13T10:00:00+07:00", an_administrator, delivery("paper", "2026-08-13")},
          {"2026-09-08T00:00:00+07:00", the_employee, objection()}}},
    };
}

// What an event says of clocks and results.
std::string told(const Event& event) {
    return std::visit(
        [](const auto& e) {
            std::string text = "**" + std::string(name_of(e.kind_of_event)) + "**";
            using E = std::decay_t<decltype(e)>;
            using Members = boost::describe::describe_members<E, boost::describe::mod_public>;
            boost::mp11::mp_for_each<Members>([&](auto each) {
                const auto& value = e.*each.pointer;
                using T = std::decay_t<decltype(value)>;
                if constexpr (std::is_same_v<T, Instant>) {
                    if (value != Instant{}) {
                        text += ", " + std::string(each.name) + " " + to_text(value);
                    }
                } else if constexpr (std::is_same_v<T, std::string>) {
                    if (!value.empty() && value.size() < 64) {
                        text += ", " + std::string(each.name) + " " + value;
                    }
                }
            });
            return text;
        },
        event);
}

std::string who_is(const Actor& actor) {
    const std::pair<PersonId, const char*> cast[] = {
        {subject, "the employee"},          {supervisor, "the supervisor"},
        {superior, "the superior"},         {administrator, "the administrator"},
        {registrar, "the registrar"},       {new_supervisor, "another supervisor"},
        {new_superior, "another superior"}, {stranger, "a stranger"}};
    for (const auto& [person, name] : cast) {
        if (actor.person == person && actor.kind == Actor::Kind::person) {
            return std::string(name) + " as " + actor.role;
        }
    }
    return "the clock";
}

std::string walked(const Path& path) {
    std::string page = "\n## " + path.name + "\n\n";
    Appraisal state = folded(finalised(path.policy).events());
    for (const auto& act : path.acts) {
        const auto name = std::visit([](const auto& c) { return c.command_name; }, act.command);
        page +=
            "- " + std::string(act.at) + ", " + who_is(act.by) + ", `" + std::string(name) + "`: ";
        const auto answered = path.records.decide<AppraisalDecider>(state, act.command, act.by,
                                                                    *parse_instant(act.at));
        if (const auto* no = std::get_if<Rejection>(&answered)) {
            page += "refused, " + no->rule + ": " + no->message + "\n";
            continue;
        }
        std::string events;
        for (const auto& event : std::get<Accepted<Event>>(answered).events) {
            EXPECT_TRUE(next_phase(state.phase, kind_of(event)).has_value()) << told(event);
            evolve(state, event);
            events += (events.empty() ? "" : "; ") + told(event);
        }
        page += events + "\n";
    }
    return page + "- it ends " + std::string(name_of(state.phase)) +
           (state.result ? " with " + state.result->score + " " + state.result->predicate : "") +
           "\n";
}

TEST(ObjectionPaths, are_the_page_that_we_agreed_on) {
    std::string page =
        "# Every path of an objection\n\nWritten by tests/workflows/objection_paths_test.cpp. The "
        "window and the reply have 14 days, the decision 21; what was sent is deemed to be "
        "received after 7.\n";
    for (const auto& group :
         {in_time_and_late(), where_somebody_is_silent(), who_decides(), across_the_calendar()}) {
        for (const auto& path : group)
            page += walked(path);
    }
    jejak::golden::expect_golden("workflows/golden/objection_paths.md", page);
}

}  // namespace
}  // namespace jejak::appraisal
