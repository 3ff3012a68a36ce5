// A score that is taken over from another appraisal, and plans in sections.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

TEST(CarriedScore, is_a_fact_of_this_appraisal_with_where_it_came_from) {
    given(planned())
        .when(carry(), an_administrator)
        .then({ScoreCarriedIn{"lalu", "tahun-lalu", 9, "2024", "pp46-2011", "88.5", "baik"}});
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
