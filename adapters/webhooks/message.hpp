#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/keyring.hpp"

namespace jejak::webhooks {

// What an endpoint is told: that something happened, and where to ask about it. Neither names nor
// words of people, which could not be erased any more once they were sent.
struct Message {
    std::string type;                // "appraisal.finalised"
    Instant timestamp;               // when it happened
    boost::json::object data;        // identifiers
    std::vector<std::string> units;  // the one it is about and those above; not part of the body
};

// That a deadline is near. The same `id` (of any letters) is the same reminder for ever.
struct Reminder {
    std::string id;
    Message body;
    Instant due;  // when the deadline is; after it nobody is reminded any more
};

// {"type": …, "timestamp": …, "data": …}, without blanks: the bytes that are signed and sent.
[[nodiscard]] std::string body_of(const Message& message);

// The webhook-id of a record or a reminder for one endpoint: "msg_" and 32 hexadecimal digits. The
// same for ever, so that a receiver sees which message came twice; keyed (`key` is a secret of the
// house), so that it tells nothing about the log. No full stop in it, as the signature wants.
[[nodiscard]] std::string message_id_of(const KeyBytes& key, std::string_view endpoint_id,
                                        Position position);
[[nodiscard]] std::string message_id_of(const KeyBytes& key, std::string_view endpoint_id,
                                        std::string_view reminder_id);

}  // namespace jejak::webhooks
