#pragma once

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/keyring.hpp"
#include "engine/personal.hpp"
#include "engine/result.hpp"

namespace jejak::record {

// Seals the words of an open field with AES-256-GCM under the owner's key, in place. `binding`
// (the envelope's bytes) and `field_path` are authenticated: a sealed field moved to another
// record or another place in it cannot be opened. Empty and sealed fields stay as they are.
void seal(Personal& field, const KeyBytes& key, std::string_view binding,
          std::string_view field_path);

// The words of a sealed field. Errors: corruption when key, binding or bytes do not belong
// together. An open field gives its words, an empty one "".
[[nodiscard]] Result<std::string> open(const Personal& field, const KeyBytes& key,
                                       std::string_view binding, std::string_view field_path);

// What a reader sees when the owner's key has been destroyed.
inline constexpr std::string_view erased_text = "[erased]";

// The handle of a person in one stream, HMAC(stream key, person) with stream key =
// HMAC(log secret, "stream" 0x00 stream id): recognised within a stream, not across streams.
[[nodiscard]] Handle handle_of(const KeyBytes& log_secret, const StreamId& stream, PersonId person);

// Keyed digest of text under the log's secret, for names that must be found again and not guessed
// (a person's outside identifier, the ids of imported rows). `purpose` keeps the uses apart.
[[nodiscard]] Sha256 keyed_digest(const KeyBytes& log_secret, std::string_view purpose,
                                  std::string_view text);

namespace detail {

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T, class Visit>
void visit_personal(T& value, std::string& path, Visit& visit) {
    using Value = std::remove_const_t<T>;
    const auto below = [&](auto& part, std::string_view step) {
        const std::size_t size = path.size();
        if (size != 0) path += '.';
        path += step;
        visit_personal(part, path, visit);
        path.resize(size);
    };
    if constexpr (std::is_same_v<Value, Personal>) {
        visit(value, std::string_view(path));
    } else if constexpr (IsVector<Value>::value) {
        if constexpr (std::is_class_v<typename Value::value_type>) {
            for (std::size_t i = 0; i < value.size(); ++i)
                below(value[i], std::to_string(i));
        }
    } else if constexpr (IsOptional<Value>::value) {
        if (value) visit_personal(*value, path, visit);
    } else if constexpr (boost::describe::has_describe_members<Value>::value) {
        using Members = boost::describe::describe_members<Value, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>(
            [&](auto member) { below(value.*member.pointer, member.name); });
    }
}

}  // namespace detail

// Calls visit(field, path) for every personal field of a described struct, also inside vectors,
// optionals and structs; path is like "ratings.2.justification".
template <class T, class Visit>
void for_each_personal(T& value, Visit visit) {
    std::string path;
    detail::visit_personal(value, path, visit);
}

}  // namespace jejak::record
