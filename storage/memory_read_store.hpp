#pragma once

#include <map>
#include <string>

#include "engine/read_store.hpp"
#include "storage/model_table.hpp"

namespace jejak::storage {

// Read models in memory: for a library in somebody's process, for replays that are thrown away and
// for tests. A scan sees the rows of one moment, and its visitor may call the store. Thread-safe.
class MemoryReadStore final : public ReadStore {
  public:
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
        std::map<std::string, std::string, std::less<>> rows;
        Position checkpoint;
    };
    using Pin = ModelTable<Content>::Pin;

    ModelTable<Content> models_;
};

}  // namespace jejak::storage
