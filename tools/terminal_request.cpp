#include "tools/terminal_request.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/randomness.hpp"
#include "engine/record/system_events.hpp"

namespace jejak::tools {

runtime::CommandRequest terminal_request(StreamId stream, std::any command,
                                         const std::string& command_id, PersonId who,
                                         std::string_view role) {
    runtime::CommandRequest request;
    request.stream = std::move(stream);
    request.command = std::move(command);
    std::string id = command_id;
    if (id.ends_with('-')) {
        const auto random = record::random_bytes<16>();
        id += to_hex(random.data(), random.size());
    }
    request.command_id = *CommandId::make(id);
    request.actor.kind = Actor::Kind::person;
    request.actor.person = who;
    request.actor.role = role;
    request.actor.channel = "cli";
    return request;
}

Result<std::string> id_after_refusals(const EventStore& events, const std::string& base) {
    std::string id = base;
    for (;;) {
        const auto answered = events.find_receipt(*CommandId::make(id));
        if (!answered) return answered.error();
        if (!*answered) return id;
        const auto bytes = events.read(**answered);
        if (!bytes) return bytes.error();
        const auto record = *bytes ? record::decode_record(**bytes)
                                   : Result<record::DecodedRecord>(
                                         error(ErrorCode::corruption, "a receipt leads nowhere"));
        if (!record) return record.error();
        if (record->envelope.event_name != record::CommandRejected::event_name) return id;
        id = base + "." + std::to_string((*answered)->value);
    }
}

}  // namespace jejak::tools
