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
#include "workflows/unit_result/unit_result_decider.hpp"

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
struct NothingHidden {
    static constexpr std::array<std::string_view, 0> hidden{};
};
template <>
struct MemberNotes<appraisal::OpenAppraisal> : NothingHidden {
    // Only a registrar may leave the last two out: history does not always say who they were.
    static constexpr std::array optional{
        OptionalMember{"kind", "annual"}, OptionalMember{"supervisor", ""},
        OptionalMember{"superior", ""}, OptionalMember{"supervisor_post", ""}};
};
template <>
struct MemberNotes<appraisal::ReassignSupervisor> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"supervisor_post", ""}};
};
template <>
struct MemberNotes<appraisal::PlanItem> : NothingHidden {
    static constexpr std::array optional{
        OptionalMember{"result", ""},        OptionalMember{"indicator", ""},
        OptionalMember{"aspect", ""},        OptionalMember{"unit_of_measure", ""},
        OptionalMember{"section", ""},       OptionalMember{"supports", ""},
        OptionalMember{"unit_indicator", ""}};
};
template <>
struct MemberNotes<appraisal::RecordSurvey> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"report_sha256", ""}};
};
template <>
struct MemberNotes<appraisal::GiveFeedback> {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 2> hidden{"rater", "rater_person"};
};
template <>
struct MemberNotes<appraisal::DecideObjection> {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 1> hidden{"as_rater"};
};
template <>
struct MemberNotes<appraisal::AssignDecider> {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 1> hidden{"as_rater"};
};
template <>
struct MemberNotes<appraisal::AssignPanel> {
    static constexpr std::array<OptionalMember, 0> optional{};
    static constexpr std::array<std::string_view, 1> hidden{"as_raters"};
};
template <>
struct MemberNotes<appraisal::DeliverResult> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"document_sha256", ""}};
};
template <>
struct MemberNotes<dossier::AgreeDevelopment> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"criterion", ""},
                                         OptionalMember{"due_on", ""}};
};
template <>
struct MemberNotes<dossier::RecordServices> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"document_sha256", ""}};
};
template <>
struct MemberNotes<organisation::PlaceUnit> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"parent", ""}, OptionalMember{"zone", ""},
                                         OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::PlacePost> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"family", ""}, OptionalMember{"grade", ""},
                                         OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::HoldPost> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"kind", "definitive"},
                                         OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::RecordAbsence> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::RecordDeparture> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::RetractFact> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"unit", ""}, OptionalMember{"post", ""},
                                         OptionalMember{"team", ""},
                                         OptionalMember{"calendar", ""}};
};
template <>
struct MemberNotes<appraisal::CarryScore> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"appraisal", ""},
                                         OptionalMember{"unit", ""}};
};
template <>
struct MemberNotes<organisation::RecordEmployment> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"unit", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::Attest> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""},
                                         OptionalMember{"document_sha256", ""},
                                         OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::DeclareRelation> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::GrantRole> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::PlaceTeam> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::JoinTeam> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::DeclareHoliday> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"until", ""}, OptionalMember{"letter", ""}};
};
template <>
struct MemberNotes<organisation::ExtendDeadline> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"unit", ""}, OptionalMember{"kind", ""}};
};
template <>
struct MemberNotes<unit_result::SetUnitPredicate> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"document_sha256", ""},
                                         OptionalMember{"post", ""}};
};
template <>
struct MemberNotes<unit_result::RecordIndicator> : NothingHidden {
    static constexpr std::array optional{OptionalMember{"document_sha256", ""}};
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
