#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/record/envelope.hpp"

namespace jejak::storage {

inline constexpr LogId sample_log_id{{7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}};

// Makes whole batches of valid records, the same for the same calls: a test that fails fails again.
class SampleLog {
  public:
    explicit SampleLog(LogId log_id = sample_log_id) : log_id_(log_id) {}

    // The next event of a stream, a commit of its own, with `payload_size` bytes behind the
    // envelope.
    Record event(const std::string& stream_key, std::size_t payload_size = 40) {
        Envelope envelope = next_envelope(stream_key);
        envelope.event_name = "sample.noted";
        envelope.version = Version{++version_of(stream_key)};
        return finish(std::move(envelope), payload_size);
    }

    Record rejection(const std::string& stream_key) {
        Envelope envelope = next_envelope(stream_key);
        envelope.event_name = "command.rejected";
        return finish(std::move(envelope), 40);
    }

    // `count` events of one stream under one command.
    std::vector<Record> commit(const std::string& stream_key, std::uint16_t count) {
        std::vector<Record> records;
        const std::uint64_t command = commands_ + 1;
        for (std::uint16_t index = 0; index < count; ++index) {
            Envelope envelope = next_envelope(stream_key);
            commands_ = command;
            envelope.command_id = command_id(command);
            envelope.event_name = "sample.noted";
            envelope.index = index;
            envelope.count = count;
            envelope.version = Version{++version_of(stream_key)};
            records.push_back(finish(std::move(envelope), 40));
        }
        return records;
    }

    // `count` events, spread over as many streams as `streams`.
    AppendBatch batch(std::size_t count, std::size_t streams = 50, std::size_t payload_size = 40) {
        AppendBatch batch;
        for (std::size_t i = 0; i < count; ++i) {
            batch.records.push_back(event("s-" + padded(next_stream_++ % streams), payload_size));
        }
        batch.keys.push_back({owner(position_), std::string(40, 'k')});
        return batch;
    }

    [[nodiscard]] Position head() const { return Position{position_}; }
    [[nodiscard]] static CommandId command_id(std::uint64_t number) {
        return *CommandId::make("c-" + padded(number));
    }
    [[nodiscard]] static PersonId owner(std::uint64_t number) {
        PersonId id;
        for (std::size_t i = 0; i < 8; ++i) {
            id.bytes[i] = static_cast<std::uint8_t>(number >> (8 * (7 - i)));
        }
        id.bytes[15] = 1;
        return id;
    }
    [[nodiscard]] static std::string padded(std::uint64_t number) {
        char text[24];
        std::snprintf(text, sizeof text, "%012llu", static_cast<unsigned long long>(number));
        return text;
    }

  private:
    Envelope next_envelope(const std::string& stream_key) {
        Envelope envelope;
        envelope.log_id = log_id_;
        envelope.position = Position{++position_};
        envelope.recorded_at =
            Instant{1'700'000'000'000'000 + static_cast<std::int64_t>(position_)};
        envelope.occurred_at = envelope.recorded_at;
        envelope.stream = *StreamId::make("sample", stream_key);
        envelope.actor.role = "system";
        envelope.actor.channel = "test";
        envelope.command_id = command_id(++commands_);
        for (std::size_t i = 0; i < 16; ++i) {
            envelope.salt.bytes[i] =
                static_cast<std::uint8_t>((position_ * 131 + i * 29) >> (i % 8));
        }
        return envelope;
    }
    static Record finish(Envelope envelope, std::size_t payload_size) {
        std::string bytes = record::encode_envelope(envelope);
        for (std::size_t i = 0; i < payload_size; ++i) {
            bytes.push_back(static_cast<char>((envelope.position.value * 31 + i * 7) >> (i % 5)));
        }
        return {std::move(envelope), std::move(bytes)};
    }
    std::uint32_t& version_of(const std::string& stream_key) { return versions_[stream_key]; }

    LogId log_id_;
    std::uint64_t position_ = 0;
    std::uint64_t commands_ = 0;
    std::uint64_t next_stream_ = 0;
    std::unordered_map<std::string, std::uint32_t> versions_;
};

}  // namespace jejak::storage
