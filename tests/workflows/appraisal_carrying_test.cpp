// A score that is taken over from another appraisal, and plans in sections.
#include <gtest/gtest.h>

#include <tuple>

#include "tests/workflows/lives.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

TEST(CarriedScore, is_a_fact_of_this_appraisal_with_where_it_came_from) {
    given(planned())
        .when(carry(), an_administrator)
        .then({ScoreCarriedIn{"lalu", "tahun-lalu", 9, "2024", "pp46-2011", "88.5", "baik", ""}});
}

TEST(CarriedScore, is_refused_from_someone_else_and_before_it_is_final) {
    const auto refused = [](const char* appraisal, const char* rule) {
        given(planned()).when(CarryScore{"lalu", appraisal}, an_administrator).then_rejected(rule);
    };
    refused("orang-lain", "wrong_person");
    refused("belum-selesai", "appraisal_not_final");
    refused("tanpa-nilai", "rating_not_valid");
    refused("bukan nama", "appraisal_not_final");
    given(planned())
        .when(CarryScore{"kerja_sama", "tahun-lalu"}, an_administrator)
        .then_rejected("source_unknown");
    given(opened(brief)).when(carry(), an_administrator).then_rejected("source_unknown");
}

TEST(CarriedScore, enters_the_score_and_the_latest_one_counts) {
    Life life = reviewed();
    life.act(carry(), an_administrator).act(carry(), an_administrator);
    life.act(waive("feedback"), an_administrator);
    const auto finalised = given(life).when(Finalise{}, the_supervisor).only<Finalised>();
    std::string score;
    for (const auto& group : finalised.derivation.groups) {
        for (const auto& node : group.criteria) {
            if (node.criterion == "lalu") score = node.score.value_or("");
        }
    }
    EXPECT_EQ(score, "88.5");
    for (const auto& source : finalised.derivation.sources) {
        if (source.source != "carried") continue;
        EXPECT_EQ(source.versions.size(), 1U);
    }
}

// A year under a policy that makes its score of parts, after these were carried in.
Appraisal year_of(const std::vector<std::tuple<const char*, const char*, const char*>>& parts) {
    Appraisal state;
    Opened opened;
    opened.subject = subject;
    opened.period = "2026";
    opened.policy = "annual-by-months";
    evolve(state, opened);
    for (const auto& [appraisal, period, score] : parts)
        evolve(state, ScoreCarriedIn{"bagian", appraisal, 9, period, "sofifi", score, "", ""});
    return state;
}

std::string score_of(const Appraisal& year, scoring::PartRule how, std::uint32_t minimum = 0) {
    scoring::Policy policy = *published_policy("annual-by-months")->policy;
    policy.sources[0].parts = scoring::Parts{how, minimum};
    const auto evaluated = scoring::evaluate(policy, scoring_inputs(year, policy));
    const auto* outcome = std::get_if<scoring::Outcome>(&evaluated);
    return outcome == nullptr ? "-" : outcome->score_text;
}

TEST(Parts, are_weighted_by_their_months_or_days) {
    const auto year = year_of({{"a", "2026-01..2026-07", "98"}, {"b", "2026-08..2026-12", "88"}});
    EXPECT_EQ(score_of(year, scoring::PartRule::months), "93.83");  // (98*7 + 88*5) / 12
    EXPECT_EQ(score_of(year, scoring::PartRule::days), "93.81");    // 212 and 153 days
    EXPECT_EQ(score_of(year, scoring::PartRule::mean), "93.00");
    EXPECT_EQ(score_of(year, scoring::PartRule::last), "88.00");
}

TEST(Parts, count_from_the_least_length_on_and_in_whatever_order_they_came) {
    const auto year = year_of({{"c", "2026-11-20..2026-12-31", "50"},
                               {"a", "2026-01..2026-07", "98"},
                               {"b", "2026-08-01..2026-11-19", "88"}});
    EXPECT_EQ(score_of(year, scoring::PartRule::last), "50.00");
    EXPECT_EQ(score_of(year, scoring::PartRule::last, 2), "88.00");
    EXPECT_EQ(score_of(year, scoring::PartRule::months, 2), "94.36");  // (98*7 + 88*4) / 11
    EXPECT_EQ(score_of(year, scoring::PartRule::months, 12), "-");
}

TEST(Parts, that_are_carried_in_again_replace_themselves) {
    const auto year = year_of({{"a", "2026-01..2026-07", "98"},
                               {"b", "2026-08..2026-12", "80"},
                               {"b", "2026-08..2026-12", "88"}});
    EXPECT_EQ(score_of(year, scoring::PartRule::months), "93.83");
}

TEST(Parts, lie_within_the_period_and_share_no_day) {
    const auto rule = [](const Appraisal& year, const char* part_period) {
        Appraisal part;
        part.phase = Phase::finalised;
        part.subject = subject;
        part.period = part_period;
        part.result = FinalResult{9, "88", ""};
        Context context;
        context.actor = an_administrator;
        context.references.add(*StreamId::make("policy", "annual-by-months"),
                               published_policy("annual-by-months"));
        context.references.add(*StreamId::make("appraisal", "bagian-2"), &part);
        const auto answer =
            AppraisalDecider::decide(year, CarryScore{"bagian", "bagian-2"}, context);
        const auto* no = std::get_if<Rejection>(&answer);
        return no == nullptr ? std::string() : no->rule;
    };
    const auto year = year_of({{"bagian-1", "2026-01..2026-07", "98"}});
    EXPECT_EQ(rule(year, "2026-08..2026-12"), "");
    EXPECT_EQ(rule(year, "2026-07-31..2026-12-31"), "parts_overlap");
    EXPECT_EQ(rule(year, "2026-12..2027-01"), "part_outside_period");
    EXPECT_EQ(rule(year, "masa kerja"), "part_outside_period");
}

TEST(PlanSections, are_those_of_the_policy) {
    PlanItem item = plan_item();
    item.section = "tambahan";
    given(opened()).when(AgreePlan{{item}, {}}, the_supervisor).then_rejected("plan_not_valid");
}

TEST(PlanSections, have_the_sum_of_weights_that_the_policy_wants) {
    PlanItem item = plan_item();
    item.weight = "60";
    Life life = Life().act(
        [] {
            auto open = open_under("permen8-2021-70-30");
            open.period = "2021-H2";
            return open;
        }(),
        an_administrator);
    given(life).when(AgreePlan{{item}, {}}, the_supervisor).then_rejected("plan_not_valid");
    item.weight = "100";
    given(life).when(AgreePlan{{item}, {}}, the_supervisor).then_accepted();
}

TEST(Opening, under_a_policy_of_another_time_is_refused) {
    auto open = open_under("pp46-2011");
    open.period = "2020";
    given({}).when(open, an_administrator).then_accepted();
    for (const char* period : {"2021", "2013", "2021-07", "2020-07..2021-07", "masa kerja"}) {
        open.period = period;
        given({}).when(open, an_administrator).then_rejected("policy_not_in_force");
    }
}

}  // namespace
}  // namespace jejak::appraisal
