#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/json/members.hpp"
#include "adapters/json/reader.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"

namespace jejak::json {

namespace detail {

// Non-template parts; each notes what is wrong and gives an empty value then.
[[nodiscard]] const boost::json::object* read_object(const boost::json::value& value,
                                                     const std::vector<std::string_view>& members,
                                                     Reader& reader);
[[nodiscard]] const boost::json::array* read_array(const boost::json::value& value, Reader& reader);
[[nodiscard]] std::string read_text(const boost::json::value& value, Reader& reader);
[[nodiscard]] std::string read_decimal(const boost::json::value& value, Reader& reader);
[[nodiscard]] std::string read_string(const boost::json::value& value, Reader& reader,
                                      TextKind kind);
[[nodiscard]] std::uint64_t read_whole(const boost::json::value& value, std::uint64_t max,
                                       Reader& reader);
[[nodiscard]] bool read_bool(const boost::json::value& value, Reader& reader);
[[nodiscard]] Instant read_instant(const boost::json::value& value, Reader& reader);
[[nodiscard]] StreamId read_stream(const boost::json::value& value, Reader& reader);
[[nodiscard]] PersonId read_person(const boost::json::value& value, Reader& reader);
void read_hex(const boost::json::value& value, std::uint8_t* out, std::size_t size, Reader& reader);
void refuse_name(std::string_view name, const std::vector<std::string_view>& names, Reader& reader);

template <class T>
void read(const boost::json::value& value, Reader& reader, TextKind kind, T& out);

template <Described T>
void read_struct(const boost::json::value& value, Reader& reader, T& out) {
    const boost::json::object* object = read_object(value, member_names<T>(), reader);
    if (object == nullptr) return;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(out.*member.pointer)>;
        if (is_hidden_member<T>(member.name)) return;
        if (const boost::json::value* found = object->if_contains(member.name)) {
            const Reader::Step step(reader, member.name);
            read(*found, reader, text_kind(member.name), out.*member.pointer);
            return;
        }
        const auto absent = otherwise<T, Member>(member.name);
        if (!absent) reader.problem_at(member.name, "is missing; add it");
        if constexpr (std::is_same_v<Member, std::string>) {
            out.*member.pointer = std::string(absent.value_or(""));
        }
    });
}

template <DescribedEnum T>
void read_enum(const boost::json::value& value, Reader& reader, T& out) {
    const std::size_t problems_before = reader.problems().size();
    const std::string name = read_text(value, reader);
    if (reader.problems().size() != problems_before) return;
    std::vector<std::string_view> names;
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto enumerator) {
        names.emplace_back(enumerator.name);
        if (name != enumerator.name) return;
        out = enumerator.value;
        found = true;
    });
    if (!found) refuse_name(name, names, reader);
}

template <class T>
void read_vector(const boost::json::value& value, Reader& reader, TextKind kind,
                 std::vector<T>& out) {
    const boost::json::array* array = read_array(value, reader);
    if (array == nullptr) return;
    out.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const Reader::Step step(reader, std::to_string(i));
        T element{};
        read((*array)[i], reader, kind, element);
        out.push_back(std::move(element));
    }
}

template <class T>
void read(const boost::json::value& value, Reader& reader, TextKind kind, T& out) {
    if constexpr (std::is_same_v<T, boost::json::value>) {
        out = value;
    } else if constexpr (std::is_same_v<T, bool>) {
        out = read_bool(value, reader);
    } else if constexpr (std::is_integral_v<T>) {
        static_assert(std::is_unsigned_v<T>, "no described struct has a signed number yet");
        out = static_cast<T>(read_whole(value, std::numeric_limits<T>::max(), reader));
    } else if constexpr (std::is_same_v<T, std::string>) {
        out = read_string(value, reader, kind);
    } else if constexpr (IsOptional<T>::value) {
        if (!value.is_null()) read(value, reader, kind, out.emplace());
    } else if constexpr (IsVector<T>::value) {
        read_vector(value, reader, kind, out);
    } else if constexpr (std::is_same_v<T, Personal>) {
        out = Personal::of({}, read_text(value, reader));
    } else if constexpr (std::is_same_v<T, PersonId>) {
        out = read_person(value, reader);
    } else if constexpr (std::is_same_v<T, Position> || std::is_same_v<T, Version>) {
        read(value, reader, TextKind::words, out.value);
    } else if constexpr (std::is_same_v<T, StreamId>) {
        out = read_stream(value, reader);
    } else if constexpr (std::is_same_v<T, Instant>) {
        out = read_instant(value, reader);
    } else if constexpr (DescribedEnum<T>) {
        read_enum(value, reader, out);
    } else if constexpr (Described<T>) {
        read_struct(value, reader, out);
    } else if constexpr (std::is_same_v<T, Sha256>) {
        read_hex(value, out.data(), out.size(), reader);
    } else {
        read_hex(value, out.bytes.data(), out.bytes.size(), reader);  // Id16
    }
}

}  // namespace detail

// A described struct (or any type that may stand in one) from JSON. All that is wrong is in the
// reader; with problems the value is not to be used. Words come out open and without owner.
template <class T>
[[nodiscard]] T from_json(const boost::json::value& value, Reader& reader) {
    T out{};
    detail::read(value, reader, TextKind::words, out);
    return out;
}

}  // namespace jejak::json
