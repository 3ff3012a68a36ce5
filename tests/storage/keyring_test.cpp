#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "storage/file_keyring.hpp"
#include "storage/memory_keyring.hpp"
#include "tests/storage/keyring_people.hpp"
#include "tests/storage/temporary_directory.hpp"

namespace jejak::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// What both rings must do.
struct MemoryRingHolder {
    MemoryKeyring& ring() { return memory; }
    MemoryKeyring memory{this_log};
};
struct FileHolder {
    FileKeyring& ring() { return *file; }
    TemporaryDirectory directory;
    std::unique_ptr<FileKeyring> file =
        FileKeyring::create(directory / "keyring", this_log).value();
};
template <class Holder>
class KeyringContract : public testing::Test {
  protected:
    [[nodiscard]] auto& ring() { return holder_.ring(); }

  private:
    Holder holder_;
};
using Holders = testing::Types<MemoryRingHolder, FileHolder>;
TYPED_TEST_SUITE(KeyringContract, Holders);

TYPED_TEST(KeyringContract, opens_what_it_wrapped) {
    const auto& ring = this->ring();
    const std::string wrapped = ring.wrap(person(1), key_of(7));
    EXPECT_EQ(wrapped.size(), 40u);
    EXPECT_EQ(wrapped.find(std::string(8, '\7')), std::string::npos) << "the key is in the clear";
    EXPECT_EQ(ring.unwrap(person(1), wrapped).value(), key_of(7));
    EXPECT_EQ(ring.log_id(), this_log);
    EXPECT_NE(ring.log_secret(), KeyBytes{});
}

TYPED_TEST(KeyringContract, takes_the_segment_from_the_first_12_bits_of_the_pseudonym) {
    EXPECT_EQ(segment_of(PersonId{{0xab, 0xcd}}), Segment{0xabc});
    EXPECT_EQ(segment_of(PersonId{{0xff, 0xff}}), Segment{4095});
    const std::string wrapped = this->ring().wrap(PersonId{{0xab, 0xc0}}, key_of(1));
    EXPECT_TRUE(this->ring().unwrap(PersonId{{0xab, 0xcf, 9}}, wrapped).has_value());
    EXPECT_FALSE(this->ring().unwrap(PersonId{{0xab, 0xd0}}, wrapped).has_value());
    EXPECT_FALSE(this->ring().unwrap(PersonId{{0xac, 0xc0}}, wrapped).has_value());
}

TYPED_TEST(KeyringContract, refuses_a_wrapped_key_that_was_altered_or_cut) {
    const std::string wrapped = this->ring().wrap(person(1), key_of(1));
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
        std::string altered = wrapped;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        const auto key = this->ring().unwrap(person(1), altered);
        ASSERT_FALSE(key.has_value());
        EXPECT_EQ(key.error().code, ErrorCode::corruption);
        EXPECT_FALSE(this->ring().unwrap(person(1), wrapped.substr(0, i)).has_value());
    }
    EXPECT_FALSE(this->ring().unwrap(person(1), wrapped + '\0').has_value());
}

TYPED_TEST(KeyringContract, erases_one_person_and_keeps_the_others_of_the_segment) {
    auto& ring = this->ring();
    WrappedKeys log = wrapped_people(ring, 3);
    const PersonId elsewhere{{0x01, 0x02}};
    const std::string wrapped_elsewhere = ring.wrap(elsewhere, key_of(9));
    const WrappedKeys before = log;
    erase(ring, log, 2);
    expect_opens(ring, log, 1);
    expect_erased(ring, log, 2);
    expect_opens(ring, log, 3);
    expect_erased(ring, before, 1);  // nobody's older bytes open any more: the key has gone
    EXPECT_EQ(ring.unwrap(elsewhere, wrapped_elsewhere).value(), key_of(9));
    EXPECT_THAT(ring.unfinished(), IsEmpty());
}

