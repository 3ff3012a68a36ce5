#pragma once

#include <string>
#include <string_view>

#include "engine/ids.hpp"

namespace jejak {

// The one role that may record what happened earlier (occurred_at), with ground and document.
inline constexpr std::string_view registrar_role = "registrar";
// Who acts when no person does: the writer itself (log.created) and, later, its timers.
inline constexpr std::string_view system_role = "system";

// Who did it. Three different questions: who authenticated (`person`, or `handle` for a rater whose
// stream must not name him), through which door (`channel`), and for whom (`on_behalf_of`).
struct Actor {
    enum class Kind : std::uint8_t { system = 0, person = 1, handle = 2 };

    Kind kind = Kind::system;
    PersonId person;         // kind person
    Handle handle;           // kind handle
    std::string role;        // lower-case word, at most 32 bytes: "supervisor"
    PersonId on_behalf_of;   // nil: for herself
    std::string channel;     // "cli", "import", "http"

    friend bool operator==(const Actor&, const Actor&) = default;
};

}  // namespace jejak
