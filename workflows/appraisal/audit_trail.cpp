// The log is cut into blocks of 256 positions: block 0 is 1..256. place = position within its
// block, from 0, in one byte. A busy unit has one row a block, not one a record.
//
// rows  = 'p' pseudonym[16] block -> place*           ; acted, or somebody acted on his behalf
//       | 'h' handle[16] block place -> ""            ; put without reading: a rater acts rarely
//       | 'u' text(unit) block    -> place*
//       | 'm' block               -> recorded_at*     ; of each record of the block, in order
//       | 's' token               -> unit             ; of an opened appraisal
// block, recorded_at = 8 bytes, big-endian; text = append_text; as in model_rows.hpp
//
// recorded_at never decreases along the log, so a stretch of time is a stretch of positions: 'm'
// turns the one into the other by bisection, and the other indexes need not repeat the time.
#include "workflows/appraisal/audit_trail.hpp"

#include <algorithm>

#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/model_rows.hpp"

namespace jejak::appraisal {
namespace {

constexpr std::uint64_t block_size = 256;
constexpr std::size_t moment_size = 8;

std::uint64_t block_of(Position position) {
    return (position.value - 1) / block_size;
}
std::uint64_t place_of(Position position) {
    return (position.value - 1) % block_size;
}
char place_byte(Position position) {
    return static_cast<char>(static_cast<unsigned char>(place_of(position)));
}
Position position_of(std::uint64_t block, std::uint64_t place) {
    return {block * block_size + place + 1};
}

template <class Id>
std::string id_prefix(char kind, const Id& id) {
    std::string key;
    key.reserve(25);
    key += kind;
    append_id(key, id);
    return key;
}

std::string unit_prefix(std::string_view unit) {
    std::string key = "u";
    append_text(key, unit);
    return key;
}

std::string moments_key(std::uint64_t block) {
    std::string key = "m";
    append_number(key, block);
    return key;
}

std::string instant_text(Instant instant) {
    std::string text;
    append_instant(text, instant);
    return text;
}

class AuditTrail final : public Projection {
  public:
    [[nodiscard]] std::string_view name() const override { return audit_trail_model; }

    [[nodiscard]] Result<void> apply(const Envelope& envelope, std::string_view payload,
                                     Rows& rows) const override {
        auto indexed = index_actor(envelope, rows);
        if (indexed) indexed = index_moment(envelope, rows);
        if (!indexed) return indexed;
        return index_unit(envelope, payload, rows);
    }

  private:
    static Result<void> index_at(std::string prefix, Position position, Rows& rows) {
        append_number(prefix, block_of(position));
        auto row = rows.get(prefix);
        if (!row) return row.error();
        std::string places = *row ? std::move(**row) : std::string();
        places += place_byte(position);
        rows.put(prefix, std::move(places));
        return {};
    }

    static Result<void> index_actor(const Envelope& envelope, Rows& rows) {
        const Actor& actor = envelope.actor;
        Result<void> indexed;
        if (actor.kind == Actor::Kind::person) {
            indexed = index_at(id_prefix('p', actor.person), envelope.position, rows);
        } else if (actor.kind == Actor::Kind::handle) {
            std::string key = id_prefix('h', actor.handle);
            append_number(key, block_of(envelope.position));
            key += place_byte(envelope.position);
            rows.put(key, {});
        }
        const bool is_for_another =
            !actor.on_behalf_of.is_nil() && actor.on_behalf_of != actor.person;
        if (!indexed || !is_for_another) return indexed;
        return index_at(id_prefix('p', actor.on_behalf_of), envelope.position, rows);
    }

    static Result<void> index_moment(const Envelope& envelope, Rows& rows) {
        const std::string key = moments_key(block_of(envelope.position));
        auto row = rows.get(key);
        if (!row) return row.error();
        std::string moments = *row ? std::move(**row) : std::string();
        if (moments.size() != place_of(envelope.position) * moment_size) {
            return error(ErrorCode::corruption,
                         "the audit trail has a gap; make the read model again from the log");
        }
        append_instant(moments, envelope.recorded_at);
        rows.put(key, std::move(moments));
        return {};
    }

