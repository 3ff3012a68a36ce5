#include "adapters/intake/people.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <set>

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "tests/adapters/intake_house.hpp"
#include "workflows/person/person_decider.hpp"

namespace jejak::intake {
namespace {

constexpr std::string_view ani = "nip:198501012010011001";
constexpr std::string_view budi = "nip:197803152005012002";

// Returns when everything that was submitted before has been answered.
void wait_for_the_writer(House& house) {
    const auto answer = house.run(
        R"({"command": "finalise", "appraisal": "none", "data": {},
            "actor": {"id": "nip:197803152005012002", "role": "supervisor"}})");
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
}

TEST(People, gives_someone_new_a_pseudonym_and_registers_her) {
    House house;
    const auto person = house.people.identify(ani, "csv");
    ASSERT_TRUE(person.has_value()) << person.error().message;
    EXPECT_FALSE(person->is_nil());
    wait_for_the_writer(house);

    const auto bytes = house.store.read(Position{2});
    ASSERT_TRUE(bytes && *bytes);
    const auto record = record::decode_record(**bytes);
    ASSERT_TRUE(record.has_value());
    EXPECT_EQ(record->envelope.event_name, "person.registered");
    EXPECT_EQ(record->envelope.actor.kind, Actor::Kind::system);
    EXPECT_EQ(record->envelope.actor.role, "system");
    EXPECT_EQ(record->envelope.actor.channel, "csv");
    EXPECT_EQ(record->envelope.command_id.text(),
              "person-" + std::string(record->envelope.stream.key()));
    EXPECT_EQ((*bytes)->find("198501012010011001"), std::string::npos)
        << "the identifier must be sealed";
}

TEST(People, knows_her_again_at_once_and_after_a_restart) {
    House house;
    const auto first = house.people.identify(ani, "csv");
    const auto again = house.people.identify(ani, "http");
    const auto other = house.people.identify(budi, "csv");
    ASSERT_TRUE(first && again && other);
    EXPECT_EQ(*first, *again);
    EXPECT_NE(*first, *other);
    wait_for_the_writer(house);
    EXPECT_EQ(house.store.head()->position, Position{4}) << "log, two people, one refusal";

    People restarted(house.store, house.keyring, house.writer);
    EXPECT_EQ(*restarted.identify(ani, "csv"), *first);
    EXPECT_EQ(*restarted.find(budi), std::optional(*other));
}

TEST(People, registers_ahead_of_the_command_that_names_her) {
    House house;
    const auto answer = house.run(
        R"({"command": "finalise", "appraisal": "none", "data": {},
            "actor": {"id": "nip:198501012010011001", "role": "supervisor"}})");
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(house.event_names(),
              (std::vector<std::string>{"log.created", "person.registered", "command.rejected"}));
}

TEST(People, registers_once_however_many_threads_ask) {
    House house;
    std::vector<std::future<PersonId>> answers;
    for (int i = 0; i < 8; ++i) {
        answers.push_back(std::async(std::launch::async, [&] {
            PersonId last;
            for (int turn = 0; turn < 50; ++turn)
                last = *house.people.identify(ani, "http");
            return last;
        }));
    }
    std::set<PersonId> people;
    for (auto& answer : answers)
        people.insert(answer.get());
    EXPECT_EQ(people.size(), 1u);
    wait_for_the_writer(house);
    const auto names = house.event_names();
    EXPECT_EQ(std::count(names.begin(), names.end(), "person.registered"),
              2);  // and the supervisor
}

TEST(People, registers_nobody_for_a_question_or_while_only_reading) {
    House house;
    EXPECT_EQ(*house.people.find(ani), std::nullopt);
    People reading(house.store, house.keyring, nullptr);
    const auto unknown = reading.identify(ani, "cli");
    ASSERT_FALSE(unknown.has_value());
    EXPECT_EQ(unknown.error().code, ErrorCode::not_found);
    EXPECT_EQ(house.store.head()->position, Position{1});
}

TEST(People, forgets_whom_the_writer_could_not_register) {
    House house;
    house.writer->stop();
    const auto refused = house.people.identify(ani, "csv");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::stopped);
    EXPECT_EQ(*house.people.find(ani), std::nullopt);
}

