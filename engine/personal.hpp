#pragma once

#include <string>
#include <utility>

#include "engine/ids.hpp"

namespace jejak {

// A text about or by a person: identifiers, names, free words, evidence (UU 27/2022).
//
// It is open while a command carries it, and sealed from the moment the writer stages its event:
// nothing that is recorded or read back is ever open. decide and evolve pass it on without looking.
// Whoever answers a question opens it, by role (engine/record/sealing.hpp); when the owner's key
// has been destroyed it can no longer be opened and reads "[erased]".
struct Personal {
    enum class State : std::uint8_t { empty = 0, sealed = 1, open = 2 };

    PersonId owner;     // whose key seals it; decide sets it, the sender of a command need not
    State state = State::empty;
    std::string bytes;  // the words while open; nonce, ciphertext and tag while sealed

    [[nodiscard]] static Personal of(PersonId owner, std::string words) {
        if (words.empty()) return {};
        return {owner, State::open, std::move(words)};
    }
    // The same words, given to `new_owner`. Only an open value can change hands.
    [[nodiscard]] Personal owned_by(PersonId new_owner) const {
        return state == State::open ? Personal{new_owner, state, bytes} : *this;
    }
    [[nodiscard]] bool is_empty() const { return state == State::empty; }
    friend bool operator==(const Personal&, const Personal&) = default;
};

}  // namespace jejak
