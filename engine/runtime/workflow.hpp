#pragma once

#include <any>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <typeindex>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "engine/personal.hpp"
#include "engine/result.hpp"

namespace jejak::runtime {

// Fold of one stream, of a kind that only its workflow knows.
class State {
  public:
    virtual ~State() = default;
    // What References hands to a decider.
    [[nodiscard]] virtual std::type_index type() const = 0;
    [[nodiscard]] virtual const void* value() const = 0;

    Version version;
};

using SealField = std::function<void(Personal& field, std::string_view path)>;

// What decide accepted, event by event.
class Proposal {
  public:
    virtual ~Proposal() = default;
    [[nodiscard]] virtual std::size_t count() const = 0;
    [[nodiscard]] virtual std::string_view event_name(std::size_t i) const = 0;
    [[nodiscard]] virtual std::uint16_t schema_version(std::size_t i) const = 0;
    virtual void seal(std::size_t i, const SealField& seal_field) = 0;
    [[nodiscard]] virtual std::string encode(std::size_t i) const = 0;
    // Folds event i into the state. False: kernel and fold disagree, the state is spoilt.
    [[nodiscard]] virtual bool apply(std::size_t i, State& state) const = 0;

    std::vector<ClaimChange> claims;
    Position policy;
};

// A decider behind a common face. Stateless; may be shared by threads.
class Workflow {
  public:
    using Answer = std::variant<std::unique_ptr<Proposal>, Rejection>;

    virtual ~Workflow() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual std::unique_ptr<State> initial() const = 0;
    // Replay: decode, upcast, fold. Errors of engine/record/event_codec.hpp.
    [[nodiscard]] virtual Result<void> replay(State& state, std::string_view event_name,
                                              std::uint16_t schema_version,
                                              std::string_view payload) const = 0;

    // `command` holds the decider's Command variant, or these answer nothing / empty.
    [[nodiscard]] virtual bool accepts(const std::any& command) const = 0;
    [[nodiscard]] virtual std::string_view command_name(const std::any& command) const = 0;
    [[nodiscard]] virtual std::string command_bytes(const std::any& command) const = 0;
    [[nodiscard]] virtual PersonId subject(const State& state, const std::any& command) const = 0;
    [[nodiscard]] virtual std::vector<StreamId> references(const State& state,
                                                           const std::any& command) const = 0;
    // What else decide needs, seen from context.references; see AsksFurther.
    [[nodiscard]] virtual std::vector<StreamId> further_references(
        const State& state, const std::any& command, const Context& context) const = 0;
    [[nodiscard]] virtual Answer decide(const State& state, const std::any& command,
                                        const Context& context) const = 0;
};

using Workflows = std::vector<std::unique_ptr<Workflow>>;

// Null when no workflow has that name.
[[nodiscard]] const Workflow* find_workflow(const Workflows& workflows, std::string_view name);

}  // namespace jejak::runtime
