#include "tools/terminal_request.hpp"

#include "engine/record/randomness.hpp"

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

}  // namespace jejak::tools
