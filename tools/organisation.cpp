#include "tools/organisation.hpp"

#include "engine/record/envelope.hpp"
#include "engine/record/event_codec.hpp"
#include "workflows/organisation/fact_index.hpp"
#include "workflows/scoring/period.hpp"

namespace jejak::tools {

Result<void> for_each_fact(
    Workspace& workspace,
    const std::function<void(const Envelope&, const organisation::Event&)>& visit) {
    if (auto ready = workspace.catch_up(organisation::fact_index_model); !ready) return ready;
    const auto ranges = organisation::ranges_of_facts(workspace.reads());
    if (!ranges) return ranges.error();
    Result<void> outcome;
    const auto read = [&](Position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        if (!decoded) return (outcome = decoded.error(), false);
        const Envelope& envelope = decoded->envelope;
        if (!envelope.event_name.starts_with("organisation.")) return true;
        const auto event = record::decode_any<organisation::Event>(
            envelope.event_name, envelope.schema_version, decoded->payload);
        if (!event) return (outcome = event.error(), false);
        visit(envelope, *event);
        return true;
    };
    for (const auto& [first, last] : *ranges) {
        if (auto scanned = workspace.events().scan(first, last, read); !scanned) return scanned;
        if (!outcome) return outcome;
    }
    return {};
}

Result<organisation::Directory> read_organisation(Workspace& workspace) {
    organisation::Directory directory;
    const auto read = for_each_fact(workspace, [&](const Envelope& envelope, const auto& event) {
        directory.add(envelope.stream.text(), envelope.version.value, envelope.position, event);
    });
    if (!read) return read.error();
    return directory;
}

Result<std::vector<Position>> positions_of_facts(
    Workspace& workspace, Position known,
    const std::function<bool(const organisation::Event&, std::string_view stream)>& is_wanted) {
    std::vector<Position> found;
    const auto read = for_each_fact(workspace, [&](const Envelope& envelope, const auto& event) {
        if (envelope.position > known || !is_wanted(event, envelope.stream.text())) return;
        found.push_back(envelope.position);
    });
    if (!read) return read.error();
    return found;
}

Result<organisation::Teams> read_teams(Workspace& workspace) {
    organisation::Teams teams;
    const auto read = for_each_fact(workspace, [&](const Envelope& envelope, const auto& event) {
        teams.add(envelope.stream.text(), envelope.version.value, envelope.position, event);
    });
    if (!read) return read.error();
    return teams;
}

Result<OrganisationNames> read_organisation_names(Workspace& workspace) {
    OrganisationNames names;
    const auto read = for_each_fact(workspace, [&](const Envelope&, const auto& event) {
        if (const auto* unit = std::get_if<organisation::UnitPlaced>(&event)) {
            names.units[unit->unit] = unit->name;
        } else if (const auto* post = std::get_if<organisation::PostPlaced>(&event)) {
            names.posts[post->post] = post->title;
        }
    });
    if (!read) return read.error();
    return names;
}

Result<Position> position_at(const Workspace& workspace, Instant moment) {
    const auto head = workspace.events().head();
    if (!head) return head.error();
    // recorded_at never decreases, so the last position is found by halving.
    std::uint64_t low = 0, high = head->position.value;
    while (low < high) {
        const std::uint64_t middle = low + (high - low + 1) / 2;
        const auto bytes = workspace.events().read(Position{middle});
        if (!bytes) return bytes.error();
        if (!*bytes) return error(ErrorCode::corruption, "a record is missing; run jejak verify");
        const auto decoded = record::decode_record(**bytes);
        if (!decoded) return decoded.error();
        if (decoded->envelope.recorded_at <= moment) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return Position{low};
}

organisation::Day day_within(const std::string& period_text, const Clock& clock) {
    auto day = today(clock);
    const auto period = scoring::parse_period(period_text);
    if (!period) return day;
    if (const auto first = organisation::parse_day(period->from); first && day < *first) {
        day = *first;
    }
    if (const auto last = organisation::parse_day(period->until); last && *last < day) day = *last;
    return day;
}

organisation::Day today(const Clock& clock) {
    return organisation::day_in_wib(clock.now());
}

}  // namespace jejak::tools
