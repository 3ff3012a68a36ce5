#include "workflows/appraisal/scoreboard.hpp"

#include <gmock/gmock.h>

#include "tests/workflows/model_log.hpp"

namespace jejak::appraisal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class ScoreboardModel : public testing::Test {
  protected:
    void fold() { log.fold_well(*make_scoreboard(), store); }
    BoardEntry entry(std::string_view token) {
        fold();
        auto found = find_entry(store, token);
        EXPECT_TRUE(found && *found) << "no entry for " << token;
        return found && *found ? **found : BoardEntry{};
    }
    std::vector<std::string> tokens(const BoardFilter& filter, std::size_t count_max = 100) {
        fold();
        std::vector<std::string> seen;
        const auto listed = list_lines(store, filter, [&](const BoardLine& line) {
            seen.push_back(line.token);
            return seen.size() < count_max;
        });
        EXPECT_TRUE(listed) << listed.error().message;
        return seen;
    }
    UnitBoard board(std::string_view period, std::string_view unit) {
        fold();
        const auto found = unit_board(store, period, unit);
        EXPECT_TRUE(found && *found);
        return found && *found ? **found : UnitBoard{};
    }
    // From an opened appraisal to a recorded result.
    void finish(std::string_view token, std::string score, std::string predicate) {
        log.appraisal(token, SelfAssessmentWaived{"other", {}, {}});
        log.appraisal(token, ReviewWaived{"other", {}});
        log.appraisal(token, FeedbackWaived{"other", {}});
        log.appraisal(token, finalised(std::move(score), std::move(predicate)));
    }

    ModelLog log;
    storage::MemoryReadStore store;
};

TEST_F(ScoreboardModel, tells_who_where_and_since_when) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", DialogueNoted{});
    const BoardLine line = entry("a-1").line;
    EXPECT_EQ(line.token, "a-1");
    EXPECT_EQ(line.subject, sari);
    EXPECT_EQ(line.supervisor, budi);
    EXPECT_EQ(line.post, "perawat");
    EXPECT_EQ(line.unit, "puskesmas");
    EXPECT_EQ(line.period, "2025");
    EXPECT_EQ(line.kind, "annual");
    EXPECT_EQ(line.phase, Phase::draft);
    EXPECT_EQ(line.policy, "capaian");
    EXPECT_EQ(line.policy_sha256, "ab12");
    EXPECT_EQ(line.version, 2u);
    EXPECT_EQ(line.opened_at, ModelLog::time_of(Position{1}));
    EXPECT_EQ(line.last_changed_at, ModelLog::time_of(Position{2}));
    EXPECT_FALSE(line.result);
}

TEST_F(ScoreboardModel, knows_nothing_of_an_appraisal_that_was_only_refused) {
    log.reject("appraisal", "a-1");
    fold();
    const auto found = find_entry(store, "a-1");
    ASSERT_TRUE(found);
    EXPECT_FALSE(*found);
}

TEST_F(ScoreboardModel, is_not_moved_by_a_rejection) {
    log.appraisal("a-1", opened());
    log.reject("appraisal", "a-1");
    EXPECT_EQ(entry("a-1").line.version, 1u);
    EXPECT_EQ(entry("a-1").line.last_changed_at, ModelLog::time_of(Position{1}));
}

TEST_F(ScoreboardModel, adds_feedback_up_by_source_and_criterion_exactly) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", feedback(handle_of(1), "peer", {{"x", "0.1"}, {"y", "4"}}));
    log.appraisal("a-1", feedback(handle_of(2), "peer", {{"x", "0.2"}}));
    log.appraisal("a-1", feedback(handle_of(3), "community", {{"x", "1/3"}}));
    EXPECT_THAT(
        entry("a-1").sources,
        ElementsAre(
            SourceScores{ScoreOrigin::feedback, "community", 1, {{"x", 1, "1/3"}}},
            SourceScores{ScoreOrigin::feedback, "peer", 2, {{"x", 2, "0.3"}, {"y", 1, "4"}}}));
}

