#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/auth/public_key.hpp"
#include "engine/result.hpp"

namespace jejak::auth {

// A key as the file holds it; without `kid` only where it is the only one.
struct PinnedKey {
    std::optional<std::string> kid;
    PublicKey key;
};

// The public keys of the issuer of tokens, at least one, no `kid` twice. Immutable: any number of
// threads may read one set at a time. Only read_jwks() makes one.
class KeySet {
  public:
    // Null where no key has this `kid`. What is returned lives as long as the set.
    [[nodiscard]] const PublicKey* find(std::string_view kid) const;
    // The key of a set that has exactly one; else null.
    [[nodiscard]] const PublicKey* only() const;
    [[nodiscard]] std::size_t size() const { return keys_.size(); }
    // For messages, in the order of the file: "2025-a, 2026-a"; the key without one is "(no kid)".
    [[nodiscard]] std::string kids() const;

  private:
    friend Result<KeySet> read_jwks(std::string_view text);
    explicit KeySet(std::vector<PinnedKey> keys) : keys_(std::move(keys)) {}

    std::vector<PinnedKey> keys_;
};

// The keys of a pinned JWK Set (RFC 7517, section 5), given as the text of the file: one JSON
// object whose member `keys` lists one public key or more. What a key is used with is its `alg`;
// where that is left out, EC on P-256 is ES256 and OKP on Ed25519 is EdDSA, and RSA is refused,
// since it could be RS256 or PS256. Members that are not known are ignored (section 4), so that
// certificates (`x5c`, `x5t`) may stay in the file; they are not looked at.
//
// Errors: invalid_input with all that is wrong, one finding a line, each with its place as a JSON
// pointer ("/keys/1/alg: …"), the `kid` and the remedy: what is not JSON, members that stand twice,
// no keys; symmetric keys (`oct`), members that are private or secret (RFC 7518, sections 6.2.2,
// 6.3.2 and 6.4), `use` other than `sig`, `key_ops` without `verify` (RFC 7517, sections 4.2 and
// 4.3), another `kty`, `crv` or `alg`, an `alg` that is not one of this kind of key, numbers that
// are not canonical base64url or that PublicKey refuses; a `kid` that stands twice, is left out
// among several keys, or is not 1 to 200 bytes without control characters; one key with two
// algorithms (RFC 8725, section 3.1). Values of members other than `kid` are never quoted: they may
// be secrets. Thread-safe.
[[nodiscard]] Result<KeySet> read_jwks(std::string_view text);

}  // namespace jejak::auth
