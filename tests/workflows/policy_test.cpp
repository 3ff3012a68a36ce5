#include "workflows/policy/policy_decider.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engine/record/event_codec.hpp"
#include "tests/workflows/people.hpp"
#include "tests/workflows/policies.hpp"

namespace jejak::policy {
namespace {

using namespace appraisal::specs;
using D = PolicyDecider;

Context at(std::string_view stream, const Actor& actor) {
    Context context;
    context.stream = *StreamId::make("policy", stream);
    context.position = Position{42};
    context.actor = actor;
    return context;
}

Decision<D::Event> publish(const std::string& document, const D::State& state = {},
                           const Actor& actor = an_administrator) {
    return D::decide(state, PublishPolicy{document}, at("uji", actor));
}

std::string rule_of(const Decision<D::Event>& decision) {
    const auto* no = std::get_if<Rejection>(&decision);
    return no == nullptr ? "" : no->rule;
}

D::State published(const std::string& document) {
    D::State state;
    const auto decision = publish(document);
    EXPECT_EQ(rule_of(decision), "");
    if (const auto* yes = std::get_if<Accepted<D::Event>>(&decision)) {
        for (const auto& event : yes->events)
            D::evolve(state, event);
    }
    return state;
}

TEST(Policy, is_published_in_canonical_form_under_its_hash) {
    const std::string document = policy_document(lenient);
    const auto decision = publish(document);
    const auto* yes = std::get_if<Accepted<D::Event>>(&decision);
    ASSERT_NE(yes, nullptr);
    ASSERT_EQ(yes->events.size(), 1U);
    const auto& event = std::get<PolicyPublished>(yes->events.front());
    const auto& policy = *published_policy(lenient)->policy;
    EXPECT_EQ(event.policy, "uji");
    EXPECT_EQ(event.sha256, to_hex(policy.hash));
    EXPECT_EQ(event.document, policy.canonical);
    EXPECT_EQ(event.position, Position{42});
    EXPECT_EQ(yes->policy, Position{42});
    EXPECT_TRUE(yes->claims.empty());
}

TEST(Policy, can_be_replayed_from_its_bytes) {
    const auto decision = publish(policy_document(lenient));
    const auto& event =
        std::get<PolicyPublished>(std::get<Accepted<D::Event>>(decision).events.front());
    auto decoded =
        record::decode_any<D::Event>(PolicyPublished::event_name, 1, record::to_bytes(event));
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    D::State state;
    D::evolve(state, *decoded);
    ASSERT_NE(state.policy, nullptr);
    EXPECT_EQ(to_hex(state.policy->hash), event.sha256);
    EXPECT_EQ(state.position, Position{42});
}

TEST(Policy, published_again_adds_nothing_whatever_its_white_space) {
    const std::string document = policy_document(lenient);
    const auto state = published(document);
    for (const std::string& same : {document, state.policy->canonical, " \n" + document}) {
        const auto again = publish(same, state);
        const auto* yes = std::get_if<Accepted<D::Event>>(&again);
        ASSERT_NE(yes, nullptr) << rule_of(again);
        EXPECT_TRUE(yes->events.empty());
        EXPECT_EQ(yes->policy, state.position);
    }
}

TEST(Policy, cannot_be_changed) {
    const auto state = published(policy_document(lenient));
    std::string other = policy_document(lenient);
    other.replace(other.find("\"window_days\": 14"), 17, "\"window_days\": 15");
    EXPECT_EQ(rule_of(publish(other, state)), "policy_is_published");
}

TEST(Policy, is_published_by_an_office) {
    const std::string document = policy_document(lenient);
    EXPECT_EQ(rule_of(publish(document, {}, a_registrar)), "");
    for (const Actor& actor : {the_employee, the_supervisor, the_superior, as("", stranger),
                               as("peer", stranger), as("system", PersonId{})}) {
        EXPECT_EQ(rule_of(publish(document, {}, actor)), "not_permitted") << actor.role;
    }
}

TEST(Policy, that_is_not_valid_is_refused_with_every_problem) {
    EXPECT_EQ(rule_of(publish("")), "document_not_valid");
    EXPECT_EQ(rule_of(publish("{")), "document_not_valid");
    EXPECT_EQ(rule_of(publish("{\"policy\": \"uji\"}")), "document_not_valid");
    std::string document = policy_document(lenient);
    document.replace(document.find("\"renormalise\""), 13, "\"perhaps\"");
    const auto refused = publish(document);
    EXPECT_EQ(rule_of(refused), "document_not_valid");
    EXPECT_NE(std::get<Rejection>(refused).message.find("missing"), std::string::npos)
        << std::get<Rejection>(refused).message;
}

TEST(Policy, lives_in_the_stream_of_its_id) {
    const auto misplaced =
        D::decide({}, PublishPolicy{policy_document(lenient)}, at("lain", an_administrator));
    EXPECT_EQ(rule_of(misplaced), "wrong_stream");
}

TEST(Policy, that_cannot_be_read_any_more_stays_unknown_without_failing_the_fold) {
    D::State state;
    D::evolve(state, PolicyPublished{"uji", "00", "{\"from\": \"the future\"}", Position{9}});
    EXPECT_EQ(state.policy, nullptr);
    EXPECT_EQ(state.position, Position{9});
}

}  // namespace
}  // namespace jejak::policy
