#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "storage/segment_keys.hpp"

// A few people of one segment, what a log keeps of their keys, and an erasure in its two steps.
namespace jejak::storage {

inline constexpr LogId this_log{{0x11, 0x22, 0x33}};
inline constexpr Segment segment{0xabc};

// The n-th person of segment 0xabc.
inline PersonId person(std::uint8_t n) {
    return {{0xab, 0xc7, 0x55, n}};
}
inline KeyBytes key_of(std::uint8_t n) {
    KeyBytes key;
    key.fill(n);
    return key;
}

// What the log keeps: the newest wrapped key of each person.
using WrappedKeys = std::map<PersonId, std::string>;

template <class Ring>
WrappedKeys wrapped_people(const Ring& ring, std::uint8_t count) {
    WrappedKeys log;
    for (std::uint8_t n = 1; n <= count; ++n)
        log[person(n)] = ring.wrap(person(n), key_of(n));
    return log;
}
inline std::vector<WrappedKey> all_but(const WrappedKeys& log, std::uint8_t n) {
    std::vector<WrappedKey> others;
    for (const auto& [owner, bytes] : log) {
        if (owner != person(n)) others.push_back({owner, bytes});
    }
    return others;
}
inline void append(WrappedKeys& log, const std::vector<WrappedKey>& keys) {
    for (const WrappedKey& key : keys)
        log[key.owner] = key.bytes;
}
template <class Ring>
void expect_opens(const Ring& ring, const WrappedKeys& log, std::uint8_t n) {
    const auto key = ring.unwrap(person(n), log.at(person(n)));
    ASSERT_TRUE(key.has_value()) << "person " << int{n} << " was lost: " << key.error().message;
    EXPECT_EQ(*key, key_of(n));
}
template <class Ring>
void expect_erased(const Ring& ring, const WrappedKeys& log, std::uint8_t n) {
    const auto key = ring.unwrap(person(n), log.at(person(n)));
    ASSERT_FALSE(key.has_value()) << "person " << int{n} << " still opens; let the key go";
    EXPECT_EQ(key.error().code, ErrorCode::corruption);
    EXPECT_THAT(key.error().message, testing::HasSubstr("erased"));
}
template <class Ring>
void erase(Ring& ring, WrappedKeys& log, std::uint8_t n) {
    const auto replacement = ring.begin_replacement(segment, all_but(log, n));
    ASSERT_TRUE(replacement.has_value()) << replacement.error().message;
    append(log, replacement->survivors);
    const auto finished = ring.finish_replacement(*replacement);
    ASSERT_TRUE(finished.has_value()) << finished.error().message;
}

}  // namespace jejak::storage
