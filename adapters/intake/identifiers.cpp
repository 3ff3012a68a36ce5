#include "adapters/intake/identifiers.hpp"

#include <utility>

#include "adapters/intake/identifier.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "workflows/person/person_decider.hpp"

namespace jejak::intake {

Result<std::string> Identifiers::identifier_of(PersonId person) {
    const auto generation = opener_.generation();
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(generation_, generation) != generation) cache_.clear();
        const auto cached = cache_.find(person);
        if (cached != cache_.end()) return cached->second;
    }
    const auto key = opener_.key_of(person);
    if (!key) return key.error();
    auto identifier = read_identifier(person, *key);
    if (!identifier) return identifier.error();
    const std::lock_guard lock(mutex_);
    if (!*identifier) return std::string(pseudonym_name_space) + ":" + to_hex(person);
    if (!*key) return std::move(**identifier);
    if (generation_ != generation) return std::move(**identifier);  // read with older keys
    if (cache_.size() >= options_.cached_people_max) cache_.clear();
    cache_.emplace(person, **identifier);
    return std::move(**identifier);
}

Result<std::optional<std::string>> Identifiers::read_identifier(
    PersonId person, const std::optional<KeyBytes>& key) const {
    const auto position = find_registration_(person);
    if (!position) return position.error();
    if (!*position) return std::optional<std::string>();
    const auto bytes = opener_.store().read(**position);
    if (!bytes) return bytes.error();
    const auto wrong = [&] {
        return error(ErrorCode::corruption, "position " + std::to_string((*position)->value) +
                                                " does not register person " + to_hex(person) +
                                                "; make the read models anew");
    };
    if (!*bytes) return wrong();
    const auto decoded = record::decode_record(**bytes);
    if (!decoded) return decoded.error();
    if (decoded->envelope.event_name != person::PersonRegistered::event_name) return wrong();
    const auto event = record::decode_event<person::PersonRegistered>(
        decoded->envelope.schema_version, decoded->payload);
    if (!event) return event.error();
    if (event->pseudonym != person) return wrong();
    if (!key) return std::optional(std::string(record::erased_text));
    auto words = record::open(event->identifier, *key, decoded->envelope_bytes, "identifier");
    if (!words) return words.error();
    return std::optional(event->name_space + ":" + *words);
}

}  // namespace jejak::intake
