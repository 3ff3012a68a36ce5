#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"

// Where the log says who stands behind a pseudonym. The identifier itself stays there, sealed.
namespace jejak::person {

inline constexpr std::string_view people_index_model = "people_index";
[[nodiscard]] std::unique_ptr<Projection> make_people_index();

// Position of the pseudonym's person.registered; nothing if it was never registered.
[[nodiscard]] Result<std::optional<Position>> find_person(const ReadStore& store, PersonId person);

}  // namespace jejak::person
