#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/event_store.hpp"

namespace jejak::storage {

// Appends and gives what completion was called with; it must be called once, before append returns.
inline Result<Head> append_to(EventStore& store, AppendBatch batch, Position expected_head,
                              std::uint64_t epoch) {
    std::optional<Result<Head>> answer;
    store.append(std::move(batch), expected_head, epoch, [&answer](Result<Head> head) {
        EXPECT_FALSE(answer.has_value()) << "completion was called twice";
        answer = std::move(head);
    });
    if (answer) return *answer;
    ADD_FAILURE() << "completion was not called";
    return error(ErrorCode::defect, "completion was not called");
}

using PositionedBytes = std::pair<Position, std::string>;

// Every record up to the head. A failure fails the test and gives what was read so far.
inline std::vector<PositionedBytes> scan_all(const EventStore& store) {
    std::vector<PositionedBytes> records;
    const auto scanned = store.scan(Position{1}, Position{UINT64_MAX},
                                    [&](Position position, std::string_view bytes) {
                                        records.emplace_back(position, bytes);
                                        return true;
                                    });
    EXPECT_TRUE(scanned.has_value()) << scanned.error().message;
    return records;
}

inline std::vector<std::uint64_t> stream_positions(const EventStore& store, std::string_view key,
                                                   std::uint32_t from) {
    std::vector<std::uint64_t> positions;
    const auto read = store.read_stream(*StreamId::make("sample", key), Version{from},
                                        [&](Position position, std::string_view) {
                                            positions.push_back(position.value);
                                            return true;
                                        });
    EXPECT_TRUE(read.has_value()) << read.error().message;
    return positions;
}

inline std::string_view view_of(const Sha256& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace jejak::storage
