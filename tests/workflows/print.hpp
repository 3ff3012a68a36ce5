#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/personal.hpp"

// Values as a person reads them in a failure message: {field: value, ...}, empty fields left out.
namespace jejak::golden {

inline std::string shown(const std::string& text) {
    return '"' + text + '"';
}
inline std::string shown(bool value) {
    return value ? "yes" : "no";
}
inline std::string shown(std::uint32_t value) {
    return std::to_string(value);
}
inline std::string shown(std::uint16_t value) {
    return std::to_string(value);
}
inline std::string shown(const Position& position) {
    return "@" + std::to_string(position.value);
}
inline std::string shown(const Instant& instant) {
    return instant == Instant{} ? "never" : to_text(instant);
}
template <class Tag>
std::string shown(const Id16<Tag>& id) {
    return id.is_nil() ? "nobody" : "#" + to_hex(id).substr(28);
}
inline std::string shown(const Personal& words) {
    if (words.is_empty()) return "(no words)";
    const bool open = words.state == Personal::State::open;
    return (open ? shown(words.bytes) : "(sealed)") + " of " + shown(words.owner);
}

template <class T>
std::string shown(const std::vector<T>& values);
template <class T>
std::string shown(const std::optional<T>& value);
template <class T>
requires boost::describe::has_describe_members<T>::value std::string shown(const T& value) {
    std::string text;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& field = value.*member.pointer;
        if (field == std::decay_t<decltype(field)>{}) return;
        text += (text.empty() ? "" : ", ") + std::string(member.name) + ": " + shown(field);
    });
    return "{" + text + "}";
}
template <class T>
std::string shown(const std::vector<T>& values) {
    std::string text;
    for (const T& value : values)
        text += (text.empty() ? "" : ", ") + shown(value);
    return "[" + text + "]";
}
template <class T>
std::string shown(const std::optional<T>& value) {
    return value ? shown(*value) : "none";
}
// One event of a workflow, with its name.
template <class... Events>
std::string shown(const std::variant<Events...>& event) {
    return std::visit(
        [](const auto& e) {
            return std::string(std::decay_t<decltype(e)>::event_name) + " " + shown(e);
        },
        event);
}
// One a line.
template <class Event>
std::string lines_of(const std::vector<Event>& events) {
    std::string text;
    for (const Event& event : events)
        text += "  " + shown(event) + "\n";
    return text.empty() ? "  (nothing)\n" : text;
}

}  // namespace jejak::golden
