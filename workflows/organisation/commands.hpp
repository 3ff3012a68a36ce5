#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflows/organisation/events.hpp"

// What may be asked of the organisation's records. What the members mean stands at the facts that
// they lead to (events.hpp).
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
    std::vector<RequiredCompetency> competencies;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(PlacePost, (),
                      (post, unit, title, family, grade, is_head, from, letter, competencies,
                       replaces))

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

struct RecordEmployment {
    static constexpr std::string_view command_name = "record_employment";
    PersonId person;
    std::string status, unit, from, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(RecordEmployment, (), (person, status, unit, from, letter, replaces))

struct Attest {
    static constexpr std::string_view command_name = "attest";
    PersonId person;
    std::string attestation, from, until, document_sha256, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(Attest, (),
                      (person, attestation, from, until, document_sha256, letter, replaces))

// Everybody may declare a relation of himself.
struct DeclareRelation {
    static constexpr std::string_view command_name = "declare_relation";
    PersonId person, other;
    std::string kind, from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(DeclareRelation, (), (person, other, kind, from, until, letter, replaces))

struct GrantRole {
    static constexpr std::string_view command_name = "grant_role";
    PersonId person;
    std::string role, unit, from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(GrantRole, (), (person, role, unit, from, until, letter, replaces))

struct PlaceTeam {
    static constexpr std::string_view command_name = "place_team";
    std::string team, name, unit;
    PersonId lead;
    std::string from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(PlaceTeam, (), (team, name, unit, lead, from, until, letter, replaces))

struct JoinTeam {
    static constexpr std::string_view command_name = "join_team";
    std::string team;
    PersonId person;
    std::string from, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(JoinTeam, (), (team, person, from, until, letter, replaces))

struct DeclareHoliday {
    static constexpr std::string_view command_name = "declare_holiday";
    std::string calendar, from, until, name, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(DeclareHoliday, (), (calendar, from, until, name, letter, replaces))

struct ExtendDeadline {
    static constexpr std::string_view command_name = "extend_deadline";
    std::string unit;
    std::optional<PersonId> person;
    std::string period, kind, deadline, until, letter;
    std::optional<std::uint32_t> replaces;
};
BOOST_DESCRIBE_STRUCT(ExtendDeadline, (),
                      (unit, person, period, kind, deadline, until, letter, replaces))

// Takes a fact back without another in its place.
struct RetractFact {
    static constexpr std::string_view command_name = "retract_fact";
    // Of which it was said: one of them. None: an extension of a deadline.
    std::string unit, post, team, calendar;
    std::optional<PersonId> person;
    std::uint32_t fact = 0;  // its version in that stream
    std::string ground;
};
BOOST_DESCRIBE_STRUCT(RetractFact, (), (unit, post, team, calendar, person, fact, ground))

using Command = std::variant<PlaceUnit, PlacePost, HoldPost, RecordAbsence, RecordDeparture,
                             RetractFact, RecordEmployment, Attest, DeclareRelation, GrantRole,
                             PlaceTeam, JoinTeam, DeclareHoliday, ExtendDeadline>;

}  // namespace jejak::organisation
