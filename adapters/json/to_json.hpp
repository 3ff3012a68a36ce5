#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/json/members.hpp"
#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/personal.hpp"

namespace jejak::json {

// How people and words are written; who may see them is decided by whoever makes this.
struct Names {
    std::function<std::string(PersonId)> write_person;
    // `path` is the field's place as it was sealed: "ratings.2.justification".
    std::function<std::string(const Personal& field, std::string_view path)> write_personal;
};

namespace detail {

struct Writing {
    const Names& names;
    std::string path;
};

// Nothing to say: no words, nobody, no moment. Such members are left out of the object.
template <class T>
[[nodiscard]] bool is_blank(const T& value) {
    if constexpr (IsOptional<T>::value) {
        return !value.has_value();
    } else if constexpr (std::is_same_v<T, Personal>) {
        return value.is_empty();
    } else if constexpr (std::is_same_v<T, Instant>) {
        return value == Instant{};
    } else if constexpr (std::is_same_v<T, PersonId> || std::is_same_v<T, Handle>) {
        return value.is_nil();
    } else {
        return false;
    }
}

template <class T>
[[nodiscard]] boost::json::value write(const T& value, Writing& writing);

template <Described T>
[[nodiscard]] boost::json::value write_struct(const T& value, Writing& writing) {
    boost::json::object object;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) {
        const auto& part = value.*member.pointer;
        if (is_hidden_member<T>(member.name) || is_blank(part)) return;
        const std::size_t size = writing.path.size();
        if (size != 0) writing.path += '.';
        writing.path += member.name;
        object.emplace(member.name, write(part, writing));
        writing.path.resize(size);
    });
    return object;
}

template <class T>
[[nodiscard]] boost::json::value write_vector(const std::vector<T>& value, Writing& writing) {
    boost::json::array array;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::size_t size = writing.path.size();
        if (size != 0) writing.path += '.';
        writing.path += std::to_string(i);
        array.push_back(write(value[i], writing));
        writing.path.resize(size);
    }
    return array;
}

template <class T>
boost::json::value write(const T& value, Writing& writing) {
    if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string> ||
                  std::is_same_v<T, boost::json::value>) {
        return boost::json::value(value);
    } else if constexpr (std::is_integral_v<T>) {
        return boost::json::value(value);
    } else if constexpr (IsOptional<T>::value) {
        return value ? write(*value, writing) : boost::json::value();
    } else if constexpr (IsVector<T>::value) {
        return write_vector(value, writing);
    } else if constexpr (std::is_same_v<T, Personal>) {
        return boost::json::value(writing.names.write_personal(value, writing.path));
    } else if constexpr (std::is_same_v<T, PersonId>) {
        return boost::json::value(writing.names.write_person(value));
    } else if constexpr (std::is_same_v<T, Position> || std::is_same_v<T, Version>) {
        return boost::json::value(value.value);
    } else if constexpr (std::is_same_v<T, StreamId>) {
        return boost::json::value(value.text());
    } else if constexpr (std::is_same_v<T, Instant>) {
        return boost::json::value(to_text(value));
    } else if constexpr (DescribedEnum<T>) {
        return boost::json::value(boost::describe::enum_to_string(value, "unknown"));
    } else if constexpr (Described<T>) {
        return write_struct(value, writing);
    } else {
        return boost::json::value(to_hex(value));  // Id16, Sha256
    }
}

}  // namespace detail

// A described struct (or any type that may stand in one) as JSON. Members that say nothing (empty
// optionals and words, nobody, the moment 0) are left out.
template <class T>
[[nodiscard]] boost::json::value to_json(const T& value, const Names& names) {
    detail::Writing writing{names, {}};
    return detail::write(value, writing);
}

}  // namespace jejak::json
