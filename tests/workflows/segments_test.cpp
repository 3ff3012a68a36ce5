// Teams, the parts of a year, and what the facts of one stream say by themselves.
#include "workflows/organisation/segments.hpp"

#include <gtest/gtest.h>

#include "tests/workflows/people.hpp"
#include "workflows/organisation/facts.hpp"
#include "workflows/organisation/teams.hpp"

namespace jejak::organisation {
namespace {

using appraisal::specs::person;

const PersonId mover = person(1), first_chief = person(2), acting_chief = person(3),
               next_chief = person(4), leader = person(5);

// Facts told one after the other, each in a stream of its own.
class Year {
  public:
    Year& say(const Event& event) {
        const auto number = ++told_;
        directory_.add("s" + std::to_string(number), 1, Position{number}, event);
        return *this;
    }
    // "2026-01-01..2026-04-30 seksi1 by 2", one a line; away instead of the unit where she is.
    [[nodiscard]] std::string segments() const {
        std::string text;
        for (const auto& each : segments_of(directory_, mover, *parse_day("2026-01-01"),
                                            *parse_day("2026-12-31"), AsOf{}.known)) {
            text += to_text(each.from) + ".." + to_text(each.until) + " " +
                    (each.away.empty() ? each.unit : each.away);
            if (each.superior) {
                text += " by " + std::to_string(int{each.superior->person.bytes.back()});
            }
            text += "\n";
        }
        return text;
    }

