#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <variant>

#include "engine/ids.hpp"

// Facts about an organisation, each with the days for which it holds (valid when); when it became
// known is the place of its record in the log. A fact holds from `from` until `until` or, where
// that is empty, until a later one of its kind. Days are texts YYYY-MM-DD. A wrong fact is
// retracted, never changed: questions as of an earlier position still see it.
namespace jejak::organisation {

// Stream "organisation/unit:<id>".
struct UnitPlaced {
    static constexpr std::string_view event_name = "organisation.unit_placed";
    static constexpr std::uint16_t schema_version = 1;
    std::string unit, name;
    std::string parent;  // "": the top of an agency
    std::string zone;    // WIB, WITA, WIT; "": that of the parent
    std::string from, letter;
    friend bool operator==(const UnitPlaced&, const UnitPlaced&) = default;
};
BOOST_DESCRIBE_STRUCT(UnitPlaced, (), (unit, name, parent, zone, from, letter))

// Stream "organisation/post:<id>".
struct PostPlaced {
    static constexpr std::string_view event_name = "organisation.post_placed";
    static constexpr std::uint16_t schema_version = 1;
    std::string post, unit, title;
    std::string family;    // rumpun: struktural, fungsional, pelaksana
    std::string grade;     // jenjang
    bool is_head = false;  // its holder leads the unit
    std::string from, letter;
    friend bool operator==(const PostPlaced&, const PostPlaced&) = default;
};
BOOST_DESCRIBE_STRUCT(PostPlaced, (), (post, unit, title, family, grade, is_head, from, letter))

// Someone holds a post. Stream of the post.
struct PostHeld {
    static constexpr std::string_view event_name = "organisation.post_held";
    static constexpr std::uint16_t schema_version = 1;
    std::string post;
    PersonId person;
    std::string kind;  // definitive; plt (the post is vacant), plh (its holder is away)
    std::string from, until, letter;
    friend bool operator==(const PostHeld&, const PostHeld&) = default;
};
BOOST_DESCRIBE_STRUCT(PostHeld, (), (post, person, kind, from, until, letter))

// Stream "organisation/person:<pseudonym>".
struct PersonAway {
    static constexpr std::string_view event_name = "organisation.person_away";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person;
    std::string kind;  // leave (cuti), study (tugas belajar)
    std::string from, until, letter;
    friend bool operator==(const PersonAway&, const PersonAway&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonAway, (), (person, kind, from, until, letter))

struct PersonLeft {
    static constexpr std::string_view event_name = "organisation.person_left";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person;
    std::string kind;  // retirement, exit, death
    std::string from, letter;
    friend bool operator==(const PersonLeft&, const PersonLeft&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonLeft, (), (person, kind, from, letter))

// The fact of that version of this stream was never true.
struct FactRetracted {
    static constexpr std::string_view event_name = "organisation.fact_retracted";
    static constexpr std::uint16_t schema_version = 1;
    std::uint32_t fact = 0;
    std::string ground;
    friend bool operator==(const FactRetracted&, const FactRetracted&) = default;
};
BOOST_DESCRIBE_STRUCT(FactRetracted, (), (fact, ground))

using Event = std::variant<UnitPlaced, PostPlaced, PostHeld, PersonAway, PersonLeft, FactRetracted>;

}  // namespace jejak::organisation