TYPED_TEST(KeyringContract, keeps_who_arrives_between_the_two_steps) {
    auto& ring = this->ring();
    WrappedKeys log = wrapped_people(ring, 2);
    const auto replacement = ring.begin_replacement(segment, all_but(log, 1)).value();
    EXPECT_EQ(ring.unfinished(), std::vector<Segment>{segment});
    log[person(5)] = ring.wrap(person(5), key_of(5));
    append(log, replacement.survivors);
    ASSERT_TRUE(ring.finish_replacement(replacement).has_value());
    expect_erased(ring, log, 1);
    expect_opens(ring, log, 2);
    expect_opens(ring, log, 5);
}

TYPED_TEST(KeyringContract, erases_two_people_of_a_segment_whose_replacements_overlap) {
    auto& ring = this->ring();
    WrappedKeys log = wrapped_people(ring, 3);
    const auto first = ring.begin_replacement(segment, all_but(log, 1)).value();
    append(log, first.survivors);
    const auto second = ring.begin_replacement(segment, {{person(3), log[person(3)]}}).value();
    const auto refused = ring.finish_replacement(first);
    ASSERT_FALSE(refused.has_value()) << "person 3 would be lost if her key is not yet appended";
    EXPECT_EQ(refused.error().code, ErrorCode::version_conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("begin it again"));
    append(log, second.survivors);
    ASSERT_TRUE(ring.finish_replacement(second).has_value());
    expect_erased(ring, log, 1);
    expect_erased(ring, log, 2);
    expect_opens(ring, log, 3);
}

TYPED_TEST(KeyringContract, refuses_to_begin_with_survivors_that_it_cannot_keep) {
    auto& ring = this->ring();
    WrappedKeys log = wrapped_people(ring, 2);
    const PersonId elsewhere{{0xab, 0xd0}};
    const auto foreign =
        ring.begin_replacement(segment, {{elsewhere, ring.wrap(elsewhere, key_of(1))}});
    ASSERT_FALSE(foreign.has_value());
    EXPECT_EQ(foreign.error().code, ErrorCode::invalid_input);
    log[person(2)][7] = static_cast<char>(log[person(2)][7] ^ 1);
    const auto broken = ring.begin_replacement(segment, all_but(log, 9));
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().code, ErrorCode::corruption);
    EXPECT_THAT(broken.error().message, HasSubstr(to_hex(person(2))));
    EXPECT_EQ(ring.begin_replacement(Segment{4096}, {}).error().code, ErrorCode::invalid_input);
    EXPECT_THAT(ring.unfinished(), IsEmpty());
}

TYPED_TEST(KeyringContract, refuses_to_finish_when_a_survivor_would_be_lost) {
    auto& ring = this->ring();
    const WrappedKeys log = wrapped_people(ring, 2);
    auto replacement = ring.begin_replacement(segment, all_but(log, 1)).value();
    replacement.survivors[0].bytes = log.at(person(2));  // under the key that is to go
    const auto finished = ring.finish_replacement(replacement);
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().code, ErrorCode::corruption);
    expect_opens(ring, log, 2);
    EXPECT_EQ(ring.unfinished(), std::vector<Segment>{segment});
}

TYPED_TEST(KeyringContract, opens_keys_while_another_thread_erases) {
    auto& ring = this->ring();
    WrappedKeys log = wrapped_people(ring, 3);
    const PersonId elsewhere{{0x01, 0x02}};
    const std::string wrapped = ring.wrap(elsewhere, key_of(9));
    std::atomic<bool> done = false;
    std::thread reader([&] {
        do {
            EXPECT_EQ(ring.unwrap(elsewhere, wrapped).value(), key_of(9));
        } while (!done);
    });
    for (int i = 0; i < 5; ++i)
        erase(ring, log, 9);
    done = true;
    reader.join();
    expect_opens(ring, log, 3);
}

TEST(MemoryKeyring, has_keys_of_its_own) {
    const MemoryKeyring one(this_log);
    const MemoryKeyring other(this_log);
    EXPECT_NE(one.log_secret(), other.log_secret());
    EXPECT_FALSE(other.unwrap(person(1), one.wrap(person(1), key_of(1))).has_value());
}

}  // namespace
}  // namespace jejak::storage
