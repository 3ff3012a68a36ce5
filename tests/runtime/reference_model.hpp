#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.hpp"
#include "engine/runtime/command.hpp"

namespace jejak::runtime {

// One command of a simulation, as plain data.
struct Plan {
    enum class Verb : std::uint8_t {
        open,
        add,
        add_other,
        note,
        label,
        label_too_long,
        reserve,
        give_back,
        snatch,
        touch,
        refuse,
        twist,
        collapse,
        close
    };
    std::string id;
    std::string key;  // of the counter
    Verb verb = Verb::open;
    std::int64_t number = 0;
    std::string name;  // of a claim, or the key of another counter
    std::optional<std::uint32_t> expected_version;
};

[[nodiscard]] CommandRequest request_of(const Plan& plan);

// What should be answered: a receipt, or only the kind of error.
struct Expected {
    std::optional<ErrorCode> error;
    Receipt receipt;
};

// What counters, claims and receipts should be, told in the simplest way: plain maps, one command
// at a time, no batches, no bytes. A value: what a failed append loses is put back by copying.
class ReferenceModel {
  public:
    [[nodiscard]] Expected handle(const Plan& plan, Instant clock);

    struct Counted {
        std::string phase = "absent";
        std::int64_t total = 0;
        std::uint32_t version = 0;
    };
    std::map<std::string, Counted> counters;
    std::map<std::string, std::string> holders;  // name → stream that holds it
    std::uint64_t head = 1;
    Instant last_recorded_at;

  private:
    struct Told {
        std::string content;
        Receipt receipt;
    };
    // The records that the command adds, or a rejection; nothing for a command that fails.
    struct Outcome {
        std::optional<ErrorCode> error;
        std::optional<Rejection> rejection;
        std::vector<std::string> events;
        std::uint64_t claims = 0;
    };
    [[nodiscard]] Outcome decide(const Plan& plan, Counted& counted);
    [[nodiscard]] Outcome decide_claims(const Plan& plan, Counted& counted);

    std::map<std::string, Told> told_;
};

}  // namespace jejak::runtime
