// What holds for every read model: made from zero it is the same, and it skips nothing.
#include <gmock/gmock.h>

#include <set>

#include "tests/workflows/model_log.hpp"
#include "workflows/appraisal/audit_trail.hpp"
#include "workflows/appraisal/model_rows.hpp"
#include "workflows/appraisal/scoreboard.hpp"
#include "workflows/appraisal/work_list.hpp"
#include "workflows/person/people_index.hpp"
#include "workflows/person/person_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/policy/policy_list.hpp"

namespace jejak::appraisal {
namespace {

runtime::Projections all_models() {
    runtime::Projections all;
    all.push_back(make_scoreboard());
    all.push_back(make_work_list());
    all.push_back(make_audit_trail());
    all.push_back(person::make_people_index());
    all.push_back(policy::make_policy_list());
    return all;
}

// Writes appraisals and remembers which kinds of event they hold.
class Story {
  public:
    template <class E>
    void tell(std::string_view token, const E& event) {
        kinds_.insert(E::kind_of_event);
        log.appraisal(token, event);
    }
    [[nodiscard]] std::string missing_kinds() const {
        std::string missing;
        for (std::size_t i = 0; i < event_kind_count; ++i) {
            const auto kind = static_cast<EventKind>(i);
            if (!kinds_.contains(kind)) missing += " " + std::string(name_of(kind));
        }
        return missing;
    }
    ModelLog log;