TEST_F(ScoreboardModel, replaces_revised_feedback_by_what_the_event_says_it_replaces) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", feedback(handle_of(1), "peer", {{"x", "2"}, {"y", "4"}}));
    log.appraisal("a-1", feedback(handle_of(2), "peer", {{"x", "3"}}));
    log.appraisal(
        "a-1", FeedbackRevised{handle_of(1), "peer", {{"x", "2"}, {"y", "4"}}, {{"x", "5"}}, {}});
    EXPECT_THAT(entry("a-1").sources,
                ElementsAre(SourceScores{
                    ScoreOrigin::feedback, "peer", 2, {{"x", 2, "8"}, {"y", 0, "0"}}}));
}

TEST_F(ScoreboardModel, stops_where_a_rating_is_replaced_that_nobody_gave) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", FeedbackRevised{handle_of(1), "peer", {{"x", "2"}}, {{"x", "3"}}, {}});
    const auto folded = log.fold(*make_scoreboard(), store);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, ErrorCode::corruption);
}

TEST_F(ScoreboardModel, keeps_a_recorded_source_apart_from_given_feedback_and_replaces_it) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", feedback(handle_of(1), "peer", {{"x", "2"}}));
    log.appraisal("a-1", SourceRecorded{"peer", 7, {{"peer", "x", 7, "30"}}});
    log.appraisal("a-1", SourceRecorded{"peer", 8, {{"peer", "x", 8, "31.5"}}});
    EXPECT_THAT(entry("a-1").sources,
                ElementsAre(SourceScores{ScoreOrigin::feedback, "peer", 1, {{"x", 1, "2"}}},
                            SourceScores{ScoreOrigin::recorded, "peer", 8, {{"x", 8, "31.5"}}}));
}

TEST_F(ScoreboardModel, shows_a_survey_so_that_sum_by_count_is_the_mean_again) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SurveyRecorded{{"3.25", "10/3"}, 30, ""});
    EXPECT_THAT(entry("a-1").sources,
                ElementsAre(SourceScores{
                    ScoreOrigin::survey, "survey", 30, {{"1", 30, "97.5"}, {"2", 30, "100"}}}));
}

TEST_F(ScoreboardModel, takes_the_last_self_assessment_as_a_whole) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentSubmitted{{rating("x", "4"), rating("y", "3")}, {}, {}, {}});
    log.appraisal("a-1", ReturnedForRevision{});
    EXPECT_EQ(entry("a-1").line.phase, Phase::draft);
    log.appraisal("a-1", SelfAssessmentSubmitted{{rating("x", "2")}, {}, {}, {}});
    EXPECT_EQ(entry("a-1").line.phase, Phase::self_assessed);
    EXPECT_THAT(entry("a-1").sources,
                ElementsAre(SourceScores{ScoreOrigin::self, "self", 1, {{"x", 1, "2"}}}));
}

TEST_F(ScoreboardModel, revises_only_the_ratings_of_the_review_that_change) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SelfAssessmentWaived{"other", {}, {}});
    log.appraisal("a-1", ReviewSubmitted{{rating("x", "3"), rating("y", "4")}, {}, {}});
    log.appraisal("a-1", FeedbackClosed{});
    log.appraisal("a-1", ReviewRevised{{rating("y", "4")}, {rating("y", "5")}, {}});
    log.appraisal("a-1", finalised("80", "baik"));
    log.appraisal("a-1", ObjectionFiled{});
    log.appraisal(
        "a-1",
        ResultChanged{
            {rating("x", "3")}, {rating("x", "4.5")}, "80", "baik", "90", "sangat_baik", {}, {}});
    EXPECT_THAT(entry("a-1").sources,
                ElementsAre(SourceScores{
                    ScoreOrigin::supervisor, "supervisor", 1, {{"x", 1, "4.5"}, {"y", 1, "5"}}}));
}

