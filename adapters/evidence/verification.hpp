#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/evidence/bundle.hpp"

namespace jejak::evidence {

// What was checked, and everything that is wrong; nothing is wrong where `findings` is empty.
struct Verification {
    std::vector<std::string> findings;
    std::string appraisal, log_id, made_for, phase, score, predicate;
    // The last record of the stream in the bundle. That none came after it, no proof can say.
    std::uint32_t version = 0;
    Position last;
    std::uint64_t tree_size = 0;
    Sha256 root{};
    std::size_t records = 0, withheld = 0;
    std::size_t results = 0;  // computed again from their inputs
    // Was the derivation for the reader it was made for? Otherwise nothing could be computed.
    bool has_derivation = false;
};

// Checks a bundle without the log: seal and manifest; each record and each withheld leaf against
// the root; stream, order and versions; the moves of the lifecycle; the rules by their hash; each
// recorded result from its inputs (from the sums, where single raters are withheld); the
// derivation, and what the page shows of both. `root`: that of the log as known from elsewhere,
// which the bundle's is held against. Errors: corruption or invalid_input where the file is no
// bundle that could be checked.
[[nodiscard]] Result<Verification> verify_bundle(std::string_view archive,
                                                 const std::optional<Sha256>& root);

}  // namespace jejak::evidence
