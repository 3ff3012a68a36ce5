#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

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

// A competency (kompetensi jabatan) that a post asks for, and its level on the scale of the policy.
struct RequiredCompetency {
    std::string competency, level;
    friend bool operator==(const RequiredCompetency&, const RequiredCompetency&) = default;
};
BOOST_DESCRIBE_STRUCT(RequiredCompetency, (), (competency, level))

struct PostPlacedV1 {
    static constexpr std::string_view event_name = "organisation.post_placed";
    static constexpr std::uint16_t schema_version = 1;
    std::string post, unit, title, family, grade;
    bool is_head = false;
    std::string from, letter;
};
BOOST_DESCRIBE_STRUCT(PostPlacedV1, (), (post, unit, title, family, grade, is_head, from, letter))

// Stream "organisation/post:<id>".
struct PostPlaced {
    static constexpr std::string_view event_name = "organisation.post_placed";
    static constexpr std::uint16_t schema_version = 2;
    using Previous = PostPlacedV1;
    [[nodiscard]] static PostPlaced upcast(const PostPlacedV1& old) {
        return {old.post,    old.unit, old.title,  old.family, old.grade,
                old.is_head, old.from, old.letter, {}};
    }
    std::string post, unit, title;
    std::string family;    // rumpun: struktural, fungsional, pelaksana
    std::string grade;     // jenjang
    bool is_head = false;  // its holder leads the unit
    std::string from, letter;
    std::vector<RequiredCompetency> competencies{};
    friend bool operator==(const PostPlaced&, const PostPlaced&) = default;
};
BOOST_DESCRIBE_STRUCT(PostPlaced, (),
                      (post, unit, title, family, grade, is_head, from, letter, competencies))

// Someone holds a post. Stream of the post.
struct PostHeld {
    static constexpr std::string_view event_name = "organisation.post_held";
    static constexpr std::uint16_t schema_version = 1;
    std::string post;
    PersonId person;
    // definitive; plt (the post is vacant); plh (its holder is away); delegate (its holder is there
    // and has handed the appraising to someone: PP 30/2019 Pasal 1)
    std::string kind;
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

// Someone works for the state as pns, pppk or other, until a later one of its kind. `unit`: the
// agency that employs her (instansi induk), whose offices may record facts about her.
struct PersonEmployed {
    static constexpr std::string_view event_name = "organisation.person_employed";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person;
    std::string status, unit, from, letter;
    friend bool operator==(const PersonEmployed&, const PersonEmployed&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonEmployed, (), (person, status, unit, from, letter))

// Something that a policy may ask of whoever takes part: rater_trained, staff_briefed.
struct PersonAttested {
    static constexpr std::string_view event_name = "organisation.person_attested";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person;
    std::string attestation, from, until;
    std::string document_sha256;  // "" or 64 hex digits
    friend bool operator==(const PersonAttested&, const PersonAttested&) = default;
};
BOOST_DESCRIBE_STRUCT(PersonAttested, (), (person, attestation, from, until, document_sha256))

// Two people who should not appraise each other. Stream of whoever stands first.
struct RelationDeclared {
    static constexpr std::string_view event_name = "organisation.relation_declared";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person, other;
    std::string kind;  // family, business, conflict
    std::string from, until;
    friend bool operator==(const RelationDeclared&, const RelationDeclared&) = default;
};
BOOST_DESCRIBE_STRUCT(RelationDeclared, (), (person, other, kind, from, until))

// An office that someone holds for a unit and what is below it, and there only.
struct RoleGranted {
    static constexpr std::string_view event_name = "organisation.role_granted";
    static constexpr std::uint16_t schema_version = 1;
    PersonId person;
    std::string role;  // administrator, registrar
    std::string unit, from, until, letter;
    friend bool operator==(const RoleGranted&, const RoleGranted&) = default;
};
BOOST_DESCRIBE_STRUCT(RoleGranted, (), (person, role, unit, from, until, letter))

// Stream "organisation/team:<id>". A team has members from anywhere, and a lead, who appraises what
// they do in it.
struct TeamPlaced {
    static constexpr std::string_view event_name = "organisation.team_placed";
    static constexpr std::uint16_t schema_version = 1;
    std::string team, name;
    std::string unit;  // whose team it is
    PersonId lead;
    std::string from, until, letter;
    friend bool operator==(const TeamPlaced&, const TeamPlaced&) = default;
};
BOOST_DESCRIBE_STRUCT(TeamPlaced, (), (team, name, unit, lead, from, until, letter))

struct TeamJoined {
    static constexpr std::string_view event_name = "organisation.team_joined";
    static constexpr std::uint16_t schema_version = 1;
    std::string team;
    PersonId person;
    std::string from, until, letter;
    friend bool operator==(const TeamJoined&, const TeamJoined&) = default;
};
BOOST_DESCRIBE_STRUCT(TeamJoined, (), (team, person, from, until, letter))

// A day on which deadlines in working days do not count. Stream "organisation/calendar:<id>".
struct HolidayDeclared {
    static constexpr std::string_view event_name = "organisation.holiday_declared";
    static constexpr std::uint16_t schema_version = 1;
    std::string calendar;
    std::string from, until;  // first and last day; "": one day
    std::string name, letter;
    friend bool operator==(const HolidayDeclared&, const HolidayDeclared&) = default;
};
BOOST_DESCRIBE_STRUCT(HolidayDeclared, (), (calendar, from, until, name, letter))

// One fact for all appraisals of a scope: everybody, a unit and what is below it, or one person.
// Stream "organisation/extensions".
struct DeadlineExtended {
    static constexpr std::string_view event_name = "organisation.deadline_extended";
    static constexpr std::uint16_t schema_version = 1;
    std::string unit;    // "": of all units
    PersonId person;     // nil: of all people
    std::string period;  // as the appraisals name it: "2026"
    std::string kind;    // "": of all kinds
    // self_assessment, review, feedback, gate, acknowledgement, objection, reply, decision
    std::string deadline;
    std::string until;  // its new last day, in the unit's zone
    std::string letter;
    friend bool operator==(const DeadlineExtended&, const DeadlineExtended&) = default;
};
BOOST_DESCRIBE_STRUCT(DeadlineExtended, (), (unit, person, period, kind, deadline, until, letter))

// The fact of that version of this stream was never true.
struct FactRetracted {
    static constexpr std::string_view event_name = "organisation.fact_retracted";
    static constexpr std::uint16_t schema_version = 1;
    std::uint32_t fact = 0;
    std::string ground;
    friend bool operator==(const FactRetracted&, const FactRetracted&) = default;
};
BOOST_DESCRIBE_STRUCT(FactRetracted, (), (fact, ground))

using Event = std::variant<UnitPlaced, PostPlaced, PostHeld, PersonAway, PersonLeft, FactRetracted,
                           PersonEmployed, PersonAttested, RelationDeclared, RoleGranted,
                           TeamPlaced, TeamJoined, HolidayDeclared, DeadlineExtended>;

}  // namespace jejak::organisation