TEST_F(ScoreboardModel, keeps_both_results_of_an_objection) {
    log.appraisal("a-1", opened());
    finish("a-1", "80", "baik");
    log.appraisal("a-1", ObjectionFiled{});
    const auto changed = log.appraisal(
        "a-1", ResultChanged{{}, {rating("x", "5")}, "80", "baik", "90", "sangat_baik", {}, {}});
    const BoardLine line = entry("a-1").line;
    EXPECT_EQ(line.phase, Phase::finalised);
    EXPECT_EQ(line.result, (BoardResult{"90", "sangat_baik", ModelLog::time_of(changed)}));
    EXPECT_THAT(line.replaced_results,
                ElementsAre(BoardResult{"80", "baik", ModelLog::time_of(Position{5})}));
}

TEST_F(ScoreboardModel, follows_a_reassigned_supervisor) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", SupervisorReassigned{rina, wati, budi, {}});
    EXPECT_EQ(entry("a-1").line.supervisor, rina);
}

TEST_F(ScoreboardModel, lists_in_order_of_unit_period_and_token_page_by_page) {
    log.appraisal("c", opened("b-unit", "2025"));
    log.appraisal("a", opened("b-unit", "2025"));
    log.appraisal("d", opened("b-unit", "2024"));
    log.appraisal("z", opened("a-unit", "2025"));
    log.appraisal("b", opened("b-unit-2", "2025"));
    EXPECT_THAT(tokens({}), ElementsAre("z", "d", "a", "c", "b"));
    EXPECT_THAT(tokens({}, 2), ElementsAre("z", "d"));
    EXPECT_THAT(tokens({"", "", {}, "d"}, 2), ElementsAre("a", "c"));
    EXPECT_THAT(tokens({"", "", {}, "c"}, 2), ElementsAre("b"));
    EXPECT_THAT(tokens({"b-unit", "", {}, ""}), ElementsAre("d", "a", "c"));
    EXPECT_THAT(tokens({"b-unit", "2025", {}, ""}), ElementsAre("a", "c"));
    EXPECT_THAT(tokens({"", "2025", {}, ""}), ElementsAre("z", "a", "c", "b"));
    EXPECT_THAT(tokens({"elsewhere", "", {}, ""}), IsEmpty());
}

TEST_F(ScoreboardModel, lists_by_phase) {
    log.appraisal("a", opened());
    log.appraisal("b", opened());
    log.appraisal("b", Cancelled{});
    log.appraisal("c", opened());
    EXPECT_THAT(tokens({"", "", Phase::draft, ""}), ElementsAre("a", "c"));
    EXPECT_THAT(tokens({"puskesmas", "2025", Phase::cancelled, ""}), ElementsAre("b"));
    EXPECT_THAT(tokens({"", "", Phase::disputed, ""}), IsEmpty());
}

TEST_F(ScoreboardModel, refuses_to_go_on_after_an_appraisal_that_it_does_not_know) {
    fold();
    const auto listed =
        list_lines(store, {"", "", {}, "nobody"}, [](const BoardLine&) { return true; });
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, ErrorCode::not_found);
}

TEST_F(ScoreboardModel, counts_a_unit_by_phase_and_predicate_and_sums_final_scores_by_policy) {
    log.appraisal("a", opened());
    log.appraisal("b", opened());
    log.appraisal("c", opened());
    log.appraisal("d", opened("puskesmas", "2025", "kompetensi"));
    log.appraisal("e", opened());
    finish("a", "80.10", "baik");
    finish("b", "90.25", "sangat_baik");
    finish("d", "3.5", "");
    log.appraisal("e", Cancelled{});
    log.appraisal("b", ObjectionFiled{});
    const UnitBoard whole = board("2025", "puskesmas");
    EXPECT_EQ(whole.opened, 5u);
    EXPECT_THAT(whole.by_phase, ElementsAre(Pair("cancelled", 1u), Pair("disputed", 1u),
                                            Pair("draft", 1u), Pair("finalised", 2u)));
    EXPECT_THAT(
        whole.results,
        ElementsAre(PolicyResults{"capaian", 2, "170.35", {{"baik", 1}, {"sangat_baik", 1}}},
                    PolicyResults{"kompetensi", 1, "3.5", {{"", 1}}}));

    log.appraisal(
        "b", ResultChanged{{}, {rating("x", "1")}, "90.25", "sangat_baik", "70", "baik", {}, {}});
    EXPECT_EQ(board("2025", "puskesmas").results.front(),
              (PolicyResults{"capaian", 2, "150.1", {{"baik", 2}}}));
}

