#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <string_view>

#include "adapters/json/members.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"

namespace jejak::json {

inline constexpr std::string_view schema_dialect = "https://json-schema.org/draft/2020-12/schema";

namespace detail {

template <class T>
[[nodiscard]] boost::json::object schema(TextKind kind);

template <Described T>
[[nodiscard]] boost::json::object struct_schema() {
    boost::json::object properties;
    boost::json::array required;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if (is_hidden_member<T>(member.name)) return;
        boost::json::object property = schema<Member>(text_kind(member.name));
        const auto absent = otherwise<T, Member>(member.name);
        if (!absent) {
            required.emplace_back(member.name);
        } else if (!absent->empty()) {
            property["default"] = *absent;
        }
        properties[member.name] = std::move(property);
    });
    boost::json::object object{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) object["required"] = std::move(required);
    object["additionalProperties"] = false;
    return object;
}

[[nodiscard]] inline boost::json::object text_schema(std::string_view pattern) {
    return {{"type", "string"}, {"pattern", pattern}};
}

[[nodiscard]] inline boost::json::object whole_schema(std::uint64_t maximum) {
    return {{"type", "integer"}, {"minimum", 0}, {"maximum", maximum}};
}

// An exact number as text, "7.35" or "22/3", or an integer.
[[nodiscard]] inline boost::json::object decimal_schema() {
    boost::json::object text = text_schema("^-?[0-9]+(\\.[0-9]+|/[0-9]+)?$");
    text["type"] = boost::json::array{"string", "integer"};
    return text;
}

[[nodiscard]] inline boost::json::object string_schema(TextKind kind) {
    if (kind == TextKind::decimal) return decimal_schema();
    if (kind == TextKind::words) return {{"type", "string"}};
    return {{"type", boost::json::array{"string", "integer"}}};
}

template <DescribedEnum T>
[[nodiscard]] boost::json::object enum_schema() {
    boost::json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto enumerator) { names.emplace_back(enumerator.name); });
    return {{"enum", std::move(names)}};
}

template <class T>
boost::json::object schema(TextKind kind) {
    if constexpr (std::is_same_v<T, boost::json::value>) {
        return {};
    } else if constexpr (std::is_same_v<T, bool>) {
        return {{"type", "boolean"}};
    } else if constexpr (std::is_integral_v<T>) {
        return whole_schema(std::numeric_limits<T>::max());
    } else if constexpr (std::is_same_v<T, std::string>) {
        return string_schema(kind);
    } else if constexpr (IsOptional<T>::value) {
        return schema<typename T::value_type>(kind);
    } else if constexpr (IsVector<T>::value) {
        return {{"type", "array"}, {"items", schema<typename T::value_type>(kind)}};
    } else if constexpr (std::is_same_v<T, Personal>) {
        return {{"type", "string"}};
    } else if constexpr (std::is_same_v<T, PersonId>) {
        return text_schema("^[a-z0-9_]{1,32}:[!-~]([ -~]{0,126}[!-~])?$");
    } else if constexpr (std::is_same_v<T, Position> || std::is_same_v<T, Version>) {
        return whole_schema(std::numeric_limits<decltype(T::value)>::max());
    } else if constexpr (std::is_same_v<T, StreamId>) {
        return text_schema("^[a-z_]+/[A-Za-z0-9._:@-]+$");
    } else if constexpr (std::is_same_v<T, Instant>) {
        return {{"type", "string"}, {"format", "date-time"}};
    } else if constexpr (DescribedEnum<T>) {
        return enum_schema<T>();
    } else if constexpr (Described<T>) {
        return struct_schema<T>();
    } else {
        return text_schema(std::is_same_v<T, Sha256> ? "^[0-9a-fA-F]{64}$" : "^[0-9a-fA-F]{32}$");
    }
}

}  // namespace detail

// JSON Schema of what from_json<T> takes, without "$schema" (so that it can stand in another).
template <class T>
[[nodiscard]] boost::json::object schema_of() {
    return detail::schema<T>(TextKind::words);
}

}  // namespace jejak::json
