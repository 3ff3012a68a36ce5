#include "engine/runtime/subscription.hpp"

#include <algorithm>

namespace jejak::runtime {

Result<void> Subscription::advance(Position until, std::size_t records_max, const Visit& visit) {
    Result<void> outcome;
    if (until <= done_ || records_max == 0) return outcome;
    const std::uint64_t ahead = std::min<std::uint64_t>(until.value - done_.value, records_max);
    const Position last{done_.value + ahead};
    const auto step = [&](Position position, std::string_view bytes) {
        const auto decoded = record::decode_record(bytes);
        outcome = decoded ? visit(*decoded) : Result<void>(decoded.error());
        if (!outcome) {
            outcome = error(outcome.error().code, "position " + std::to_string(position.value) +
                                                      ": " + outcome.error().message);
            return false;
        }
        done_ = position;
        return true;
    };
    const auto scanned = store_.scan(Position{done_.value + 1}, last, step);
    return scanned ? outcome : scanned;
}

}  // namespace jejak::runtime