  private:
    Directory directory_;
    std::uint64_t told_ = 0;
};

// The mover moves from the first section to the second in May; there a Plt leads until August.
Year transfer() {
    Year year;
    year.say(UnitPlaced{"dinas", "Dinas", "", "", "2020-01-01", ""});
    year.say(PostPlaced{"kadis", "dinas", "Kadis", "", "", true, "2020-01-01", "", {}});
    year.say(PostHeld{"kadis", leader, "definitive", "2020-01-01", "", ""});
    for (const char* name : {"seksi1", "seksi2"}) {
        const std::string unit = name;
        year.say(UnitPlaced{unit, unit, "dinas", "", "2020-01-01", ""});
        year.say(PostPlaced{"kepala-" + unit, unit, "K", "", "", true, "2020-01-01", "", {}});
        year.say(PostPlaced{"staf-" + unit, unit, "S", "", "", false, "2020-01-01", "", {}});
    }
    year.say(PostHeld{"kepala-seksi1", first_chief, "definitive", "2020-01-01", "", ""});
    year.say(PostHeld{"staf-seksi1", mover, "definitive", "2024-03-01", "", ""});
    year.say(PostHeld{"staf-seksi2", mover, "definitive", "2026-05-01", "", "SK 1"});
    year.say(PostHeld{"kepala-seksi2", acting_chief, "plt", "2026-03-01", "2026-08-31", "SP 2"});
    year.say(PostHeld{"kepala-seksi2", next_chief, "definitive", "2026-09-01", "", "SK 3"});
    return year;
}

TEST(Segments, are_closed_by_a_transfer_and_by_another_superior) {
    EXPECT_EQ(transfer().segments(),
              "2026-01-01..2026-04-30 seksi1 by 2\n"
              "2026-05-01..2026-08-31 seksi2 by 3\n"
              "2026-09-01..2026-12-31 seksi2 by 4\n");
}

TEST(Segments, of_study_and_long_leave_are_exempt_and_a_short_leave_closes_none) {
    auto year = transfer();
    year.say(PersonAway{mover, "leave", "2026-06-01", "2026-06-12", ""});
    year.say(PersonAway{mover, "study", "2026-01-01", "2026-08-31", "TB 4"});
    EXPECT_EQ(year.segments(),
              "2026-01-01..2026-04-30 study by 2\n"
              "2026-05-01..2026-05-31 study by 3\n"
              "2026-06-01..2026-06-12 seksi2 by 3\n"
              "2026-06-13..2026-08-31 study by 3\n"
              "2026-09-01..2026-12-31 seksi2 by 4\n");
    auto leave = transfer();
    leave.say(PersonAway{mover, "leave", "2026-06-01", "2026-06-12", ""});
    EXPECT_EQ(leave.segments(), transfer().segments());
    leave.say(PersonAway{mover, "leave", "2026-10-01", "2026-12-31", "SI 5"});
    EXPECT_EQ(leave.segments(),
              "2026-01-01..2026-04-30 seksi1 by 2\n"
              "2026-05-01..2026-08-31 seksi2 by 3\n"
              "2026-09-01..2026-09-30 seksi2 by 4\n"
              "2026-10-01..2026-12-31 leave by 4\n");
}

TEST(Teams, have_a_lead_and_members_on_any_day_and_as_known_at_any_position) {
    Teams teams;
    const auto day = [](const char* text) { return AsOf{*parse_day(text)}; };
    teams.add("t", 1, Position{1},
              TeamPlaced{"imun", "Tim", "dinas", first_chief, "2026-02-01", "2026-11-30", "ST"});
    teams.add("t", 2, Position{2}, TeamJoined{"imun", mover, "2026-03-01", "", "ST"});
    teams.add("t", 3, Position{3},
              TeamPlaced{"imun", "Tim", "dinas", next_chief, "2026-07-01", "2026-11-30", "ST"});
    EXPECT_EQ(teams.lead_of("imun", day("2026-01-31")), std::nullopt);
    EXPECT_EQ(teams.lead_of("imun", day("2026-06-30")), first_chief);
    EXPECT_EQ(teams.lead_of("imun", day("2026-07-01")), next_chief);
    EXPECT_EQ(teams.lead_of("imun", {*parse_day("2026-07-01"), Position{2}}), first_chief);
    EXPECT_TRUE(teams.members_of("imun", day("2026-02-28")).empty());
    EXPECT_EQ(teams.members_of("imun", day("2026-03-01")), std::vector<PersonId>{mover});
    EXPECT_EQ(teams.teams_of(mover, day("2026-03-01")), std::vector<std::string>{"imun"});
    teams.add("t", 4, Position{4}, FactRetracted{2, "keliru"});
    EXPECT_TRUE(teams.teams_of(mover, day("2026-03-01")).empty());
    EXPECT_FALSE(teams.teams_of(mover, {*parse_day("2026-03-01"), Position{3}}).empty());
    EXPECT_EQ(teams.name_of("imun", day("2026-03-01")), "Tim");
    EXPECT_EQ(teams.name_of("lain", day("2026-03-01")), "");
}

TEST(WorkingDays, pass_over_week_ends_and_holidays_across_months_and_leap_days) {
    Facts calendar;
    const auto after = [&](const char* day, std::uint32_t count) {
        return to_text(plus_working_days(calendar, *parse_day(day), count));
    };
    EXPECT_EQ(after("2026-01-09", 1), "2026-01-12");  // from a Friday to Monday
    EXPECT_EQ(after("2024-02-28", 2), "2024-03-01");  // 29 February is a day
    EXPECT_EQ(after("2026-12-31", 1), "2027-01-01");
    EXPECT_EQ(after("2026-12-31", 0), "2026-12-31");
    calendar.facts.push_back(
        {HolidayDeclared{"nasional", "2027-01-01", "", "Tahun Baru", ""}, false});
    EXPECT_EQ(after("2026-12-31", 1), "2027-01-04");
    calendar.facts[0].retracted = true;
    EXPECT_EQ(after("2026-12-31", 1), "2027-01-01");
    // A calendar that is all holidays is a wrong record; the clock must still end.
    calendar.facts.push_back(
        {HolidayDeclared{"nasional", "2000-01-01", "2100-01-01", "?", ""}, false});
    EXPECT_GT(after("2026-12-31", 1), "2027-01-01");
}

TEST(Extension, is_for_its_period_kind_unit_and_person_and_the_latest_counts) {
    Facts facts;
    const auto say = [&](DeadlineExtended extended) {
        facts.facts.push_back({std::move(extended), false});
    };
    say({"", {}, "2026", "", "review", "2026-07-15", "SE 1"});
    say({"dinkes", {}, "2026", "annual", "review", "2026-07-31", "SE 2"});
    say({"", mover, "2026", "", "review", "2026-08-31", "SE 3"});
    DueDate due{"2026", "annual", "review", {"seksi", "dinas"}, leader, Zone::wib};
    const auto until = [&] {
        const auto found = extension_of(facts, due);
        return found ? to_text(day_of(found->until, due.zone)) : "-";
    };
    EXPECT_EQ(until(), "2026-07-15");
    due.chain = {"puskesmas", "dinkes"};
    EXPECT_EQ(until(), "2026-07-31");
    due.kind = "quarterly";
    EXPECT_EQ(until(), "2026-07-15");
    due.person = mover;
    EXPECT_EQ(until(), "2026-08-31");
    EXPECT_EQ(extension_of(facts, due)->fact, 3U);
    due.deadline = "gate";
    EXPECT_EQ(until(), "-");
    due.deadline = "review";
    due.period = "2025";
    EXPECT_EQ(until(), "-");
    due.period = "2026";
    for (auto& fact : facts.facts)
        fact.retracted = true;
    EXPECT_EQ(until(), "-");
}

TEST(Zone, says_when_a_day_ends) {
    const Day day = *parse_day("2026-01-24");
    EXPECT_EQ(to_text(end_of(day, Zone::wib)), "2026-01-24T16:59:59.999999Z");
    EXPECT_EQ(to_text(end_of(day, Zone::wit)), "2026-01-24T14:59:59.999999Z");
    for (const Zone zone : {Zone::wib, Zone::wita, Zone::wit}) {
        EXPECT_EQ(day_of(end_of(day, zone), zone), day);
        EXPECT_EQ(day_of({end_of(day, zone).micros_since_epoch + 1}, zone).value, day.value + 1);
    }
    EXPECT_EQ(parse_zone("WITA"), Zone::wita);
    EXPECT_EQ(parse_zone("GMT"), std::nullopt);
}

}  // namespace
}  // namespace jejak::organisation
