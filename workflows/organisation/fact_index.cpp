// rows = position:u64 big-endian -> ""
#include "workflows/organisation/fact_index.hpp"

#include <string>

namespace jejak::organisation {
namespace {

// Reading on over so few other records is cheaper than beginning a new range.
constexpr std::uint64_t gap_max = 16;

std::string key_of(Position position) {
    std::string key;
    for (int shift = 56; shift >= 0; shift -= 8) {
        key += static_cast<char>(static_cast<unsigned char>((position.value >> shift) & 255U));
    }
    return key;
}

class FactIndex final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return fact_index_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view,
                                     Rows& rows) const override {
        if (envelope.event_name.starts_with("organisation."))
            rows.put(key_of(envelope.position), {});
        return {};
    }
};

}  // namespace

std::unique_ptr<Projection> make_fact_index() {
    return std::make_unique<FactIndex>();
}

Result<std::vector<std::pair<Position, Position>>> ranges_of_facts(const ReadStore& store) {
    std::vector<std::pair<Position, Position>> ranges;
    Result<void> outcome;
    const auto visit = [&](std::string_view key, std::string_view) {
        if (key.size() != 8) {
            outcome = error(ErrorCode::corruption,
                            "a row of organisation_facts has no position; "
                            "make the read model again from the log");
            return false;
        }
        Position position;
        for (const char byte : key)
            position.value = (position.value << 8) | static_cast<unsigned char>(byte);
        if (!ranges.empty() && position.value <= ranges.back().second.value + gap_max) {
            ranges.back().second = position;
        } else {
            ranges.emplace_back(position, position);
        }
        return true;
    };
    const auto scanned = store.scan(fact_index_model, "", "", visit);
    if (!scanned) return scanned.error();
    if (!outcome) return outcome.error();
    return ranges;
}

}  // namespace jejak::organisation
