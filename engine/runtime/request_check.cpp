#include "engine/runtime/request_check.hpp"

#include <algorithm>

#include "engine/record/sealing.hpp"

namespace jejak::runtime {
namespace {

constexpr std::size_t role_size_max = 32;
constexpr std::size_t channel_size_max = 32;
constexpr std::size_t ground_size_max = 200;

Result<void> check_size(std::string_view what, std::string_view text, std::size_t size_max) {
    if (text.size() <= size_max) return {};
    return error(ErrorCode::invalid_input, "the " + std::string(what) + " has " +
                                               std::to_string(text.size()) + " bytes, " +
                                               std::to_string(size_max) + " are allowed");
}

}  // namespace

Result<void> check_request(const CommandRequest& request) {
    if (request.command_id.text().empty()) {
        return error(ErrorCode::invalid_input,
                     "the command has no command id; choose one, so that it can be asked again");
    }
    const Actor& actor = request.actor;
    if (auto role = check_size("role", actor.role, role_size_max); !role) return role;
    if (auto channel = check_size("channel", actor.channel, channel_size_max); !channel) {
        return channel;
    }
    if (!request.claim) return {};
    return check_size("ground", request.claim->ground, ground_size_max);
}

std::optional<Rejection> check_history(const CommandRequest& request, Instant now) {
    const Rejection needs_ground{
        "history_needs_ground", "",
        "an earlier time of occurrence needs a ground and a document's hash"};
    if (!request.claim) {
        const bool differs = request.occurred_at.has_value() && *request.occurred_at != now;
        return differs ? std::optional(needs_ground) : std::nullopt;
    }
    if (request.actor.role != registrar_role) {
        return Rejection{"history_is_the_registrars", "",
                         "only a registrar may record what happened at another time"};
    }
    if (request.claim->ground.empty() || request.claim->document == Sha256{}) return needs_ground;
    if (request.occurred_at.value_or(now) > now) {
        return Rejection{"history_lies_in_the_future", "",
                         "the claimed time of occurrence is later than now"};
    }
    return std::nullopt;
}

CommandMac mac_of(const KeyBytes& key, const CommandRequest& request, const Workflow& workflow) {
    std::string content;
    content.reserve(512);
    content = request.stream.text();
    const auto add = [&](std::string_view part) { content.append(1, '\0').append(part); };
    const auto add_bytes = [&](const auto& bytes) {
        add({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    };
    add(workflow.command_name(request.command));
    add(request.actor.role);
    add_bytes(request.actor.person.bytes);
    add_bytes(request.actor.handle.bytes);
    add_bytes(request.actor.on_behalf_of.bytes);
    if (request.occurred_at) add(std::to_string(request.occurred_at->micros_since_epoch));
    if (request.claim) {
        add_bytes(request.claim->document);
        add(request.claim->ground);
    }
    add(workflow.command_bytes(request.command));
    const Sha256 digest = record::keyed_digest(key, "command", content);
    CommandMac mac;
    std::copy_n(digest.begin(), mac.size(), mac.begin());
    return mac;
}

}  // namespace jejak::runtime
