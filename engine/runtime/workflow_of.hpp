#pragma once

#include <type_traits>
#include <utility>

#include "engine/record/archive.hpp"
#include "engine/record/event_codec.hpp"
#include "engine/record/sealing.hpp"
#include "engine/runtime/workflow.hpp"

namespace jejak::runtime {

template <Decider D>
class StateOf final : public State {
  public:
    [[nodiscard]] std::type_index type() const override { return typeid(typename D::State); }
    [[nodiscard]] const void* value() const override { return &state; }

    typename D::State state;
};

template <Decider D>
class ProposalOf final : public Proposal {
  public:
    explicit ProposalOf(std::vector<typename D::Event> events) : events_(std::move(events)) {}

    [[nodiscard]] std::size_t count() const override { return events_.size(); }
    [[nodiscard]] std::string_view event_name(std::size_t i) const override {
        return std::visit([](const auto& event) { return std::string_view(event.event_name); },
                          events_[i]);
    }
    [[nodiscard]] std::uint16_t schema_version(std::size_t i) const override {
        return std::visit([](const auto& event) { return event.schema_version; }, events_[i]);
    }
    void seal(std::size_t i, const SealField& seal_field) override {
        std::visit([&](auto& event) { record::for_each_personal(event, seal_field); }, events_[i]);
    }
    [[nodiscard]] std::string encode(std::size_t i) const override {
        return std::visit([](const auto& event) { return record::to_bytes(event); }, events_[i]);
    }
    [[nodiscard]] bool apply(std::size_t i, State& state) const override {
        auto& folded = static_cast<StateOf<D>&>(state).state;
        if constexpr (HasLifecycle<D>) {
            const auto expected = D::next_phase(D::phase(folded), events_[i]);
            D::evolve(folded, events_[i]);
            return expected.has_value() && *expected == D::phase(folded);
        } else {
            D::evolve(folded, events_[i]);
            return true;
        }
    }

  private:
    std::vector<typename D::Event> events_;
};

template <Decider D>
class WorkflowOf final : public Workflow {
  public:
    [[nodiscard]] std::string_view name() const override { return D::workflow; }
    [[nodiscard]] std::unique_ptr<State> initial() const override {
        return std::make_unique<StateOf<D>>();
    }
    [[nodiscard]] Result<void> replay(State& state, std::string_view event_name,
                                      std::uint16_t schema_version,
                                      std::string_view payload) const override {
        auto event = record::decode_any<typename D::Event>(event_name, schema_version, payload);
        if (!event) return event.error();
        D::evolve(static_cast<StateOf<D>&>(state).state, *event);
        return {};
    }
    [[nodiscard]] bool accepts(const std::any& command) const override {
        return std::any_cast<typename D::Command>(&command) != nullptr;
    }
    [[nodiscard]] std::string_view command_name(const std::any& command) const override {
        return std::visit([](const auto& c) { return std::string_view(c.command_name); },
                          of(command));
    }
    [[nodiscard]] std::string command_bytes(const std::any& command) const override {
        return std::visit([](const auto& c) { return record::to_bytes(c); }, of(command));
    }
    [[nodiscard]] PersonId subject(const State& state, const std::any& command) const override {
        return D::subject(of(state), of(command));
    }
    [[nodiscard]] std::vector<StreamId> references(const State& state,
                                                   const std::any& command) const override {
        return D::references(of(state), of(command));
    }
    [[nodiscard]] std::vector<StreamId> further_references(const State& state,
                                                           const std::any& command,
                                                           const Context& context) const override {
        if constexpr (AsksFurther<D>) {
            return D::further_references(of(state), of(command), context);
        } else {
            (void)state, (void)command, (void)context;
            return {};
        }
    }
    [[nodiscard]] Answer decide(const State& state, const std::any& command,
                                const Context& context) const override {
        auto decision = D::decide(of(state), of(command), context);
        if (auto* no = std::get_if<Rejection>(&decision)) return std::move(*no);
        auto& yes = std::get<Accepted<typename D::Event>>(decision);
        auto proposal = std::make_unique<ProposalOf<D>>(std::move(yes.events));
        proposal->claims = std::move(yes.claims);
        proposal->policy = yes.policy;
        return proposal;
    }

  private:
    static const typename D::State& of(const State& state) {
        return static_cast<const StateOf<D>&>(state).state;
    }
    static const typename D::Command& of(const std::any& command) {
        return *std::any_cast<typename D::Command>(&command);
    }
};

template <Decider D>
[[nodiscard]] std::unique_ptr<Workflow> make_workflow() {
    return std::make_unique<WorkflowOf<D>>();
}

}  // namespace jejak::runtime
