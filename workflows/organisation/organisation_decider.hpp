#pragma once

#include <vector>

#include "engine/decider.hpp"
#include "workflows/organisation/commands.hpp"
#include "workflows/organisation/events.hpp"
#include "workflows/organisation/facts.hpp"

// The workflow "organisation": units, posts, who holds them and who is away, teams, calendars. Who
// is whose superior is never told: it follows from these facts (directory.hpp).
namespace jejak::organisation {

// The stream that a command belongs to; empty where it names nothing that could be one.
[[nodiscard]] StreamId stream_of(const Command& command);

struct OrganisationDecider {
    static constexpr std::string_view workflow = "organisation";
    using State = Facts;
    using Command = organisation::Command;
    using Event = organisation::Event;

    // Rules: not_permitted, outside_scope, wrong_stream, day_not_valid, name_missing, unit_unknown,
    // own_parent, zone_unknown, post_unknown, team_unknown, kind_unknown, letter_missing,
    // until_missing, fact_unknown, own_record, competency_not_valid, period_missing,
    // document_not_valid, person_missing.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    // The offices of whoever acts, and the units above the one that the command is about.
    [[nodiscard]] static std::vector<StreamId> further_references(const State&, const Command&,
                                                                  const Context&);
    [[nodiscard]] static PersonId subject(const State&, const Command&);
};

}  // namespace jejak::organisation