  private:
    std::set<EventKind> kinds_;
};

void tell_a_disputed_appraisal(Story& story, const std::string& token) {
    story.tell(token, opened());
    story.tell(token, PlanAgreed{});
    story.tell(token, ProgressRecorded{});
    story.tell(token, EvidenceAttached{});
    story.tell(token, DialogueNoted{});
    story.tell(token, FeedbackOpened{due(30)});
    story.tell(token, RaterInvited{agus, "peer"});
    story.log.acts(handle_of(1));
    story.tell(token, feedback(handle_of(1), "peer", {{"x", "3"}, {"y", "2.5"}}));
    story.tell(token, feedback(handle_of(2), "peer", {{"x", "4"}}));
    story.tell(token,
               FeedbackRevised{handle_of(1), "peer", {{"x", "3"}, {"y", "2.5"}}, {{"x", "5"}}, {}});
    story.log.acts(sari);
    story.tell(token, SourceRecorded{"community", 3, {{"community", "x", 3, "10"}}});
    story.tell(token, SurveyRecorded{{"3.5", "3.25"}, 20, ""});
    story.tell(token, ScoreCarriedIn{"x", "a-0", 9, "2024", "capaian", "88.5", "baik"});
    story.tell(token, SelfAssessmentSubmitted{{rating("x", "4")}, {}, {}, due(20)});
    story.tell(token, ReturnedForRevision{{}, due(15)});
    story.tell(token, SelfAssessmentWaived{"leave", {}, due(20)});
    story.log.acts(budi);
    story.tell(token, ReviewSubmitted{{rating("x", "3"), rating("y", "3")}, {}, {}});
    story.tell(token, ReviewReturned{{}, due(25)});
    story.log.reject("appraisal", token);
    story.tell(token, ReviewWaived{"vacancy", {}});
    story.tell(token, SupervisorReassigned{rina, wati, budi, {}});
    story.tell(token, FeedbackClosed{{}, due(40)});
    story.tell(token, ReviewConfirmed{});
    story.tell(token, ReviewRevised{{rating("y", "3")}, {rating("y", "4")}, {}});
    story.tell(token, finalised("78.33", "baik"));
    story.tell(token, ObjectionFiled{});
    story.tell(token, ObjectionAnswered{});
    story.tell(
        token,
        ResultChanged{
            {rating("x", "3")}, {rating("x", "4")}, "78.33", "baik", "80.1", "baik", {}, {}});
    story.tell(token, ResultAcknowledged{});
}

void tell_all(Story& story) {
    story.log.record("log", "main", record::LogCreated{"a program"});
    story.log.record("policy", "capaian",
                     policy::PolicyPublished{"capaian", "ab12", "{}", Position{2}});
    story.log.record("person", "0a", person::PersonRegistered{sari, "nip", {}});
    story.log.reject("appraisal", "a-1");
    for (int i = 1; i <= 5; ++i)
        tell_a_disputed_appraisal(story, "a-" + std::to_string(i));
    story.tell("b-1", opened("dinas"));
    story.tell("b-1", SelfAssessmentWaived{});
    story.tell("b-1", ReviewSubmitted{});
    story.tell("b-1", FeedbackWaived{});
    story.tell("b-1", finalised("60", "cukup"));
    story.tell("b-1", ObjectionFiled{});
    story.tell("b-1", ObjectionWithdrawn{});
    story.tell("b-1", ObjectionFiled{});
    story.tell("b-1", ObjectionUpheld{});
    story.tell("b-3", opened("dinas"));
    story.tell("b-3", SelfAssessmentWaived{});
    story.tell("b-3", ReviewSubmitted{});
    story.tell("b-3", FeedbackWaived{});
    story.tell("b-3", finalised("61", "cukup"));
    story.tell("b-3", ResultDelivered{});
    story.tell("b-3", ObjectionFiled{});
    story.tell("b-3", DeadlinePassed{"reply", due(50), "heard_without_reply", due(60)});
    story.tell("b-3", ObjectionAssigned{wati, rina, "conflict", "ST", due(60)});
    story.tell("b-3", ObjectionLapsed{"no_decision"});
    story.tell("b-4", opened("dinas"));
    story.tell("b-4", PolicyChanged{"uji", "cd34", Position{3}, "capaian", "ab12", "SE"});
    story.tell("b-4", SelfAssessmentSubmitted{{rating("x", "4")}, {}, {}, due(20)});
    story.tell("b-4", ReviewSubmitted{{rating("x", "3")}, {}, {}});
    story.tell("b-4", FeedbackWaived{});
    story.tell("b-4", finalised("62", "cukup"));
    story.tell("b-4", CorrectionProposed{});
    story.tell("b-4", corrected("64", {rating("x", "4")}));
    story.tell("b-4", ObjectionFiled{{}, {}, due(50), "panel"});
    story.tell("b-4", PanelAssigned{{wati, rina, agus}, {}, "SK", due(60)});
    story.tell("b-4", ObjectionAnswered{});
    story.tell("b-4", VoteCast{wati, "upheld", {}, {}});
    story.tell("b-4", MemberRecused{rina, {}});
    story.tell("b-4", ReviewAnnulled{"wrong_rater", "", {}, "64", "cukup", due(70)});
    story.tell("b-4", ReviewSubmitted{{rating("x", "5")}, {}, {}});
    story.tell("b-4", FeedbackWaived{});
    story.tell("b-4", finalised("80", "baik"));
    story.tell("b-4", AssessmentAnnulled{"wrong_plan", "", {}, "80", "baik", due(90)});
    story.tell("b-2", opened("dinas"));
    story.tell("b-2", Cancelled{});
    story.log.record("claim", "slot-1", record::ClaimReleased{"appraisal/b-2"});
}

TEST(ReadModels, meet_every_kind_of_event_in_this_test) {
    Story story;
    tell_all(story);
    EXPECT_EQ(story.missing_kinds(), "") << "add these kinds to tell_all() of this file";
}

TEST(ReadModels, made_from_zero_are_the_same_byte_for_byte_whatever_the_step) {
    Story live;
    // The rows as they grow with the log, record by record.
    for (const auto& model : all_models()) {
        storage::MemoryReadStore grown;
        Story story;
        tell_all(story);
        ASSERT_TRUE(story.log.fold(*model, grown, 1));
        const auto expected = rows_of(grown, model->name());
        EXPECT_FALSE(expected.empty()) << model->name() << " has no rows: it folds nothing";
        for (const std::size_t step : {std::size_t{7}, std::size_t{4'096}}) {
            storage::MemoryReadStore made;
            const auto folded = story.log.fold(*model, made, step);
            ASSERT_TRUE(folded) << folded.error().message;
            EXPECT_EQ(rows_of(made, model->name()), expected)
                << model->name() << " depends on more than the records (step " << step << ")";
            EXPECT_EQ(*made.checkpoint(model->name()), story.log.head());
        }
        ASSERT_TRUE(grown.clear(model->name()));
        ASSERT_TRUE(story.log.fold(*model, grown, 4'096));
        EXPECT_EQ(rows_of(grown, model->name()), expected) << "clear and make again";
    }
}

TEST(ReadModels, of_appraisals_stop_at_an_event_that_they_do_not_know) {
    ModelLog log;
    log.appraisal("a-1", opened());
    log.write("appraisal", "a-1", "appraisal.score_guessed", 1, "", true);
    for (const auto& model : {make_scoreboard(), make_work_list(), make_audit_trail()}) {
        storage::MemoryReadStore store;
        const auto folded = log.fold(*model, store);
        ASSERT_FALSE(folded) << model->name() << " skips an event that it does not know";
        EXPECT_EQ(folded.error().code, ErrorCode::unsupported);
        EXPECT_EQ(*store.checkpoint(model->name()), Position{});
    }
}

TEST(ReadModels, stop_at_a_newer_version_and_at_a_damaged_payload_of_an_event_they_read) {
    for (const auto& model : {make_scoreboard(), make_work_list(), make_audit_trail()}) {
        storage::MemoryReadStore store;
        ModelLog newer;
        newer.write("appraisal", "a-1", "appraisal.opened", 3, record::to_bytes(opened()), true);
        auto folded = newer.fold(*model, store);
        ASSERT_FALSE(folded) << model->name();
        EXPECT_EQ(folded.error().code, ErrorCode::unsupported);
        ModelLog damaged;
        damaged.write("appraisal", "a-1", "appraisal.opened", 2, "short", true);
        folded = damaged.fold(*model, store);
        ASSERT_FALSE(folded) << model->name();
        EXPECT_EQ(folded.error().code, ErrorCode::corruption);
    }
}

TEST(ReadModels, fold_to_the_phase_that_the_kernel_allows) {
    for (std::size_t p = 0; p < phase_count; ++p) {
        for (std::size_t k = 0; k < event_kind_count; ++k) {
            const auto phase = static_cast<Phase>(p);
            const auto kind = static_cast<EventKind>(k);
            const auto next = next_phase(phase, kind);
            if (!next) continue;
            EXPECT_EQ(phase_after(kind).value_or(phase), *next)
                << name_of(kind) << " in " << name_of(phase)
                << ": teach phase_after() in workflows/appraisal/model_rows.cpp the new move";
        }
    }
}

TEST(ReadModels, keys_sort_as_their_texts_and_times_do) {
    using std::string_literals::operator""s;
    const std::vector<std::string> texts = {"",        "\0"s,  "\0\xff"s, "a", "a\0"s,
                                            "a\0\0b"s, "a\1"s, "ab",      "b", "\xff"s};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::string key;
        append_text(key, texts[i]);
        std::string_view rest = key;
        EXPECT_EQ(*take_text(rest), texts[i]);
        EXPECT_TRUE(rest.empty());
        if (i == 0) continue;
        std::string before;
        append_text(before, texts[i - 1]);
        EXPECT_LT(before, key) << "texts " << i - 1 << " and " << i;
        EXPECT_FALSE(key.starts_with(before));
    }
    std::string early, late;
    append_instant(early, {-1});
    append_instant(late, {1});
    EXPECT_LT(early, late);
    std::string_view open_end = "no end";
    EXPECT_EQ(take_text(open_end).error().code, ErrorCode::corruption);
}

}  // namespace
}  // namespace jejak::appraisal
