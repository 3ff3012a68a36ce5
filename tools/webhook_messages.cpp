#include "tools/webhook_messages.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/system_events.hpp"
#include "tools/history.hpp"
#include "tools/running_clocks.hpp"

namespace jejak::tools {
namespace {

// The unit in which an appraisal was opened: its first event says it, and no later one changes it.
Result<std::string> unit_of(Workspace& workspace, const StreamId& stream) {
    const auto state = workspace.latest().of(std::string(stream.key()));
    if (!state) return state.error();
    return (*state)->unit;
}

}  // namespace

webhooks::ToMessage webhook_messages(Workspace& workspace) {
    return [&workspace](std::string_view, Position position,
                        std::string_view bytes) -> Result<std::optional<webhooks::Message>> {
        const auto record = record::decode_record(bytes);
        if (!record) return record.error();
        const Envelope& envelope = record->envelope;
        if (envelope.stream.workflow() != "appraisal" ||
            envelope.event_name == record::CommandRejected::event_name) {
            return std::optional<webhooks::Message>();
        }
        const auto unit = unit_of(workspace, envelope.stream);
        if (!unit) return unit.error();
        return std::optional(webhooks::Message{envelope.event_name,
                                               envelope.recorded_at,
                                               {{"appraisal", envelope.stream.key()},
                                                {"version", envelope.version.value},
                                                {"position", position.value},
                                                {"unit", *unit}},
                                               {*unit}});
    };
}

Result<std::vector<webhooks::Reminder>> webhook_reminders(Workspace& workspace, int days) {
    if (auto ready = workspace.catch_up(); !ready) return ready.error();
    const auto running =
        running_clocks(workspace, {}, std::nullopt, [](const auto&) { return true; });
    if (!running) return running.error();
    const Instant now = workspace.clock().now(), horizon = plus_days(now, days);
    std::vector<webhooks::Reminder> found;
    for (const auto& each : *running) {
        if (each.due.at <= now || each.due.at > horizon) continue;
        const auto state = workspace.latest().of(each.token);
        if (!state) return state.error();
        const auto due = to_text(each.due.at);
        found.push_back({each.token + " " + each.due.deadline + " " + due,
                         {"deadline.approaching",
                          now,
                          {{"appraisal", each.token},
                           {"deadline", each.due.deadline},
                           {"due_at", due},
                           {"unit", (*state)->unit}},
                          {(*state)->unit}},
                         each.due.at});
    }
    return found;
}

}  // namespace jejak::tools
