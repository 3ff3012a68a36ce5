#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/appraisal/appraisal.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/lifecycle.hpp"

namespace jejak::appraisal {

// The workflow "appraisal": stream "appraisal/<token>", one appraisal each.
struct AppraisalDecider {
    static constexpr std::string_view workflow = "appraisal";
    using State = Appraisal;
    using Command = appraisal::Command;
    using Event = appraisal::Event;
    using Phase = appraisal::Phase;

    // Order: legality, then who may (permission.hpp), then the rules of the command, then events.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State& state, const Event& event) { appraisal::evolve(state, event); }
    // The policy; for opening and cancelling the claim on subject, period and kind; and the
    // appraisal whose score is carried in.
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    // What the organisation's records say (standing.hpp).
    [[nodiscard]] static std::vector<StreamId> further_references(const State&, const Command&,
                                                                  const Context&);
    [[nodiscard]] static PersonId subject(const State&, const Command&);

    [[nodiscard]] static Phase phase(const State& state) { return state.phase; }
    [[nodiscard]] static std::optional<Phase> next_phase(Phase phase, const Event& event) {
        return appraisal::next_phase(phase, kind_of(event));
    }
};

}  // namespace jejak::appraisal
