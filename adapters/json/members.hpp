#pragma once

#include <array>
#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/personal.hpp"
#include "workflows/appraisal/commands.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/organisation_decider.hpp"

// What the types of described structs do not say about their members as JSON.
namespace jejak::json {

// A member that may be left out, and, if it is a text, what it then is.
struct OptionalMember {
    std::string_view member;
    std::string_view otherwise;
};

// `optional`: texts and people that may be left out. `hidden`: members that are no part of the
// JSON.
template <class T>
struct MemberNotes {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::OpenAppraisal> {
    // Only a registrar may leave the last two out: history does not always say who they were.
    static constexpr std::array<OptionalMember, 4> optional{
        {{"kind", "annual"}, {"supervisor", ""}, {"superior", ""}, {"supervisor_post", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::ReassignSupervisor> {
    static constexpr std::array<OptionalMember, 1> optional{{{"supervisor_post", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::PlanItem> {
    static constexpr std::array<OptionalMember, 5> optional{{{"result", ""},
                                                             {"indicator", ""},
                                                             {"aspect", ""},
                                                             {"unit_of_measure", ""},
                                                             {"section", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::RecordSurvey> {
    static constexpr std::array<OptionalMember, 1> optional{{{"report_sha256", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::GiveFeedback> {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 2> hidden{"rater", "rater_person"};
};

template <>
struct MemberNotes<dossier::AgreeDevelopment> {
    static constexpr std::array<OptionalMember, 2> optional{{{"criterion", ""}, {"due_on", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<dossier::RecordServices> {
    static constexpr std::array<OptionalMember, 1> optional{{{"document_sha256", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::PlaceUnit> {
    static constexpr std::array<OptionalMember, 3> optional{
        {{"parent", ""}, {"zone", ""}, {"letter", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::PlacePost> {
    static constexpr std::array<OptionalMember, 3> optional{
        {{"family", ""}, {"grade", ""}, {"letter", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::HoldPost> {
    static constexpr std::array<OptionalMember, 3> optional{
        {{"kind", "definitive"}, {"until", ""}, {"letter", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::RecordAbsence> {
    static constexpr std::array<OptionalMember, 1> optional{{{"letter", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::RecordDeparture> {
    static constexpr std::array<OptionalMember, 1> optional{{{"letter", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<organisation::RetractFact> {
    static constexpr std::array<OptionalMember, 2> optional{{{"unit", ""}, {"post", ""}}};
    static constexpr std::array<std::string_view, 0> hidden{};
};

// Texts that hold an exact number, whatever struct they stand in (workflows/appraisal/parts.hpp).
// Integers are taken for them too.
inline constexpr std::array<std::string_view, 7> decimal_members = {
    "target", "target_upper", "weight", "realisation", "level", "sum", "element_means"};

// words: any text; decimal: an exact number; rating: a number or a label of the policy's scale,
// which only the policy can tell.
enum class TextKind { words, decimal, rating };

[[nodiscard]] constexpr TextKind text_kind(std::string_view member) {
    if (member == "value") return TextKind::rating;
    for (const std::string_view name : decimal_members) {
        if (name == member) return TextKind::decimal;
    }
    return TextKind::words;
}

template <class T>
[[nodiscard]] constexpr bool is_hidden_member(std::string_view member) {
    for (const std::string_view name : MemberNotes<T>::hidden) {
        if (name == member) return true;
    }
    return false;
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

template <Described T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

// What stands for the member when it is left out; nothing: it must be there.
template <Described T, class Member>
[[nodiscard]] constexpr std::optional<std::string_view> otherwise(std::string_view member) {
    if (IsOptional<Member>::value || IsVector<Member>::value || std::is_same_v<Member, Personal> ||
        std::is_same_v<Member, bool>) {  // a statement that nobody made is not so
        return "";
    }
    for (const OptionalMember& note : MemberNotes<T>::optional) {
        if (note.member == member) return note.otherwise;
    }
    return std::nullopt;
}

// Names of the members that are part of the JSON, as described.
template <Described T>
[[nodiscard]] std::vector<std::string_view> member_names() {
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        if (!is_hidden_member<T>(member.name)) names.emplace_back(member.name);
    });
    return names;
}

}  // namespace jejak::json
