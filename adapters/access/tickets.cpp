#include "adapters/access/tickets.hpp"

#include "adapters/access/secret_text.hpp"
#include "engine/record/digest.hpp"

namespace jejak::access {

std::string fresh_ticket() {
    return fresh_secret();
}

std::optional<Sha256> ticket_digest(std::string_view ticket) {
    if (!is_secret_text(ticket)) return std::nullopt;
    return record::sha256(ticket);
}

Error too_many_tickets(std::chrono::seconds lifetime) {
    return error(ErrorCode::overloaded, "too many tickets are out; try again in " +
                                            std::to_string(lifetime.count()) + " s");
}

Error ticket_not_taken() {
    return error(ErrorCode::not_found,
                 "the ticket is not known, was used or has run out; ask for another one");
}

}  // namespace jejak::access