TEST(People, forgets_whom_an_append_lost_and_finds_her_when_it_did_land) {
    for (const bool lands : {false, true}) {
        House house({.unknown_outcome_at = 2, .batch_lands = lands});
        const auto person = house.people.identify(ani, "csv");
        // Nobody waits for the disk; but a quick disk may have failed before the answer is given.
        EXPECT_TRUE(person || person.error().code == ErrorCode::outcome_unknown);
        // The command behind it learns that nothing is certain.
        const auto answer = house.run(
            R"({"command": "finalise", "appraisal": "none", "data": {},
                "actor": {"id": "nip:198501012010011001", "role": "supervisor"}})");
        ASSERT_FALSE(answer.has_value());
        house.store.reopen();
        const auto known = house.people.find(ani);
        ASSERT_TRUE(known.has_value());
        EXPECT_EQ(known->has_value(), lands);
        if (lands && person) {
            EXPECT_EQ(**known, *person);
        }
    }
}

TEST(People, keeps_those_on_their_way_into_the_log_when_the_cache_is_full) {
    House house;
    People small(house.store, house.keyring, house.writer, People::Options{.cached_people_max = 2});
    std::vector<PersonId> first;
    std::vector<PersonId> second;
    for (int i = 0; i < 20; ++i)
        first.push_back(*small.identify("student:" + std::to_string(i), ""));
    for (int i = 0; i < 20; ++i)
        second.push_back(*small.identify("student:" + std::to_string(i), ""));
    EXPECT_EQ(first, second);
}

TEST(People, keeps_the_stream_of_a_person_unguessable_without_the_secret) {
    House one;
    House two;
    const auto outside = parse_identifier(ani);
    const StreamId in_one = People::stream_of(one.keyring.log_secret(), *outside);
    EXPECT_NE(in_one, People::stream_of(two.keyring.log_secret(), *outside));
    EXPECT_EQ(in_one.workflow(), "person");
    EXPECT_EQ(in_one.key().size(), 32u);
}

TEST(Identifiers, gives_the_outside_identifier_back_until_she_is_erased) {
    House house;
    const PersonId person = *house.people.identify(ani, "csv");
    wait_for_the_writer(house);
    EXPECT_EQ(*house.identifiers.identifier_of(person), ani);
    EXPECT_EQ(*house.identifiers.identifier_of(person), ani);
    house.erase(person);
    EXPECT_EQ(*house.identifiers.identifier_of(person), record::erased_text);
    EXPECT_EQ(*house.people.find(ani), std::optional(person)) << "she is still the same person";
}

TEST(Identifiers, writes_a_pseudonym_for_whom_no_registration_is_known) {
    House house;
    const PersonId nobody{{7}};
    EXPECT_EQ(*house.identifiers.identifier_of(nobody), "pseudonym:" + to_hex(nobody));
}

TEST(Identifiers, calls_a_finder_that_points_elsewhere_corruption) {
    House house;
    const PersonId person = *house.people.identify(ani, "csv");
    wait_for_the_writer(house);
    Identifiers wrong(house.opener, [](PersonId) { return std::optional(Position{1}); });
    const auto answer = wrong.identifier_of(person);
    ASSERT_FALSE(answer.has_value());
    EXPECT_EQ(answer.error().code, ErrorCode::corruption);
    EXPECT_TRUE(says(answer.error().message, "make the read models anew"));
}

TEST(Opener, opens_a_field_at_its_own_place_only) {
    House house;
    const PersonId person = *house.people.identify(ani, "csv");
    wait_for_the_writer(house);
    const auto bytes = house.store.read(Position{2});
    const auto record = record::decode_record(**bytes);
    const auto event = record::decode_event<person::PersonRegistered>(1, record->payload);
    ASSERT_TRUE(event.has_value());
    const auto open = [&](std::string_view path) {
        return house.opener.open(event->identifier, record->envelope_bytes, path);
    };
    EXPECT_EQ(*open("identifier"), "198501012010011001");
    ASSERT_FALSE(open("comment").has_value());
    EXPECT_EQ(open("comment").error().code, ErrorCode::corruption);
    house.erase(person);
    EXPECT_EQ(*open("identifier"), "[erased]");
}

}  // namespace
}  // namespace jejak::intake
