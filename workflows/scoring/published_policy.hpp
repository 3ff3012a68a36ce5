#pragma once

#include <memory>

#include "engine/ids.hpp"
#include "workflows/scoring/policy.hpp"

namespace jejak::scoring {

// Fold of a stream "policy/<id>": what other workflows refer to when they judge by a policy.
struct PublishedPolicy {
    std::shared_ptr<const Policy> policy;  // null: not published
    Position position;                     // of the record that published it
};

}  // namespace jejak::scoring
