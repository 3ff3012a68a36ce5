#pragma once

#include <optional>

#include "engine/read_store.hpp"
#include "storage/model_table.hpp"

namespace jejak::storage {

// Reads through to another store and keeps what is written, checkpoints too, in memory: a replay
// "what if", or a reader that runs ahead of a store which it may not write. `base` is never
// written, must outlive the overlay, and must stand still for every model that the overlay has
// written; otherwise rows of two moments are mixed. clear() hides the base's rows of the model.
// Thread-safe.
class OverlayReadStore final : public ReadStore {
  public:
    explicit OverlayReadStore(const ReadStore& base) : base_(base) {}

    [[nodiscard]] Result<void> write(std::string_view model, const RowChanges& changes,
                                     Position checkpoint) override;
    [[nodiscard]] Result<Position> checkpoint(std::string_view model) const override;
    [[nodiscard]] Result<std::optional<std::string>> get(std::string_view model,
                                                         std::string_view key) const override;
    [[nodiscard]] Result<void> scan(std::string_view model, std::string_view prefix,
                                    std::string_view after, const RowVisitor& visit) const override;
    [[nodiscard]] Result<void> clear(std::string_view model) override;

  private:
    struct Content {
        bool hides_base = false;
        std::map<std::string, std::optional<std::string>, std::less<>> changes;
        std::optional<Position> checkpoint;  // nothing: the base's
    };
    using Pin = ModelTable<Content>::Pin;

    const ReadStore& base_;
    ModelTable<Content> models_;
};

}  // namespace jejak::storage
