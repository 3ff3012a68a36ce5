#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/intake/opener.hpp"

namespace jejak::intake {

// From pseudonyms back to outside identifiers, for answers. Thread-safe.
class Identifiers {
  public:
    // Position of the record `person.registered` of a pseudonym; nothing when it is not known.
    using FindRegistration = std::function<Result<std::optional<Position>>(PersonId)>;

    struct Options {
        std::size_t cached_people_max = 100'000;
    };

    // The opener is borrowed and must outlive it. `find_registration` is called from any thread.
    Identifiers(const Opener& opener, FindRegistration find_registration, Options options)
        : opener_(opener), find_registration_(std::move(find_registration)), options_(options) {}
    Identifiers(const Opener& opener, FindRegistration find_registration)
        : Identifiers(opener, std::move(find_registration), Options{}) {}

    // "nip:198501012010011001"; "[erased]" once her key has been destroyed; "pseudonym:<hex>" when
    // her registration is not known. Errors: corruption; what the store and the finder answer.
    [[nodiscard]] Result<std::string> identifier_of(PersonId person);

  private:
    [[nodiscard]] Result<std::optional<std::string>> read_identifier(
        PersonId person, const std::optional<KeyBytes>& key) const;

    const Opener& opener_;
    const FindRegistration find_registration_;
    const Options options_;

    std::mutex mutex_;
    std::map<PersonId, std::string> cache_;  // read with the key ring of this generation
    std::uint64_t generation_ = 0;
};

}  // namespace jejak::intake
