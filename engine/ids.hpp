#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/result.hpp"

namespace jejak {

// Place of a record in the whole log: dense, from 1. 0 means "before the first".
struct Position {
    std::uint64_t value = 0;
    friend auto operator<=>(const Position&, const Position&) = default;
};

// Number of events in a stream; 0: the stream does not exist.
struct Version {
    std::uint32_t value = 0;
    friend auto operator<=>(const Version&, const Version&) = default;
};

// 16 random or derived bytes that name something. `Tag` keeps the kinds apart.
template <class Tag>
struct Id16 {
    std::array<std::uint8_t, 16> bytes{};

    [[nodiscard]] bool is_nil() const { return *this == Id16{}; }
    friend auto operator<=>(const Id16&, const Id16&) = default;
};

// The pseudonym of a person (random, made once; the `person` workflow keeps who it is).
using PersonId = Id16<struct PersonTag>;
// A rater inside one stream: HMAC(stream key, person). Says nothing outside that stream.
using Handle = Id16<struct HandleTag>;
using LogId = Id16<struct LogTag>;
using Salt = Id16<struct SaltTag>;
using Sha256 = std::array<std::uint8_t, 32>;

// Lower-case hex of any bytes, and back (`from_hex` wants exactly 2 digits a byte of `out`).
[[nodiscard]] std::string to_hex(const std::uint8_t* bytes, std::size_t size);
[[nodiscard]] bool from_hex(std::string_view text, std::uint8_t* out, std::size_t size);

template <class Tag>
[[nodiscard]] std::string to_hex(const Id16<Tag>& id) {
    return to_hex(id.bytes.data(), id.bytes.size());
}
[[nodiscard]] inline std::string to_hex(const Sha256& digest) {
    return to_hex(digest.data(), digest.size());
}

// Names a stream: "<workflow>/<key>", e.g. "appraisal/lampung-001". 3..96 bytes of letters,
// digits and . _ - @ : after the slash; the workflow part is lower-case letters and _.
class StreamId {
  public:
    StreamId() = default;
    // Errors: invalid_input, naming the first character that is not allowed.
    [[nodiscard]] static Result<StreamId> make(std::string_view workflow, std::string_view key);
    [[nodiscard]] static Result<StreamId> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::string_view workflow() const;
    [[nodiscard]] std::string_view key() const;
    [[nodiscard]] bool empty() const { return text_.empty(); }
    friend auto operator<=>(const StreamId&, const StreamId&) = default;

  private:
    explicit StreamId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// Chosen by whoever sends a command; the same id gets the first answer again.
// 1..64 bytes of letters, digits and . _ - : @ so that it can stand in a key, a URL and a log line.
class CommandId {
  public:
    CommandId() = default;
    [[nodiscard]] static Result<CommandId> make(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    friend auto operator<=>(const CommandId&, const CommandId&) = default;

  private:
    explicit CommandId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace jejak
