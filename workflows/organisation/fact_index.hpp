#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/projection.hpp"
#include "engine/read_store.hpp"

// Where in the log the facts about the organisation stand: whoever resolves relations reads those
// records, and not the whole log.
namespace jejak::organisation {

inline constexpr std::string_view fact_index_model = "organisation_facts";
[[nodiscard]] std::unique_ptr<Projection> make_fact_index();

// Ranges of positions (first, last) that hold every fact, in the order of the log. Between two
// facts that stand close together a range may hold other records.
[[nodiscard]] Result<std::vector<std::pair<Position, Position>>> ranges_of_facts(
    const ReadStore& store);

}  // namespace jejak::organisation
