// What each reader may see, and that nobody learns a single rater's ratings: an attacker reads all
// that a party can read, at every point of the history, and cannot tell two worlds apart that
// differ in nothing but who of the raters gave what.
#include <gtest/gtest.h>

#include "engine/record/event_codec.hpp"
#include "tests/workflows/lives.hpp"
#include "workflows/appraisal/differences.hpp"
#include "workflows/appraisal/disclosure.hpp"
#include "workflows/appraisal/what_if.hpp"

namespace jejak::appraisal {
namespace {

using namespace specs;

const scoring::Policy& pinned_rules(std::string_view id = lenient) {
    return *published_policy(id)->policy;
}

Reader reader(PersonId who, std::string office = "") {
    return {who, handle_of(who), std::move(office)};
}

struct Said {
    std::string kerja_sama, komunikasi;
};

// An appraisal to which three peers (two are needed) and one subordinate (too few) contributed, one
// peer after a second thought; finalised, annulled, finalised again and contested.
Life a_world(const std::vector<Said>& peers, const Said& second_thought, const Said& subordinate) {
    Life life = self_assessed();
    life.act(OpenFeedback{}, the_supervisor);
    const auto give = [&](std::uint8_t number, std::string_view role, const Said& said) {
        const auto who = rater_person(number);
        life.act(feedback(who, role, said.kerja_sama, said.komunikasi), as_rater(role, who));
    };
    for (std::uint8_t i = 0; i < peers.size(); ++i)
        give(i, "peer", peers[i]);
    give(0, "peer", second_thought);
    give(9, "subordinate", subordinate);
    life.act(a_review(), the_supervisor)
        .act(CloseFeedback{}, the_supervisor)
        .act(ConfirmReview{}, the_supervisor)
        .act(Finalise{}, the_supervisor)
        .act(annulment("self_assessed"), an_administrator)
        .act(a_review(), the_supervisor)
        .act(CloseFeedback{}, the_supervisor)
        .act(ConfirmReview{}, the_supervisor)
        .act(Finalise{}, the_supervisor)
        .act(objection(), the_employee)
        .act(AnswerObjection{words("benar")}, the_supervisor)
        .act(decision("changed"), the_superior);
    return life;
}

std::string text_of(const scoring::Policy& policy, const Appraisal& seen) {
    const auto explained = explain(seen, policy);
    const auto* outcome = std::get_if<scoring::Outcome>(&explained.answer);
    if (outcome == nullptr) return std::get<scoring::Missing>(explained.answer).text();
    return outcome->score_text + outcome->predicate + record::to_bytes(outcome->derivation);
}

// Every what-if that can be asked of a state: each source left out, each value of each criterion.
std::string what_ifs(const Appraisal& seen, const scoring::Policy& policy) {
    std::string text;
    const auto ask = [&](const Change& change) {
        const auto changed = with_change(seen, policy, change);
        text += change.text() + ": " + (changed ? text_of(policy, *changed) : "refused") + "\n";
    };
    for (const auto& source : policy.sources) {
        Change change;
        change.kind = Change::Kind::without_source;
        change.source = source.id;
        ask(change);
    }
    for (const auto& criterion : policy.criteria) {
        for (std::uint32_t version = 0; version <= seen.version; ++version) {
            Change change;
            change.criterion = criterion.id;
            change.value = "2";
            change.version = version;
            ask(change);
        }
    }
    return text;
}

// All that a reader can read at one moment about one point of the history.
std::string one_read(const Appraisal& then, const Disclosure& to) {
    const auto& policy = pinned_rules();
    const auto seen = disclosed(then, policy, to);
    std::string text = summary_of(seen);
    if (check_derivation(to)) text += text_of(policy, seen) + what_ifs(seen, policy);
    for (const auto& each : differences(Appraisal{}, seen, policy))
        text += each.what + "=" + each.after + "\n";
    return text;
}

// All that a reader can ever read: every point of the history, asked at every later moment, and
// every record.
std::vector<std::string> all_reads(const std::vector<Event>& history, const Reader& by) {
    std::vector<Appraisal> states(1);
    for (const auto& event : history) {
        states.push_back(states.back());
        evolve(states.back(), event);
    }
    std::vector<std::string> reads;
    for (std::size_t now = 1; now < states.size(); ++now) {
        const auto to = disclosure_for(states[now], by);
        for (std::size_t then = 1; then <= now; ++then) {
            reads.push_back(one_read(states[then], to));
            const auto how =
                shown(history[then - 1], states[then], states[now], pinned_rules(), to);
            reads.push_back(how == Shown::nothing
                                ? "withheld"
                                : std::visit([](auto event) { return record::to_bytes(event); },
                                             history[then - 1]));
        }
    }
    return reads;
}

// The sums of both are the same: 12 and 12 of three peers.
const std::vector<Event>& first_world() {
    static const std::vector<Event> world =
        a_world({{"1", "1"}, {"3", "4"}, {"4", "5"}}, {"5", "3"}, {"5", "5"});
    return world;
}
const std::vector<Event>& second_world() {
    static const std::vector<Event> world =
        a_world({{"5", "2"}, {"4", "4"}, {"4", "4"}}, {"4", "4"}, {"1", "1"});
    return world;
}

TEST(Attacker, cannot_tell_who_of_the_raters_gave_what_from_all_that_a_party_can_read) {
    ASSERT_EQ(first_world().size(), second_world().size());
    for (const auto& party :
         {reader(subject), reader(supervisor), reader(administrator, "administrator"),
          reader(registrar, "registrar"), reader(stranger), reader(rater_person(8))}) {
        const auto one = all_reads(first_world(), party), other = all_reads(second_world(), party);
        ASSERT_EQ(one.size(), other.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            ASSERT_EQ(one[i], other[i]) << "read " << i << " tells the worlds apart for the "
                                        << (party.person == subject ? "subject" : "other party");
        }
    }
}

TEST(Attacker, who_decides_or_audits_can_tell_them_apart_so_that_this_test_can_fail) {
    for (const auto& judge : {reader(superior), reader(stranger, "auditor")}) {
        EXPECT_NE(all_reads(first_world(), judge), all_reads(second_world(), judge));
    }
    EXPECT_NE(all_reads(first_world(), reader(rater_person(0))),
              all_reads(second_world(), reader(rater_person(0))))
        << "a rater reads what she gave herself";
}

TEST(Attacker, who_is_a_rater_sees_no_sums_to_take_her_own_ratings_off) {
    // With a peer who said the same in both worlds and now supervises.
    const auto world = [](const Said& another, const Said& third) {
        auto life = Life(a_world({{"3", "3"}, another, third}, {"3", "3"}, {"4", "4"}));
        std::vector<Event> events = life.events();
        return events;
    };
    const auto one = world({"2", "4"}, {"4", "2"}), other = world({"4", "2"}, {"2", "4"});
    EXPECT_EQ(all_reads(one, reader(rater_person(0))), all_reads(other, reader(rater_person(0))));
    Appraisal state = folded(one);
    state.supervisor = rater_person(0);
    const auto to = disclosure_for(state, reader(rater_person(0)));
    EXPECT_EQ(to.relation, Relation::supervisor);
    EXPECT_FALSE(to.sums);
    EXPECT_FALSE(check_derivation(to).has_value());
}

TEST(Disclosure, shows_sums_only_when_the_feedback_is_closed_and_enough_have_spoken) {
    const auto to = disclosure_for(folded(finalised()), reader(subject));
    const auto open = disclosed(folded(feedback_opened()), pinned_rules(), to);
    EXPECT_TRUE(open.recorded_sources.empty());
    const auto closed = disclosed(folded(finalised()), pinned_rules(), to);
    EXPECT_TRUE(closed.feedback.empty());
    ASSERT_TRUE(closed.recorded_sources.contains("peer"));
    EXPECT_EQ(closed.recorded_sources.at("peer").respondents, 2U);
    auto few = folded(finalised());
    few.feedback.erase(few.feedback.begin());
    EXPECT_TRUE(disclosed(few, pinned_rules(), to).recorded_sources.empty());
}

TEST(Disclosure, lets_the_parties_compute_the_recorded_score_again_from_the_sums) {
    const auto state = folded(finalised());
    const auto seen = disclosed(state, pinned_rules(), disclosure_for(state, reader(subject)));
    const auto again = scoring::evaluate(pinned_rules(), scoring_inputs(seen, pinned_rules()));
    EXPECT_EQ(std::get<scoring::Outcome>(again).score_text, state.result->score);
}

TEST(Disclosure, shows_the_review_to_the_subject_once_there_is_a_result) {
    const auto review_for = [](const std::vector<Event>& history, PersonId who) {
        const auto state = folded(history);
        return disclosed(state, pinned_rules(), disclosure_for(state, reader(who)))
            .review.has_value();
    };
    EXPECT_FALSE(review_for(weighed(), subject));
    EXPECT_TRUE(review_for(finalised(), subject));
    EXPECT_TRUE(review_for(reviewed(), supervisor));
    const auto seen = disclosed(folded(weighed()), pinned_rules(),
                                disclosure_for(folded(weighed()), reader(subject)));
    EXPECT_TRUE(seen.self_assessment);
}

TEST(Disclosure, knows_what_a_reader_is_to_the_appraisal_as_it_is_now) {
    const auto relation = [](const std::vector<Event>& history, const Reader& who) {
        return relation_of(folded(history), who);
    };
    EXPECT_EQ(relation(finalised(), reader(superior)), Relation::superior);
    EXPECT_EQ(relation(answered(), reader(superior)), Relation::decider);
    EXPECT_EQ(relation(answered(panelled).act(a_panel(), an_administrator), reader(new_superior)),
              Relation::decider);
    EXPECT_EQ(relation(finalised(), reader(rater_person(1))), Relation::rater);
    EXPECT_EQ(relation(finalised(), reader(stranger)), Relation::none);
    EXPECT_EQ(relation(finalised(), reader(PersonId{})), Relation::none);
    EXPECT_EQ(relation(finalised(), reader(subject, "administrator")), Relation::subject);
    EXPECT_EQ(relation(finalised(), reader(stranger, "registrar")), Relation::administration);
    EXPECT_EQ(relation(finalised(), reader(stranger, "tetangga")), Relation::none);
}

TEST(Disclosure, shows_nothing_at_all_to_whom_the_appraisal_is_nothing) {
    const std::vector<Event> history = finalised();
    const auto state = folded(history);
    const auto to = disclosure_for(state, reader(stranger));
    EXPECT_EQ(disclosed(state, pinned_rules(), to), Appraisal{});
    for (const auto& event : history)
        EXPECT_EQ(shown(event, state, state, pinned_rules(), to), Shown::nothing);
}

TEST(Disclosure, keeps_a_criterion_that_few_rated_out_of_sums_and_score) {
    auto life = self_assessed();
    life.act(OpenFeedback{}, the_supervisor);
    for (std::uint8_t i = 0; i < 3; ++i) {
        auto give = feedback(rater_person(i), "peer", "4", "2");
        if (i > 0) give.ratings.pop_back();  // only one says something of komunikasi
        life.act(give, as_rater("peer", rater_person(i)));
    }
    life.act(a_review(), the_supervisor)
        .act(CloseFeedback{}, the_supervisor)
        .act(ConfirmReview{}, the_supervisor)
        .act(Finalise{}, the_supervisor);
    const auto state = folded(life);
    const auto seen = disclosed(state, pinned_rules(), disclosure_for(state, reader(subject)));
    ASSERT_EQ(seen.recorded_sources.at("peer").sums.size(), 1U);
    EXPECT_EQ(seen.recorded_sources.at("peer").sums[0].criterion, "kerja_sama");
    const auto again = scoring::evaluate(pinned_rules(), scoring_inputs(seen, pinned_rules()));
    EXPECT_EQ(std::get<scoring::Outcome>(again).score_text, state.result->score);
}

TEST(Disclosure, takes_whoever_rated_for_no_decider_and_a_party_for_no_auditor) {
    // The supervisor who reviewed becomes the superior, and the objection is against his review.
    auto life = weighed();
    ReassignSupervisor up = reassign();
    up.superior = supervisor;
    life.act(up, an_administrator);
    const Actor next = as(roles::supervisor, new_supervisor);
    life.act(Finalise{}, next).act(objection(), the_employee);
    const auto state = folded(life);
    EXPECT_TRUE(state.decider.is_nil());
    Appraisal as_it_was_recorded_before = state;
    as_it_was_recorded_before.decider = supervisor;
    for (const auto& each : {state, as_it_was_recorded_before}) {
        EXPECT_EQ(relation_of(each, reader(supervisor)), Relation::supervisor);
        EXPECT_FALSE(disclosure_for(each, reader(supervisor)).single_raters);
    }
    for (const auto who : {subject, supervisor, rater_person(1)}) {
        EXPECT_FALSE(disclosure_for(state, reader(who, "auditor")).single_raters);
    }
    EXPECT_TRUE(disclosure_for(state, reader(stranger, "auditor")).single_raters);
    EXPECT_TRUE(disclosure_for(state, reader({}, "auditor")).single_raters);
}

TEST(Disclosure, shows_the_subject_a_review_that_led_to_a_result_also_after_it_was_annulled) {
    auto life = finalised();
    const auto first = static_cast<std::uint32_t>(life.events().size());
    life.act(annulment("self_assessed"), an_administrator)
        .act(reassign(), an_administrator)
        .act(a_review(), as(roles::supervisor, new_supervisor));
    const auto now = folded(life);
    const auto to = disclosure_for(now, reader(subject));
    const std::vector<Event> then(life.events().begin(), life.events().begin() + first);
    EXPECT_TRUE(disclosed(folded(then), pinned_rules(), to).review.has_value());
    EXPECT_FALSE(disclosed(now, pinned_rules(), to).review.has_value());
    const auto seen = disclosed(folded(then), pinned_rules(), to);
    const auto again = scoring::evaluate(pinned_rules(), scoring_inputs(seen, pinned_rules()));
    EXPECT_EQ(std::get<scoring::Outcome>(again).score_text, folded(then).result->score);
}

TEST(Disclosure, lets_an_office_see_the_correction_that_it_is_to_confirm) {
    auto life = finalised();
    life.act(a_correction(), a_registrar);
    const auto state = folded(life);
    const auto to = disclosure_for(state, reader(administrator, "administrator"));
    EXPECT_EQ(shown(life.events().back(), state, state, pinned_rules(), to), Shown::all);
}

}  // namespace
}  // namespace jejak::appraisal
