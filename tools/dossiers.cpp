#include "tools/dossiers.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"

namespace jejak::tools {

Result<dossier::Dossier> read_dossier(const Workspace& workspace, PersonId person,
                                      const std::optional<Instant>& until) {
    dossier::Dossier state;
    Result<void> outcome;
    const auto fold = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const Envelope& envelope = decoded->envelope;
        if (until && envelope.recorded_at > *until) return false;
        const auto event = record::decode_any<dossier::Event>(
            envelope.event_name, envelope.schema_version, decoded->payload);
        if (!event) return (outcome = event.error(), false);
        dossier::DossierDecider::evolve(state, *event);
        return true;
    };
    const auto read = workspace.events().read_stream(dossier::stream_of(person), Version{1}, fold);
    if (!read) return read.error();
    if (!outcome) return outcome.error();
    return state;
}

std::vector<scoring::ServiceCount> services_in(const dossier::Dossier& dossier,
                                               const std::string& period) {
    std::vector<scoring::ServiceCount> counts;
    for (const auto& sum : dossier.services) {
        if (sum.period == period) counts.push_back({sum.kind, sum.way, sum.count});
    }
    return counts;
}

}  // namespace jejak::tools
