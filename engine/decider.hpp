#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engine/actor.hpp"
#include "engine/envelope.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"

namespace jejak {

// The business says no: which rule, in which phase, and why, for a person. It is recorded.
struct Rejection {
    std::string rule;     // stable word: "not_the_supervisor"
    std::string phase;    // of the instance when it was asked; empty for one that does not exist
    std::string message;  // English, without personal data
    friend bool operator==(const Rejection&, const Rejection&) = default;
};

// States of other streams that a command refers to, as they are at this point of the log.
class References {
  public:
    template <class State>
    void add(const StreamId& stream, const State* state) {
        states_.insert_or_assign(stream.text(), Entry{std::type_index(typeid(State)), state});
    }
    void add(const StreamId& stream, std::type_index type, const void* state) {
        states_.insert_or_assign(stream.text(), Entry{type, state});
    }
    // Null when the stream was not asked for or holds another kind of state. Never owns.
    template <class State>
    [[nodiscard]] const State* find(const StreamId& stream) const {
        const auto found = states_.find(stream.text());
        if (found == states_.end() || found->second.type != std::type_index(typeid(State))) {
            return nullptr;
        }
        return static_cast<const State*>(found->second.state);
    }

  private:
    struct Entry {
        std::type_index type;
        const void* state;
    };
    std::unordered_map<std::string, Entry> states_;
};

// All that decide may know besides state and command: time, actor and references come in as data.
struct Context {
    StreamId stream;
    Position position;    // of the first record that this command would add
    Instant now;          // will be recorded_at
    Instant occurred_at;  // equals now unless `claim` is set
    bool history = false;
    Actor actor;
    References references;
};

// A name that at most one stream holds at a time ("one appraisal per subject, period and kind").
// `claim` names the stream "claim/<key>"; taking and releasing are records of the same commit. Who
// takes over needs no release by whoever holds it ("the post that a person moved to last").
struct ClaimChange {
    enum class Kind { take, release, take_over };
    Kind kind = Kind::take;
    StreamId claim;
};

// Fold of a claim stream; a decider that takes a claim refers to it and looks here first.
struct ClaimState {
    std::string holder;                // stream id of who holds it; empty: free
    std::vector<std::string> earlier;  // who held it before, each once
};

template <class Event>
struct Accepted {
    std::vector<Event> events;  // in order; may be empty: "yes, and nothing to add"
    std::vector<ClaimChange> claims;
    Position policy;  // of the policy that judged, 0: none
};

template <class Event>
using Decision = std::variant<Accepted<Event>, Rejection>;

// The pure triple, as static members of a class. State's default value is "does not exist".
// Commands and events are std::variants of plain described structs (BOOST_DESCRIBE_STRUCT).
template <class D>
concept Decider = requires(const typename D::State& state, typename D::State& folded,
                           const typename D::Command& command, const typename D::Event& event,
                           const Context& context) {
    { D::workflow } -> std::convertible_to<std::string_view>;
    // Streams whose state decide needs in context.references.
    { D::references(state, command) } -> std::same_as<std::vector<StreamId>>;
    // Whose key protects the command's MAC; nil where the command is about nobody.
    { D::subject(state, command) } -> std::same_as<PersonId>;
    { D::decide(state, command, context) } -> std::same_as<Decision<typename D::Event>>;
    // Total: no validation, no failure, no clock.
    { D::evolve(folded, event) } -> std::same_as<void>;
};

// A decider that finds out from what it referred to what else it needs (the unit above a unit).
// Asked with context.references as far as they are known, again and again, until it names no stream
// that it has not been given or refused; a stream that does not exist is never given.
template <class D>
concept AsksFurther = requires(const typename D::State& state, const typename D::Command& command,
                               const Context& context) {
    { D::further_references(state, command, context) } -> std::same_as<std::vector<StreamId>>;
};

// A decider with a lifecycle: the command handler proves for each proposed event that kernel
// (next_phase) and fold (evolve, then phase) agree.
template <class D>
concept HasLifecycle = requires(const typename D::State& state, const typename D::Event& event) {
    { D::phase(state) } -> std::same_as<typename D::Phase>;
    { D::next_phase(D::phase(state), event) } -> std::same_as<std::optional<typename D::Phase>>;
};

}  // namespace jejak
