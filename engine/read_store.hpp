#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ids.hpp"
#include "engine/result.hpp"

namespace jejak {

// Rows that one step of a projection leaves behind: a value, or nothing for "delete this row".
using RowChanges = std::map<std::string, std::optional<std::string>>;
// Called in key order; return false to stop early.
using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;

// Port: where read models keep their rows. Everything in it can be thrown away and made again.
// `model` is the projection's name. Thread-safe; one writer a model.
class ReadStore {
  public:
    virtual ~ReadStore() = default;

    // Rows and checkpoint change together or not at all.
    [[nodiscard]] virtual Result<void> write(std::string_view model, const RowChanges& changes,
                                             Position checkpoint) = 0;
    // Position up to which the model is done; 0 if it has never run.
    [[nodiscard]] virtual Result<Position> checkpoint(std::string_view model) const = 0;
    [[nodiscard]] virtual Result<std::optional<std::string>> get(std::string_view model,
                                                                 std::string_view key) const = 0;
    // Rows whose key starts with `prefix`, in key order, beginning after `after` if that is given.
    // A scan sees one moment; its visitor may read and write the store.
    [[nodiscard]] virtual Result<void> scan(std::string_view model, std::string_view prefix,
                                            std::string_view after,
                                            const RowVisitor& visit) const = 0;
    // Throws rows and checkpoint of the model away.
    [[nodiscard]] virtual Result<void> clear(std::string_view model) = 0;
};

}  // namespace jejak
