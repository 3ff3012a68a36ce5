// rows      = 'p' pseudonym[16] position -> ""     ; acted, or somebody acted on his behalf
//           | 'h' handle[16] position    -> ""
//           | 'u' unit position          -> ""
//           | 't' recorded_at            -> position  ; of the first record of that moment
//           | 's' token                  -> unit      ; of an opened appraisal
//           | 'l'                        -> recorded_at of the last record
// position, recorded_at = 8 bytes, big-endian, as in model_rows.hpp
//
// recorded_at never decreases along the log, so a stretch of time is a stretch of positions: one
// row a moment turns the one into the other, and the other indexes need not repeat the time.
#include "workflows/appraisal/audit_trail.hpp"

#include <algorithm>

#include "workflows/appraisal/events.hpp"
#include "workflows/appraisal/model_rows.hpp"

namespace jejak::appraisal {
namespace {

const std::string last_moment_key = "l";

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

std::string number_text(std::uint64_t number) {
    std::string text;
    append_number(text, number);
    return text;
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
        index_actor(envelope, rows);
        auto indexed = index_moment(envelope, rows);
        if (!indexed) return indexed;
        return index_unit(envelope, payload, rows);
    }

  private:
    static void index_at(std::string prefix, Position position, Rows& rows) {
        append_number(prefix, position.value);
        rows.put(prefix, {});
    }

    static void index_actor(const Envelope& envelope, Rows& rows) {
        const Actor& actor = envelope.actor;
        if (actor.kind == Actor::Kind::person) {
            index_at(id_prefix('p', actor.person), envelope.position, rows);
        } else if (actor.kind == Actor::Kind::handle) {
            index_at(id_prefix('h', actor.handle), envelope.position, rows);
        }
        if (!actor.on_behalf_of.is_nil()) {
            index_at(id_prefix('p', actor.on_behalf_of), envelope.position, rows);
        }
    }

    static Result<void> index_moment(const Envelope& envelope, Rows& rows) {
        std::string moment = instant_text(envelope.recorded_at);
        const auto last = rows.get(last_moment_key);
        if (!last) return last.error();
        if (*last && moment <= **last) return {};
        rows.put("t" + moment, number_text(envelope.position.value));
        rows.put(last_moment_key, std::move(moment));
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
                index_at(unit_prefix(e.unit), envelope.position, rows);
                return {};
            });
        }
        const auto unit = rows.get(key);
        if (!unit) return unit.error();
        if (*unit) index_at(unit_prefix(**unit), envelope.position, rows);
        return {};
    }
};

// Position of the first record at `moment` or later; nothing if there is none.
Result<std::optional<Position>> first_since(const ReadStore& store, Instant moment) {
    std::optional<Position> first;
    Result<void> outcome;
    const Instant no_earlier = std::max(moment, instant_min);
    const std::string before = "t" + instant_text({no_earlier.micros_since_epoch - 1});
    const auto visit = [&](std::string_view, std::string_view value) {
        const auto position = take_number(value);
        if (!position) {
            outcome = position.error();
        } else {
            first = Position{*position};
        }
        return false;
    };
    const auto scanned = store.scan(audit_trail_model, "t", before, visit);
    if (!scanned) return scanned.error();
    if (!outcome) return outcome.error();
    return first;
}

Result<std::vector<Position>> indexed(const ReadStore& store, const std::string& prefix,
                                      const AuditRange& range) {
    std::vector<Position> positions;
    const auto stretch = positions_between(store, range.from, range.until);
    if (!stretch) return stretch.error();
    if (stretch->is_empty() || range.count_max == 0) return positions;
    Result<void> outcome;
    const std::string after =
        prefix + number_text(std::max(stretch->first.value - 1, range.after.value));
    const auto visit = [&](std::string_view key, std::string_view) {
        auto rest = key.substr(prefix.size());
        const auto position = take_number(rest);
        if (!position) {
            outcome = position.error();
            return false;
        }
        if (*position > stretch->last.value) return false;
        positions.push_back(Position{*position});
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
    // The checkpoint first: what is folded meanwhile is later than it, and is left out.
    const auto done = store.checkpoint(audit_trail_model);
    if (!done) return done.error();
    const auto first = first_since(store, from);
    if (!first) return first.error();
    if (!*first || **first > *done) return PositionRange{};
    const auto behind = first_since(store, until);
    if (!behind) return behind.error();
    if (!*behind) return PositionRange{**first, *done};
    return PositionRange{**first, std::min(*done, Position{(*behind)->value - 1})};
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
