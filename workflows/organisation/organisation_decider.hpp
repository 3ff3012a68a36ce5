#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/organisation/day.hpp"
#include "workflows/organisation/events.hpp"

// The workflow "organisation": units, posts, who holds them and who is away. Who is whose superior
// is never told: it follows from these facts (directory.hpp).
namespace jejak::organisation {

// In all of them `replaces` is the version of the fact in this stream that was wrong and that this
// one stands for; then `letter` says why.
struct PlaceUnit {
    static constexpr std::string_view command_name = "place_unit";
    std::string unit, name, parent, zone, from, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(PlaceUnit, (), (unit, name, parent, zone, from, letter, replaces))

struct PlacePost {
    static constexpr std::string_view command_name = "place_post";
    std::string post, unit, title, family, grade;
    bool is_head = false;
    std::string from, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(PlacePost, (),
                      (post, unit, title, family, grade, is_head, from, letter, replaces))

struct HoldPost {
    static constexpr std::string_view command_name = "hold_post";
    std::string post;
    PersonId person;
    std::string kind, from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(HoldPost, (), (post, person, kind, from, until, letter, replaces))

struct RecordAbsence {
    static constexpr std::string_view command_name = "record_absence";
    PersonId person;
    std::string kind, from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(RecordAbsence, (), (person, kind, from, until, letter, replaces))

struct RecordDeparture {
    static constexpr std::string_view command_name = "record_departure";
    PersonId person;
    std::string kind, from, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(RecordDeparture, (), (person, kind, from, letter, replaces))

// Takes a fact back without another in its place.
struct RetractFact {
    static constexpr std::string_view command_name = "retract_fact";
    std::string unit, post;  // of which it was said: one of the three
    std::optional<PersonId> person;
    std::uint32_t fact = 0;  // its version in that stream
    std::string ground;
};
BOOST_DESCRIBE_STRUCT(RetractFact, (), (unit, post, person, fact, ground))

using Command =
    std::variant<PlaceUnit, PlacePost, HoldPost, RecordAbsence, RecordDeparture, RetractFact>;

// The facts of one stream; index + 1 is the version.
struct Facts {
    struct Fact {
        Event event;
        bool retracted = false;
        friend bool operator==(const Fact&, const Fact&) = default;
    };
    std::vector<Fact> facts;
    // Does a fact stand that is not retracted?
    [[nodiscard]] bool any() const;
    friend bool operator==(const Facts&, const Facts&) = default;
};

[[nodiscard]] StreamId stream_of_unit(std::string_view unit);  // empty for what is no name
[[nodiscard]] StreamId stream_of_post(std::string_view post);
[[nodiscard]] StreamId stream_of_person(PersonId person);
// The stream that a command belongs to; empty where it names nothing that could be one.
[[nodiscard]] StreamId stream_of(const Command& command);

// Who holds a post on a day, by the facts of its stream alone: a Plh goes before a Plt, a Plt
// before the definitive holder, and of several the one who began last. Nil: nobody. Who has left,
// or has taken another post since, other streams say (directory.hpp).
[[nodiscard]] PersonId holder_on(const Facts& post, Day day);
// Has the person left the service on that day, by the facts of her stream?
[[nodiscard]] bool has_left(const Facts& person, Day day);

struct OrganisationDecider {
    static constexpr std::string_view workflow = "organisation";
    using State = Facts;
    using Command = organisation::Command;
    using Event = organisation::Event;

    // Rules: not_permitted, wrong_stream, day_not_valid, name_missing, unit_unknown, own_parent,
    // zone_unknown, post_unknown, kind_unknown, letter_missing, until_missing, fact_unknown,
    // own_record.
    [[nodiscard]] static Decision<Event> decide(const State&, const Command&, const Context&);
    static void evolve(State&, const Event&);
    [[nodiscard]] static std::vector<StreamId> references(const State&, const Command&);
    [[nodiscard]] static PersonId subject(const State&, const Command&);
};

}  // namespace jejak::organisation
