#include "tools/history.hpp"

#include "adapters/json/command_line.hpp"
#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"

namespace jejak::tools {

Result<appraisal::Appraisal> read_appraisal(const Workspace& workspace, const std::string& token,
                                            const Until& until) {
    const auto stream = json::appraisal_stream(token);
    if (!stream) return stream.error();
    appraisal::Appraisal state;
    Result<void> outcome;
    bool is_cut = false;
    const auto fold = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const Envelope& envelope = decoded->envelope;
        is_cut = until.cuts(envelope);
        if (is_cut) return false;
        const auto event = record::decode_any<appraisal::Event>(
            envelope.event_name, envelope.schema_version, decoded->payload);
        if (!event) return (outcome = event.error(), false);
        appraisal::evolve(state, *event);
        return true;
    };
    const auto read = workspace.events().read_stream(*stream, Version{1}, fold);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    if (state.version == 0) {
        return error(ErrorCode::not_found,
                     is_cut ? "appraisal " + token + " did not exist yet at that moment"
                            : "there is no appraisal \"" + token + "\"; `jejak list` shows all");
    }
    if (until.version && state.version < *until.version) {
        return error(ErrorCode::not_found, "appraisal " + token + " has " +
                                               std::to_string(state.version) + " versions only");
    }
    return state;
}

}  // namespace jejak::tools
