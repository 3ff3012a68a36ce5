// The predicate of a unit for a period: who sets it, and to what.
#include <gtest/gtest.h>

#include "tests/workflows/people.hpp"
#include "tests/workflows/policies.hpp"
#include "tests/workflows/records.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::unit_result {
namespace {

namespace specs = appraisal::specs;
const std::string letter(64, 'a');

struct Asked {
    UnitResult state;
    SetUnitPredicate command{"dinkes", "2025", "permen6-2022", "Baik", "", ""};
    Actor actor = specs::as(roles::superior, specs::superior);

    Decision<UnitResultDecider::Event> answer() const {
        Context context;
        context.stream = stream_of("dinkes", "2025");
        context.actor = actor;
        for (const auto& stream : UnitResultDecider::references(state, command)) {
            if (const auto* policy = specs::published_policy(stream.key()))
                context.references.add(stream, policy);
        }
        return UnitResultDecider::decide(state, command, context);
    }
    std::string rule() const {
        const auto given = answer();
        const auto* no = std::get_if<Rejection>(&given);
        return no == nullptr ? "" : no->rule;
    }
};

TEST(UnitPredicate, is_recorded_as_the_code_of_the_policy_and_both_values_stay) {
    Asked asked;
    asked.command.predicate = "BUTUH PERBAIKAN";
    asked.state.predicate = "baik";
    const auto given = asked.answer();
    const auto* yes = std::get_if<Accepted<UnitResultDecider::Event>>(&given);
    ASSERT_NE(yes, nullptr);
    const auto& set = std::get<UnitPredicateSet>(yes->events.at(0));
    EXPECT_EQ(set.predicate, "butuh_perbaikan");
    EXPECT_EQ(set.previous, "baik");
    UnitResult state;
    UnitResultDecider::evolve(state, yes->events.at(0));
    EXPECT_EQ(state.predicate, "butuh_perbaikan");
    EXPECT_EQ(state.policy, "permen6-2022");
}

TEST(UnitPredicate, is_set_by_the_leader_above_or_from_the_leaders_letter) {
    Asked asked;
    EXPECT_EQ(asked.rule(), "");
    for (const auto role : {roles::employee, roles::supervisor, roles::peer, roles::registrar}) {
        asked.actor.role = role;
        EXPECT_EQ(asked.rule(), "not_permitted") << role;
    }
    asked.actor.role = roles::administrator;
    EXPECT_EQ(asked.rule(), "document_missing");
    asked.command.document_sha256 = "surat nomor 7";
    EXPECT_EQ(asked.rule(), "document_missing");
    asked.command.document_sha256 = letter;
    EXPECT_EQ(asked.rule(), "");
}

TEST(UnitPredicate, is_one_that_the_policys_distribution_knows) {
    Asked asked;
    asked.command.predicate = "lumayan";
    EXPECT_EQ(asked.rule(), "predicate_unknown");
    asked.command.policy = "sofifi-lama";
    EXPECT_EQ(asked.rule(), "policy_unknown");
    asked.command.policy = "kompetensi-jpm";  // has no distribution
    EXPECT_EQ(asked.rule(), "predicate_unknown");
    Asked again;
    again.state = {"dinkes", "2025", "permen6-2022", "baik", 1, {}};
    EXPECT_EQ(again.rule(), "predicate_is_set");
    Asked elsewhere;
    elsewhere.command.unit = "dinas-lain";
    EXPECT_EQ(elsewhere.rule(), "wrong_stream");
}

TEST(UnitPredicate, of_a_unit_on_record_is_set_by_whoever_leads_the_one_above) {
    using namespace organisation;
    specs::Records records;
    records.unit("dinkes", "pemda").unit("pemda", "");
    const auto rule = [&](const char* post) {
        SetUnitPredicate set{"dinkes", "2025", "permen6-2022", "Baik", "", post};
        return specs::rule_of(records.decide<UnitResultDecider>(
            {}, set, specs::as(roles::superior, specs::superior),
            *parse_instant("2026-01-10T08:00:00+07:00"), stream_of(Command(set))));
    };
    EXPECT_EQ(rule(""), "not_the_leader_above");
    records
        .say(stream_of_post("bupati"),
             PostPlaced{"bupati", "pemda", "Bupati", "", "", true, "2020-01-01", "", {}})
        .say(stream_of_post("kadis"),
             PostPlaced{"kadis", "dinkes", "Kadis", "", "", true, "2020-01-01", "", {}})
        .say(stream_of_post("kadis"),
             PostHeld{"kadis", specs::superior, "definitive", "2020-01-01", "", ""});
    EXPECT_EQ(rule("bupati"), "not_the_leader_above");  // somebody else's post, so far
    EXPECT_EQ(rule("kadis"), "not_the_leader_above");   // leads the unit itself
    records.say(stream_of_post("bupati"),
                PostHeld{"bupati", specs::superior, "plt", "2026-01-01", "2026-03-31", "SK"});
    EXPECT_EQ(rule("bupati"), "");
}

TEST(UnitIndicator, is_a_series_whose_old_values_stay) {
    UnitResult state;
    const auto record = [&](const char* period, const char* value,
                            const Actor& actor = specs::an_administrator) {
        const RecordIndicator command{"dinkes", "imunisasi", period, value, ""};
        Context context;
        context.stream = stream_of(Command(command));
        context.actor = actor;
        const auto answer = UnitResultDecider::decide(state, command, context);
        const auto* no = std::get_if<Rejection>(&answer);
        if (no != nullptr) return no->rule;
        const auto& event = std::get<Accepted<Event>>(answer).events.at(0);
        UnitResultDecider::evolve(state, event);
        return "was " + std::get<IndicatorRecorded>(event).previous;
    };
    EXPECT_EQ(record("2026-01", "80.50"), "was ");
    EXPECT_EQ(record("2026-02", "82"), "was ");
    EXPECT_EQ(record("2026-01", "81"), "was 80.5");
    EXPECT_EQ(state.series,
              (std::map<std::string, std::string>{{"2026-01", "81"}, {"2026-02", "82"}}));
    EXPECT_EQ(record("Januari", "81"), "indicator_not_valid");
    EXPECT_EQ(record("2026-03", "banyak"), "indicator_not_valid");
    EXPECT_EQ(record("2026-03", "83", specs::the_supervisor), "not_permitted");
    EXPECT_NE(stream_of_indicator("dinkes", "2026"), stream_of("dinkes", "2026"));
}

}  // namespace
}  // namespace jejak::unit_result