    static Result<void> index_unit(const Envelope& envelope, std::string_view payload, Rows& rows) {
        const auto kind = recorded_kind(envelope);
        if (!kind) return kind.error();
        if (envelope.stream.workflow() != "appraisal") return {};
        std::string key = "s";
        key += envelope.stream.key();
        if (*kind == EventKind::opened) {
            return with_event<Opened>(envelope, payload, [&](const Opened& e) -> Result<void> {
                rows.put(key, e.unit);
                return index_at(unit_prefix(e.unit), envelope.position, rows);
            });
        }
        const auto unit = rows.get(key);
        if (!unit) return unit.error();
        return *unit ? index_at(unit_prefix(**unit), envelope.position, rows) : Result<void>();
    }
};

// The moments of one block, which is there.
Result<std::string> moments_of(const ReadStore& store, std::uint64_t block) {
    auto row = store.get(audit_trail_model, moments_key(block));
    if (!row) return row.error();
    if (!*row || (*row)->empty() || (*row)->size() % moment_size != 0) {
        return error(ErrorCode::corruption,
                     "the audit trail lacks times of positions; make the read model again");
    }
    return std::move(**row);
}

// The first of positions 1..done that was recorded at `moment` or later; done + 1 if none was.
Result<Position> first_since(const ReadStore& store, Position done, Instant moment) {
    const std::string wanted = instant_text(moment);
    std::uint64_t low = 0;
    std::uint64_t high = block_of(done) + 1;  // the first block that ends at `wanted` or later
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        const auto moments = moments_of(store, middle);
        if (!moments) return moments.error();
        const bool ends_before =
            moments->compare(moments->size() - moment_size, moment_size, wanted) < 0;
        (ends_before ? low : high) = ends_before ? middle + 1 : middle;
    }
    const Position behind{done.value + 1};
    if (low > block_of(done)) return behind;
    const auto moments = moments_of(store, low);
    if (!moments) return moments.error();
    std::size_t place = 0;
    while (moments->substr(place * moment_size, moment_size) < wanted)
        ++place;
    return std::min(position_of(low, place), behind);
}

Result<std::vector<Position>> indexed(const ReadStore& store, const std::string& prefix,
                                      const AuditRange& range) {
    std::vector<Position> positions;
    const auto stretch = positions_between(store, range.from, range.until);
    if (!stretch) return stretch.error();
    if (stretch->is_empty() || range.count_max == 0) return positions;
    const Position first{std::max(stretch->first.value, range.after.value + 1)};
    std::string after;
    if (block_of(first) > 0) {
        after = prefix;
        append_number(after, block_of(first) - 1);
    }
    Result<void> outcome;
    const auto visit = [&](std::string_view key, std::string_view places) {
        auto rest = key.substr(prefix.size());
        const auto block = take_number(rest);
        if (!block) {
            outcome = block.error();
            return false;
        }
        for (const char place : places.empty() ? rest : places) {
            const Position position = position_of(*block, static_cast<unsigned char>(place));
            if (position < first) continue;
            if (position > stretch->last || positions.size() == range.count_max) return false;
            positions.push_back(position);
        }
        return positions.size() < range.count_max;
    };
    const auto scanned = store.scan(audit_trail_model, prefix, after, visit);
    if (!scanned) return scanned.error();
    if (!outcome) return outcome.error();
    return positions;
}

}  // namespace

std::unique_ptr<Projection> make_audit_trail() {
    return std::make_unique<AuditTrail>();
}

Result<PositionRange> positions_between(const ReadStore& store, Instant from, Instant until) {
    if (until <= from) return PositionRange{};
    // The checkpoint first: what is folded meanwhile lies behind it, and is left out.
    const auto done = store.checkpoint(audit_trail_model);
    if (!done) return done.error();
    if (done->value == 0) return PositionRange{};
    const auto first = first_since(store, *done, from);
    if (!first) return first.error();
    const auto behind = first_since(store, *done, until);
    if (!behind) return behind.error();
    return PositionRange{*first, Position{behind->value - 1}};
}

Result<std::vector<Position>> records_by_actor(const ReadStore& store, PersonId person,
                                               const AuditRange& range) {
    return indexed(store, id_prefix('p', person), range);
}

Result<std::vector<Position>> records_by_actor(const ReadStore& store, Handle rater,
                                               const AuditRange& range) {
    return indexed(store, id_prefix('h', rater), range);
}

Result<std::vector<Position>> records_by_unit(const ReadStore& store, std::string_view unit,
                                              const AuditRange& range) {
    return indexed(store, unit_prefix(unit), range);
}

Result<std::vector<Position>> records_by_time(const ReadStore& store, const AuditRange& range) {
    std::vector<Position> positions;
    const auto stretch = positions_between(store, range.from, range.until);
    if (!stretch) return stretch.error();
    auto next = std::max(stretch->first.value, range.after.value + 1);
    for (; next <= stretch->last.value && positions.size() < range.count_max; ++next) {
        positions.push_back(Position{next});
    }
    return positions;
}

}  // namespace jejak::appraisal
