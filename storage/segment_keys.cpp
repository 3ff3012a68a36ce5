#include "storage/segment_keys.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/ensure.hpp"

namespace jejak::storage {
namespace {

std::string_view view_of(const KeyBytes& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

std::string wrapped_under(const record::SecretKey& wrapping, const record::SecretKey& key) {
    const record::WrappedKey wrapped = record::wrap(wrapping, key);
    return {reinterpret_cast<const char*>(wrapped.data()), wrapped.size()};
}

std::string name_of(Segment segment) {
    return "segment " + std::to_string(segment.value) + " of the key ring";
}

std::optional<record::SecretKey> opened(const SegmentKeys& keys, Segment segment,
                                        std::string_view wrapped) {
    if (auto key = record::unwrap(keys.current()[segment.value].key, wrapped)) return key;
    for (const RetiringKey& retiring : keys.retiring()) {
        if (retiring.segment != segment) continue;
        if (auto key = record::unwrap(retiring.former.key, wrapped)) return key;
    }
    return std::nullopt;
}

Error does_not_open(PersonId owner, Segment segment) {
    return error(ErrorCode::corruption,
                 "the key of person " + to_hex(owner) + " does not open under " + name_of(segment) +
                     ": the person was erased, or log and key ring do not belong together; in "
                     "that case restore the newest backup of the key ring of this log");
}

Error elsewhere(PersonId owner, Segment segment) {
    return error(ErrorCode::invalid_input, "person " + to_hex(owner) + " does not belong to " +
                                               name_of(segment) + " but to segment " +
                                               std::to_string(segment_of(owner).value) +
                                               "; name the survivors of one segment");
}

}  // namespace

Segment segment_of(PersonId owner) {
    return {static_cast<std::uint16_t>(owner.bytes[0] << 4 | owner.bytes[1] >> 4)};
}

SegmentKeys SegmentKeys::random() {
    std::vector<SegmentKey> current;
    current.reserve(segment_count);
    for (std::size_t i = 0; i < segment_count; ++i) {
        current.push_back({0, record::SecretKey::random()});
    }
    return {std::move(current), {}};
}

SegmentKeys::SegmentKeys(std::vector<SegmentKey> current, std::vector<RetiringKey> retiring)
    : current_(std::move(current)), retiring_(std::move(retiring)) {
    ENSURE(current_.size() == segment_count);
}

std::string SegmentKeys::wrap(PersonId owner, const KeyBytes& key) const {
    const auto secret = record::SecretKey::from_bytes(view_of(key));
    ENSURE(secret);
    return wrapped_under(current_[segment_of(owner).value].key, *secret);
}

Result<KeyBytes> SegmentKeys::unwrap(PersonId owner, std::string_view wrapped) const {
    const auto key = opened(*this, segment_of(owner), wrapped);
    if (!key) return does_not_open(owner, segment_of(owner));
    KeyBytes bytes{};
    std::copy_n(key->data(), bytes.size(), bytes.begin());
    return bytes;
}

Result<Replacement> SegmentKeys::begin_replacement(Segment segment,
                                                   const std::vector<WrappedKey>& survivors) {
    if (segment.value >= segment_count) {
        return error(ErrorCode::invalid_input,
                     name_of(segment) + " does not exist; segments are numbered 0 to 4095");
    }
    SegmentKey& current = current_[segment.value];
    SegmentKey fresh{current.epoch + 1, record::SecretKey::random()};
    Replacement replacement{segment, fresh.epoch, {}};
    replacement.survivors.reserve(survivors.size());
    for (const auto& [owner, wrapped] : survivors) {
        if (segment_of(owner) != segment) return elsewhere(owner, segment);
        const auto key = opened(*this, segment, wrapped);
        if (!key) return does_not_open(owner, segment);
        replacement.survivors.push_back({owner, wrapped_under(fresh.key, *key)});
    }
    retiring_.push_back({segment, std::exchange(current, std::move(fresh))});
    return replacement;
}

Result<void> SegmentKeys::finish_replacement(const Replacement& replacement) {
    const Segment segment = replacement.segment;
    if (segment.value >= segment_count || current_[segment.value].epoch != replacement.epoch) {
        return error(ErrorCode::version_conflict,
                     "the replacement to finish is not the last one begun for " + name_of(segment) +
                         "; begin it again with today's survivors");
    }
    for (const auto& [owner, wrapped] : replacement.survivors) {
        if (segment_of(owner) != segment) return elsewhere(owner, segment);
        if (!record::unwrap(current_[segment.value].key, wrapped)) {
            return does_not_open(owner, segment);
        }
    }
    std::erase_if(retiring_, [&](const RetiringKey& key) { return key.segment == segment; });
    return {};
}

std::vector<Segment> SegmentKeys::unfinished() const {
    std::set<Segment> segments;
    for (const RetiringKey& key : retiring_)
        segments.insert(key.segment);
    return {segments.begin(), segments.end()};
}

}  // namespace jejak::storage
