#include "engine/runtime/claims.hpp"

#include "engine/record/system_events.hpp"
#include "engine/runtime/workflow_of.hpp"

namespace jejak::runtime {
namespace {

struct NoCommand {
    static constexpr std::string_view command_name = "none";
};
BOOST_DESCRIBE_STRUCT(NoCommand, (), ())

struct ClaimDecider {
    static constexpr std::string_view workflow = "claim";
    using State = ClaimState;
    using Command = std::variant<NoCommand>;
    using Event = std::variant<record::ClaimTaken, record::ClaimReleased>;

    static std::vector<StreamId> references(const State&, const Command&) { return {}; }
    static PersonId subject(const State&, const Command&) { return {}; }
    static Decision<Event> decide(const State&, const Command&, const Context&) {
        return Rejection{"claims_take_no_commands", "",
                         "a claim changes with the stream that holds it"};
    }
    static void evolve(State& state, const Event& event) {
        const auto* taken = std::get_if<record::ClaimTaken>(&event);
        auto next = taken != nullptr ? taken->holder : std::string();
        if (!state.holder.empty()) state.earlier.push_back(std::move(state.holder));
        std::erase(state.earlier, next);
        state.holder = std::move(next);
    }
};

}  // namespace

std::unique_ptr<Workflow> make_claim_workflow() {
    return make_workflow<ClaimDecider>();
}

const Workflow* find_workflow(const Workflows& workflows, std::string_view name) {
    for (const auto& workflow : workflows) {
        if (workflow->name() == name) return workflow.get();
    }
    return nullptr;
}

}  // namespace jejak::runtime
