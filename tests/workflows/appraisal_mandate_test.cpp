// A supervisor rates as the holder of a post, on the day on which she acts.
#include <gtest/gtest.h>

#include "tests/workflows/lives.hpp"
#include "workflows/appraisal/appraisal_decider.hpp"
#include "workflows/organisation/organisation_decider.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;
using organisation::FactRetracted;
using organisation::Facts;
using organisation::PersonLeft;
using organisation::PostHeld;

// An appraisal under review whose supervisor rates by the post "kabid".
struct Asked {
    Facts post, person;
    Command command = a_review();
    Actor actor = the_supervisor;
    const char* now = "2026-06-15T08:00:00+07:00";

    Asked& held(PersonId who, const char* kind, const char* from, const char* until) {
        post.facts.push_back({PostHeld{"kabid", who, kind, from, until, "SK"}, false});
        return *this;
    }
    [[nodiscard]] std::string rule() const {
        Appraisal state;
        const std::vector<Event> history = self_assessed();
        for (const auto& event : history)
            evolve(state, event);
        state.supervisor_post = "kabid";
        Context context;
        context.actor = actor;
        context.now = context.occurred_at = *parse_instant(now);
        const auto add = [&](const std::vector<StreamId>& streams) {
            for (const auto& stream : streams) {
                if (stream == organisation::stream_of_post("kabid")) {
                    context.references.add(stream, &post);
                } else if (stream == organisation::stream_of_person(supervisor)) {
                    context.references.add(stream, &person);
                } else if (const auto* policy = published_policy(stream.key())) {
                    context.references.add(stream, policy);
                }
            }
        };
        add(AppraisalDecider::references(state, command));
        add(AppraisalDecider::further_references(state, command, context));
        const auto answer = AppraisalDecider::decide(state, command, context);
        const auto* no = std::get_if<Rejection>(&answer);
        return no == nullptr ? "" : no->rule;
    }
};

TEST(Mandate, of_whoever_holds_the_post_on_the_day_is_good) {
    EXPECT_EQ(Asked().held(supervisor, "definitive", "2020-01-01", "").rule(), "");
    EXPECT_EQ(Asked().held(supervisor, "plt", "2026-01-01", "2026-06-15").rule(), "");
}

TEST(Mandate, of_a_plt_whose_letter_has_ended_is_refused) {
    Asked asked;
    asked.held(supervisor, "plt", "2026-01-01", "2026-06-14");
    EXPECT_EQ(asked.rule(), "no_mandate");
    asked.now = "2026-06-14T23:59:00+07:00";  // the day is that of Jakarta
    EXPECT_EQ(asked.rule(), "");
}

TEST(Mandate, is_lost_to_the_next_holder_to_a_plh_and_by_leaving) {
    EXPECT_EQ(Asked()
                  .held(supervisor, "definitive", "2020-01-01", "")
                  .held(new_supervisor, "definitive", "2026-06-01", "")
                  .rule(),
              "no_mandate");
    EXPECT_EQ(Asked()
                  .held(supervisor, "definitive", "2020-01-01", "")
                  .held(new_supervisor, "plh", "2026-06-10", "2026-06-20")
                  .rule(),
              "no_mandate");
    Asked left;
    left.held(supervisor, "definitive", "2020-01-01", "");
    left.person.facts.push_back({PersonLeft{supervisor, "retirement", "2026-06-01", ""}, false});
    EXPECT_EQ(left.rule(), "no_mandate");
    left.person.facts[0].retracted = true;
    EXPECT_EQ(left.rule(), "");
    EXPECT_EQ(Asked().rule(), "no_mandate");  // nobody ever held it
}

TEST(Mandate, is_asked_of_the_supervisor_only) {
    Asked asked;
    asked.actor = an_administrator;
    asked.command = waive("review");
    EXPECT_NE(asked.rule(), "no_mandate");
}

TEST(Mandate, is_asked_where_the_appraisal_names_a_post) {
    auto open = open_under("uji");
    open.supervisor_post = "kabid";
    const auto opened = given({}).when(open, an_administrator).only<Opened>();
    EXPECT_EQ(opened.supervisor_post, "kabid");
    open.supervisor_post = "bukan nama";
    given({}).when(open, an_administrator).then_rejected("opening_incomplete");
    EXPECT_EQ(Opened::upcast(OpenedV1{}).supervisor_post, "");
    EXPECT_EQ(SupervisorReassigned::upcast(SupervisorReassignedV1{}).supervisor_post, "");
}

}  // namespace
}  // namespace jejak::appraisal
