#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decider.hpp"
#include "workflows/organisation/day.hpp"
#include "workflows/organisation/events.hpp"

// The facts of one stream, and what they alone can answer. A decider of another workflow asks these
// of the streams that it refers to; questions across streams are for directory.hpp.
namespace jejak::organisation {

// Index + 1 is the version.
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

    // Calls visit(fact) for each that stands and is of this kind, in the order of the log.
    template <class Stated, class Visit>
    void for_each(const Visit& visit) const {
        for (const Fact& fact : facts) {
            const auto* stated = fact.retracted ? nullptr : std::get_if<Stated>(&fact.event);
            if (stated != nullptr) visit(*stated);
        }
    }
};

// Their streams; empty for what is no name.
[[nodiscard]] StreamId stream_of_unit(std::string_view unit);
[[nodiscard]] StreamId stream_of_post(std::string_view post);
[[nodiscard]] StreamId stream_of_team(std::string_view team);
[[nodiscard]] StreamId stream_of_calendar(std::string_view calendar);
[[nodiscard]] StreamId stream_of_person(PersonId person);
[[nodiscard]] StreamId stream_of_extensions();
// By what someone rates: a post, or "team:<id>", whose lead she is.
[[nodiscard]] StreamId stream_of_mandate(std::string_view mandate);
// The claim "the definitive post of this person": which post took her on last, and which before.
[[nodiscard]] StreamId claim_of_post(PersonId person);

// Does a fact from `from` until `until` ("": without end) hold on the day?
[[nodiscard]] bool holds_on(const std::string& from, const std::string& until, Day day);

// Who holds a post, or leads a team, on a day, by the facts of its stream alone: a delegate goes
// before a Plh, a Plh before a Plt, a Plt before the definitive holder, and of several the one who
// began last. Nil: nobody. Who has left, or has moved to another post, other streams say.
[[nodiscard]] PersonId holder_on(const Facts& mandate, Day day);

// Whoever holds this post as its definitive holder holds another one on the day that began later:
// then she has moved, though nobody succeeded her. `posts` in the order in which they took her on.
[[nodiscard]] bool has_moved(const std::vector<const Facts*>& posts, const Facts& post,
                             PersonId person, Day day);

// Of a person's stream.
[[nodiscard]] bool has_left(const Facts& person, Day day);
[[nodiscard]] std::string status_on(const Facts& person, Day day);  // "": nobody said
[[nodiscard]] bool is_attested(const Facts& person, std::string_view attestation, Day day);
[[nodiscard]] bool is_related(const Facts& person, PersonId other, Day day);
// The units for which an office is granted to her on the day. `is_limited` becomes true where one
// was ever granted: then she holds it nowhere else.
[[nodiscard]] std::vector<std::string> units_of_office(const Facts& person, std::string_view role,
                                                       Day day, bool& is_limited);

// The unit and those above it on a day, as far as `known` has their streams. `missing` becomes the
// stream that it lacks to go on; empty at the top.
[[nodiscard]] std::vector<std::string> chain_of(const References& known, const std::string& unit,
                                                Day day, StreamId& missing);
// The zone of the lowest unit of the chain that says one; WIB where none does.
[[nodiscard]] Zone zone_of(const References& known, const std::vector<std::string>& chain, Day day);

// Is the day one on which deadlines count: no Saturday, no Sunday, no holiday of the calendar?
[[nodiscard]] bool is_working_day(const Facts& calendar, Day day);
// The last of so many working days after `day`.
[[nodiscard]] Day plus_working_days(const Facts& calendar, Day day, std::uint32_t count);

// Which due date of which appraisal is asked for.
struct DueDate {
    std::string period, kind, deadline;
    std::vector<std::string> chain;  // its unit and those above it
    PersonId person;
    Zone zone = Zone::wib;
};
// An extension that moves a due date: its last moment, and the version of the fact.
struct Extended {
    Instant until;
    std::uint32_t fact = 0;
};
// The latest of the extensions that are for it. None where there is none.
[[nodiscard]] std::optional<Extended> extension_of(const Facts& extensions, const DueDate& due);

}  // namespace jejak::organisation
