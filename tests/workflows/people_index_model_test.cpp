#include "workflows/person/people_index.hpp"

#include "tests/workflows/model_log.hpp"
#include "workflows/person/person_decider.hpp"

namespace jejak::person {
namespace {

TEST(PeopleIndexModel, finds_the_registration_of_a_pseudonym) {
    ModelLog log;
    storage::MemoryReadStore store;
    log.record("person", "0a", PersonRegistered{agus, "nip", {}});
    log.reject("person", "0b");
    log.record("person", "0c", PersonRegistered{dewi, "student", {}});
    log.fold_well(*make_people_index(), store);
    EXPECT_EQ(*find_person(store, agus), Position{1});
    EXPECT_EQ(*find_person(store, dewi), Position{3});
    EXPECT_EQ(*find_person(store, sari), std::nullopt);
}

TEST(PeopleIndexModel, stops_at_a_fact_about_people_that_it_does_not_know) {
    ModelLog log;
    storage::MemoryReadStore store;
    log.write("person", "0a", "person.merged", 1, "", true);
    const auto folded = log.fold(*make_people_index(), store);
    ASSERT_FALSE(folded);
    EXPECT_EQ(folded.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace jejak::person
