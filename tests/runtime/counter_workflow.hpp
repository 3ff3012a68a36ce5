#pragma once

// A workflow of the tests' own: counters that people own. It proves that the runtime knows nothing
// of appraisals, and it can do what a real workflow never should: disagree with its kernel, take a
// name without looking, throw.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "engine/personal.hpp"

namespace jejak::counter {

enum class Phase : std::uint8_t { absent, open, closed };

struct Open {
    static constexpr std::string_view command_name = "open";
    PersonId owner;
};
// `times` events of one commit.
struct Add {
    static constexpr std::string_view command_name = "add";
    std::int64_t amount = 0;
    std::uint32_t times = 1;
};
// Adds the total of another counter.
struct AddOther {
    static constexpr std::string_view command_name = "add_other";
    StreamId other;
};
struct Note {
    static constexpr std::string_view command_name = "note";
    Personal words;
    std::vector<Personal> remarks;
    bool forgets_owner = false;  // a workflow that leaves the words without an owner
};
struct Label {
    static constexpr std::string_view command_name = "label";
    std::string text;
};
struct Reserve {
    static constexpr std::string_view command_name = "reserve";
    std::string name;
};
struct GiveBack {
    static constexpr std::string_view command_name = "give_back";
    std::string name;
};
// Takes these names without looking who holds them; "counter/…" is no name at all.
struct Snatch {
    static constexpr std::string_view command_name = "snatch";
    std::vector<std::string> names;
    bool over = false;  // from whoever holds them
};
// Accepted, and nothing to add.
struct Touch {
    static constexpr std::string_view command_name = "touch";
};
struct Refuse {
    static constexpr std::string_view command_name = "refuse";
    std::string reason;
};
// Adds 1, then records an event about which kernel and fold disagree.
struct Twist {
    static constexpr std::string_view command_name = "twist";
    bool forbidden = false;  // the kernel knows no such move at all
};
struct Collapse {
    static constexpr std::string_view command_name = "collapse";
};
struct Close {
    static constexpr std::string_view command_name = "close";
};
BOOST_DESCRIBE_STRUCT(Open, (), (owner))
BOOST_DESCRIBE_STRUCT(Add, (), (amount, times))
BOOST_DESCRIBE_STRUCT(AddOther, (), (other))
BOOST_DESCRIBE_STRUCT(Note, (), (words, remarks, forgets_owner))
BOOST_DESCRIBE_STRUCT(Label, (), (text))
BOOST_DESCRIBE_STRUCT(Reserve, (), (name))
BOOST_DESCRIBE_STRUCT(GiveBack, (), (name))
BOOST_DESCRIBE_STRUCT(Snatch, (), (names, over))
BOOST_DESCRIBE_STRUCT(Touch, (), ())
BOOST_DESCRIBE_STRUCT(Refuse, (), (reason))
BOOST_DESCRIBE_STRUCT(Twist, (), (forbidden))
BOOST_DESCRIBE_STRUCT(Collapse, (), ())
BOOST_DESCRIBE_STRUCT(Close, (), ())

struct Opened {
    static constexpr std::string_view event_name = "counter.opened";
    static constexpr std::uint16_t schema_version = 1;
    PersonId owner;
};
struct Added {
    static constexpr std::string_view event_name = "counter.added";
    static constexpr std::uint16_t schema_version = 1;
    std::int64_t amount = 0;
    std::int64_t total = 0;  // as decide saw it: a refold must come to the same
};
struct Noted {
    static constexpr std::string_view event_name = "counter.noted";
    static constexpr std::uint16_t schema_version = 1;
    Personal words;
    std::vector<Personal> remarks;
};
struct Labelled {
    static constexpr std::string_view event_name = "counter.labelled";
    static constexpr std::uint16_t schema_version = 1;
    std::string text;
};
struct Reserved {
    static constexpr std::string_view event_name = "counter.reserved";
    static constexpr std::uint16_t schema_version = 1;
    std::string name;
};
struct GivenBack {
    static constexpr std::string_view event_name = "counter.given_back";
    static constexpr std::uint16_t schema_version = 1;
    std::string name;
};
struct Twisted {
    static constexpr std::string_view event_name = "counter.twisted";
    static constexpr std::uint16_t schema_version = 1;
};
struct Closed {
    static constexpr std::string_view event_name = "counter.closed";
    static constexpr std::uint16_t schema_version = 1;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (owner))
BOOST_DESCRIBE_STRUCT(Added, (), (amount, total))
BOOST_DESCRIBE_STRUCT(Noted, (), (words, remarks))
BOOST_DESCRIBE_STRUCT(Labelled, (), (text))
BOOST_DESCRIBE_STRUCT(Reserved, (), (name))
BOOST_DESCRIBE_STRUCT(GivenBack, (), (name))
BOOST_DESCRIBE_STRUCT(Twisted, (), ())
BOOST_DESCRIBE_STRUCT(Closed, (), ())

struct State {
    Phase phase = Phase::absent;
    PersonId owner;
    std::int64_t total = 0;
    Personal words;  // of the last note
};

struct Counter {
    static constexpr std::string_view workflow = "counter";
    using State = counter::State;
    using Phase = counter::Phase;
    using Command = std::variant<Open, Add, AddOther, Note, Label, Reserve, GiveBack, Snatch, Touch,
                                 Refuse, Twist, Collapse, Close>;
    using Event =
        std::variant<Opened, Added, Noted, Labelled, Reserved, GivenBack, Twisted, Closed>;

    static std::vector<StreamId> references(const State& state, const Command& command);
    static PersonId subject(const State& state, const Command& command);
    static Decision<Event> decide(const State& state, const Command& command,
                                  const Context& context);
    static void evolve(State& state, const Event& event);

    static Phase phase(const State& state) { return state.phase; }
    static std::optional<Phase> next_phase(Phase phase, const Event& event);
};
static_assert(Decider<Counter> && HasLifecycle<Counter>);

// The claim stream of a name.
StreamId claim_on(std::string_view name);

}  // namespace jejak::counter
