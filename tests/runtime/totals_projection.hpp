#pragma once

#include <optional>
#include <string>

#include "engine/projection.hpp"
#include "engine/record/archive.hpp"
#include "tests/runtime/counter_workflow.hpp"

namespace jejak::runtime {

// Rows: stream: total of the counter, removed when it is closed; "records": how many were seen.
class TotalsProjection final : public Projection {
  public:
    // Stops at `broken_at`, as if the record there were of a newer program.
    explicit TotalsProjection(std::string name = "totals", Position broken_at = {})
        : name_(std::move(name)), broken_at_(broken_at) {}

    std::string_view name() const override { return name_; }
    Result<void> apply(const Envelope& envelope, std::string_view payload,
                       Rows& rows) const override {
        if (envelope.position == broken_at_) {
            return error(ErrorCode::unsupported, "use a newer program");
        }
        if (auto counted = add(rows, "records", 1); !counted) return counted;
        if (envelope.event_name == counter::Added::event_name) {
            const auto added = record::from_bytes<counter::Added>(payload);
            if (!added) return added.error();
            return add(rows, envelope.stream.text(), added->amount);
        }
        if (envelope.event_name == counter::Closed::event_name) rows.erase(envelope.stream.text());
        return {};
    }

  private:
    static Result<void> add(Rows& rows, const std::string& key, std::int64_t amount) {
        const auto row = rows.get(key);
        if (!row) return row.error();
        const std::int64_t before = row->has_value() ? std::stoll(**row) : 0;
        rows.put(key, std::to_string(before + amount));
        return {};
    }
    std::string name_;
    Position broken_at_;
};

}  // namespace jejak::runtime
