#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/ids.hpp"
#include "engine/result.hpp"

namespace jejak {

using KeyBytes = std::array<std::uint8_t, 32>;

// Port: the second truth. Holds the secret of the log and the keys that wrap people's keys, and is
// kept and backed up apart from the log. Thread-safe.
class Keyring {
  public:
    virtual ~Keyring() = default;

    [[nodiscard]] virtual LogId log_id() const = 0;
    // Makes pseudonyms findable, handles stable and command MACs unguessable. Never leaves the
    // house.
    [[nodiscard]] virtual const KeyBytes& log_secret() const = 0;
    // The owner's key under the key of her segment: 40 bytes, AES-256-KW (RFC 3394).
    [[nodiscard]] virtual std::string wrap(PersonId owner, const KeyBytes& key) const = 0;
    // Another number once any key of the ring has changed: what was opened before may have been
    // erased since.
    [[nodiscard]] virtual std::uint64_t generation() const = 0;
    // Errors: corruption when the bytes were not wrapped by this ring for this segment; after an
    // erasure of the owner that is the expected answer.
    [[nodiscard]] virtual Result<KeyBytes> unwrap(PersonId owner,
                                                  std::string_view wrapped) const = 0;
};

}  // namespace jejak
