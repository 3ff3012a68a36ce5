#include "workflows/organisation/teams.hpp"

#include <algorithm>

#include "workflows/organisation/facts.hpp"

namespace jejak::organisation {

template <class Stated>
bool Teams::Known<Stated>::holds(const AsOf& as_of) const {
    return known_from <= as_of.known.value &&
           (retracted_at == 0 || as_of.known.value < retracted_at) &&
           holds_on(stated.from, stated.until, as_of.on);
}

void Teams::add(std::string_view stream, std::uint32_t version, Position position,
                const Event& event) {
    if (const auto* placed = std::get_if<TeamPlaced>(&event)) {
        placed_.push_back({std::string(stream), version, position.value, 0, *placed});
    } else if (const auto* joined = std::get_if<TeamJoined>(&event)) {
        joined_.push_back({std::string(stream), version, position.value, 0, *joined});
    } else if (const auto* retracted = std::get_if<FactRetracted>(&event)) {
        const auto mark = [&](auto& all) {
            for (auto& each : all) {
                if (each.stream == stream && each.version == retracted->fact &&
                    each.retracted_at == 0) {
                    each.retracted_at = position.value;
                }
            }
        };
        mark(placed_);
        mark(joined_);
    }
}

const Teams::Known<TeamPlaced>* Teams::place_of(std::string_view team, const AsOf& as_of) const {
    const Known<TeamPlaced>* best = nullptr;
    for (const auto& each : placed_) {
        if (each.stated.team != team || !each.holds(as_of)) continue;
        if (best == nullptr || each.stated.from >= best->stated.from) best = &each;
    }
    return best;
}

std::optional<PersonId> Teams::lead_of(std::string_view team, const AsOf& as_of) const {
    const auto* place = place_of(team, as_of);
    return place == nullptr ? std::nullopt : std::optional(place->stated.lead);
}

std::string Teams::name_of(std::string_view team, const AsOf& as_of) const {
    const auto* place = place_of(team, as_of);
    return place == nullptr ? "" : place->stated.name;
}

std::vector<std::string> Teams::teams_of(PersonId person, const AsOf& as_of) const {
    std::vector<std::string> found;
    for (const auto& each : joined_) {
        if (each.stated.person == person && each.holds(as_of)) found.push_back(each.stated.team);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<PersonId> Teams::members_of(std::string_view team, const AsOf& as_of) const {
    std::vector<PersonId> found;
    for (const auto& each : joined_) {
        if (each.stated.team == team && each.holds(as_of)) found.push_back(each.stated.person);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace jejak::organisation
