#include "workflows/person/person_decider.hpp"

#include <gtest/gtest.h>

#include <string>

#include "engine/record/event_codec.hpp"
#include "tests/workflows/people.hpp"

namespace jejak::person {
namespace {

using namespace appraisal::specs;
using D = PersonDecider;

Decision<D::Event> decide(const RegisterPerson& command, const Person& state = {}) {
    Context context;
    context.stream = *StreamId::make("person", "f00d");
    context.actor = an_administrator;
    return D::decide(state, command, context);
}

const RegisterPerson siti{subject, "nip", words("198501012010012001")};

TEST(Person, is_registered_under_her_pseudonym_and_owns_her_identifier) {
    const auto decision = decide(siti);
    const auto* yes = std::get_if<Accepted<D::Event>>(&decision);
    ASSERT_NE(yes, nullptr);
    ASSERT_EQ(yes->events.size(), 1U);
    const auto& event = std::get<PersonRegistered>(yes->events.front());
    EXPECT_EQ(event.pseudonym, subject);
    EXPECT_EQ(event.name_space, "nip");
    EXPECT_EQ(event.identifier, about_subject("198501012010012001"));
    EXPECT_TRUE(yes->claims.empty());
}

TEST(Person, who_is_registered_keeps_her_pseudonym) {
    RegisterPerson again = siti;
    again.pseudonym = stranger;
    const auto decision = decide(again, Person{subject});
    const auto* yes = std::get_if<Accepted<D::Event>>(&decision);
    ASSERT_NE(yes, nullptr);
    EXPECT_TRUE(yes->events.empty());
    EXPECT_EQ(D::subject(Person{subject}, again), subject);
    EXPECT_EQ(D::subject({}, again), stranger);
}

TEST(Person, needs_pseudonym_namespace_and_identifier) {
    RegisterPerson nobody = siti;
    nobody.pseudonym = PersonId{};
    RegisterPerson nowhere = siti;
    nowhere.name_space = "";
    RegisterPerson nameless = siti;
    nameless.identifier = {};
    for (const auto& wrong : {nobody, nowhere, nameless}) {
        const auto decision = decide(wrong);
        const auto* no = std::get_if<Rejection>(&decision);
        ASSERT_NE(no, nullptr);
        EXPECT_EQ(no->rule, "identifier_missing");
        EXPECT_FALSE(no->message.empty());
    }
}

TEST(Person, is_found_again_from_bytes_without_the_identifier) {
    const PersonRegistered sealed{subject, "nip", {subject, Personal::State::sealed, "gone"}};
    const auto event =
        record::decode_any<D::Event>(PersonRegistered::event_name, 1, record::to_bytes(sealed));
    ASSERT_TRUE(event.has_value()) << event.error().message;
    Person state;
    D::evolve(state, *event);
    EXPECT_EQ(state.pseudonym, subject);
}

}  // namespace
}  // namespace jejak::person
