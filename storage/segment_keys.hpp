#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event_store.hpp"
#include "engine/keyring.hpp"
#include "engine/record/aead.hpp"
#include "engine/result.hpp"

namespace jejak::storage {

inline constexpr std::size_t segment_count = 4096;

// The owners whose pseudonyms begin with the same 12 bits, as a number from 0 to 4095.
struct Segment {
    std::uint16_t value = 0;
    friend auto operator<=>(const Segment&, const Segment&) = default;
};
[[nodiscard]] Segment segment_of(PersonId owner);

// A new key for one segment: which, and the keys of those who stay, wrapped under it.
struct Replacement {
    Segment segment;
    std::uint32_t epoch = 0;
    std::vector<WrappedKey> survivors;
};

struct SegmentKey {
    std::uint32_t epoch = 0;  // 0, then one more with each replacement of the segment's key
    record::SecretKey key;
};
struct RetiringKey {
    Segment segment;
    SegmentKey former;
};

// The keys that wrap people's keys: one a segment, and, while a replacement is under way, also the
// segment's former ones. A value without a lock; the key rings add the lock and the file.
class SegmentKeys {
  public:
    [[nodiscard]] static SegmentKeys random();
    // `current` holds segment_count keys, by segment; `retiring` the oldest of a segment first.
    SegmentKeys(std::vector<SegmentKey> current, std::vector<RetiringKey> retiring);

    // Always under the newest key of the owner's segment; 40 bytes.
    [[nodiscard]] std::string wrap(PersonId owner, const KeyBytes& key) const;
    // Under any key of the segment that has not been let go. Errors: corruption.
    [[nodiscard]] Result<KeyBytes> unwrap(PersonId owner, std::string_view wrapped) const;

    // Adds a fresh key to the segment and keeps the former ones. Without effect on an error:
    // invalid_input for a survivor of another segment, corruption for one that does not open.
    [[nodiscard]] Result<Replacement> begin_replacement(Segment segment,
                                                        const std::vector<WrappedKey>& survivors);
    // Lets the former keys of the segment go. Without effect on an error: version_conflict when a
    // later replacement of the segment has begun; corruption when a survivor would be lost.
    [[nodiscard]] Result<void> finish_replacement(const Replacement& replacement);
    // Segments whose replacement has begun and not been finished, ascending.
    [[nodiscard]] std::vector<Segment> unfinished() const;

    [[nodiscard]] const std::vector<SegmentKey>& current() const { return current_; }
    [[nodiscard]] const std::vector<RetiringKey>& retiring() const { return retiring_; }

  private:
    std::vector<SegmentKey> current_;
    std::vector<RetiringKey> retiring_;
};

}  // namespace jejak::storage