TEST_F(ScoreboardModel, forgets_a_result_that_was_annulled_and_keeps_it_among_the_replaced) {
    log.appraisal("a", opened());
    finish("a", "80", "baik");
    log.appraisal("a", corrected("82", {rating("x", "4")}));
    EXPECT_EQ(board("2025", "puskesmas").results.front(),
              (PolicyResults{"capaian", 1, "82", {{"cukup", 1}}}));
    log.appraisal("a", AssessmentAnnulled{"wrong_plan", "", {}, "82", "cukup", {}});
    const UnitBoard whole = board("2025", "puskesmas");
    EXPECT_THAT(whole.results, IsEmpty());
    EXPECT_THAT(whole.by_phase, ElementsAre(Pair("draft", 1u)));
    log.appraisal("a", PolicyChanged{"uji", "cd34", Position{9}, "capaian", "ab12", "SE"});
    finish("a", "70", "cukup");
    EXPECT_EQ(board("2025", "puskesmas").results.front(),
              (PolicyResults{"uji", 1, "70", {{"cukup", 1}}}));
    const BoardLine line = entry("a").line;
    ASSERT_EQ(line.replaced_results.size(), 2u);
    EXPECT_EQ(line.replaced_results[1].score, "82");
}

TEST_F(ScoreboardModel, keeps_units_and_periods_apart) {
    log.appraisal("a", opened("a-unit", "2025"));
    log.appraisal("b", opened("b-unit", "2025"));
    log.appraisal("c", opened("a-unit", "2025-Q1"));
    fold();
    std::vector<std::string> units;
    const auto listed = list_unit_boards(store, "2025", [&](const UnitBoard& unit) {
        units.push_back(unit.unit);
        return true;
    });
    ASSERT_TRUE(listed);
    EXPECT_THAT(units, ElementsAre("a-unit", "b-unit"));
    units.clear();
    const auto of_every_period = list_unit_boards(store, "", [&](const UnitBoard& unit) {
        units.push_back(unit.period + " " + unit.unit);
        return true;
    });
    ASSERT_TRUE(of_every_period);
    EXPECT_THAT(units, ElementsAre("2025 a-unit", "2025 b-unit", "2025-Q1 a-unit"));
    EXPECT_EQ(board("2025-Q1", "a-unit").opened, 1u);
    const auto none = unit_board(store, "2024", "a-unit");
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
}

TEST_F(ScoreboardModel, gives_a_line_without_its_scores_by_source) {
    log.appraisal("a", opened("a-unit", "2025"));
    log.appraisal("a", SelfAssessmentSubmitted{{{"x", "3", {}}}, {}, {}, {}});
    fold();
    const auto line = find_line(store, "a");
    ASSERT_TRUE(line && *line);
    EXPECT_EQ(**line, entry("a").line);
    EXPECT_EQ((*line)->version, 2u);
    EXPECT_FALSE(*find_line(store, "b"));
}

TEST_F(ScoreboardModel, feedback_rewrites_nothing_that_grows_with_the_raters) {
    log.appraisal("a-1", opened());
    log.appraisal("a-1", feedback(handle_of(1), "peer", {{"x", "3"}}));
    fold();
    std::size_t size_of_few = 0;
    for (const auto& [key, value] : rows_of(store, scoreboard_model)) {
        size_of_few += key.size() + value.size();
    }
    for (std::uint8_t rater = 2; rater < 200; ++rater) {
        log.appraisal("a-1", feedback(handle_of(rater), "peer", {{"x", "3"}}));
    }
    fold();
    std::size_t size_of_many = 0;
    for (const auto& [key, value] : rows_of(store, scoreboard_model)) {
        size_of_many += key.size() + value.size();
    }
    EXPECT_LE(size_of_many, size_of_few + 4) << "keep counts and sums, not the raters";
}

}  // namespace
}  // namespace jejak::appraisal
