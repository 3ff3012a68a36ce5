#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "workflows/scoring/evaluate.hpp"

namespace jejak::scoring {

struct Line {
    std::uint32_t depth = 0;
    std::string text;
    friend bool operator==(const Line&, const Line&) = default;
};

// Says where the events of a source come from: a line for each, "" for none. Given by whoever knows
// the log; `version` is that of the appraisal's stream.
using NameEvent = std::function<std::string(std::uint32_t version)>;

// The derivation as a tree that the appraised can follow, in words of the policy. `policy` is the
// one that made it. Numbers in the style of the language: 1.234,5 in Indonesian, 1,234.5 in
// English.
[[nodiscard]] std::vector<Line> to_lines(const Derivation&, const Policy& policy, Language,
                                         const NameEvent& name_event = {});
// What is known so far, and what is missing.
[[nodiscard]] std::vector<Line> to_lines(const Missing&, const Policy& policy, Language,
                                         const NameEvent& name_event = {});

}  // namespace jejak::scoring
