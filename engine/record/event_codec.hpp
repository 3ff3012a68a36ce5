#pragma once

// The schema registry, made by the compiler: an event type carries its literal name, its schema
// version and, if it is not the first of its kind, the type that it replaced and how to get from
// there to here (its upcaster):
//
//   struct Sent { static constexpr std::string_view event_name = "letter.sent";
//                 static constexpr std::uint16_t schema_version = 2;
//                 using Previous = SentV1;
//                 static Sent upcast(const SentV1&); … };
//
// A stored event is decoded as the version that wrote it and lifted step by step.

#include <boost/mp11.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "engine/record/archive.hpp"
#include "engine/result.hpp"

namespace jejak::record {

template <class E>
concept EventType = requires {
    { E::event_name } -> std::convertible_to<std::string_view>;
    { E::schema_version } -> std::convertible_to<std::uint16_t>;
};

// Errors: unsupported for a version newer than E's; corruption for bytes that are not of that
// version or a version that never existed.
template <EventType E>
[[nodiscard]] Result<E> decode_event(std::uint16_t schema_version, std::string_view payload) {
    if (schema_version == E::schema_version) return from_bytes<E>(payload);
    if (schema_version > E::schema_version) {
        return error(ErrorCode::unsupported,
                     "event " + std::string(E::event_name) + " has schema version " +
                         std::to_string(schema_version) + ", this program knows up to " +
                         std::to_string(E::schema_version) + "; use a newer jejak");
    }
    if constexpr (requires { typename E::Previous; }) {
        auto previous = decode_event<typename E::Previous>(schema_version, payload);
        if (!previous) return previous.error();
        return E::upcast(*previous);
    } else {
        return error(ErrorCode::corruption, "event " + std::string(E::event_name) +
                                                " never had schema version " +
                                                std::to_string(schema_version));
    }
}

// Decodes into the variant of a workflow's events. Errors as above; unsupported for an event name
// that the variant does not hold: such a record is never skipped.
template <class Variant>
[[nodiscard]] Result<Variant> decode_any(std::string_view event_name, std::uint16_t schema_version,
                                         std::string_view payload) {
    Result<Variant> decoded =
        error(ErrorCode::unsupported, "event \"" + std::string(event_name) +
                                          "\" is not known to this program; use a newer jejak");
    bool found = false;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Variant>>(
        [&](auto identity) {
            using E = typename decltype(identity)::type;
            if (found || event_name != E::event_name) return;
            found = true;
            auto event = decode_event<E>(schema_version, payload);
            if (event) {
                decoded = Variant(std::move(*event));
            } else {
                decoded = event.error();
            }
        });
    return decoded;
}

}  // namespace jejak::record
