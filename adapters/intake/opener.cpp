#include "adapters/intake/opener.hpp"

#include "engine/record/sealing.hpp"

namespace jejak::intake {

Result<std::optional<KeyBytes>> Opener::key_of(PersonId owner) const {
    const auto wrapped = store_.wrapped_key(owner);
    if (!wrapped) return wrapped.error();
    if (!*wrapped) return std::optional<KeyBytes>();
    const auto key = keyring_.unwrap(owner, **wrapped);
    // That it no longer unwraps is how an erasure shows (engine/keyring.hpp).
    if (!key) return std::optional<KeyBytes>();
    return std::optional(*key);
}

Result<std::string> Opener::open(const Personal& field, std::string_view envelope_bytes,
                                 std::string_view path) const {
    if (field.state != Personal::State::sealed) return field.bytes;
    const auto key = key_of(field.owner);
    if (!key) return key.error();
    if (!*key) return std::string(record::erased_text);
    return record::open(field, **key, envelope_bytes, path);
}

}  // namespace jejak::intake
