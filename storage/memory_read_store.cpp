#include "storage/memory_read_store.hpp"

namespace jejak::storage {

Result<void> MemoryReadStore::write(std::string_view model, const RowChanges& changes,
                                    Position checkpoint) {
    models_.modify(model, [&](Content& content) {
        for (const auto& [key, value] : changes) {
            if (value) {
                content.rows.insert_or_assign(key, *value);
            } else {
                content.rows.erase(key);
            }
        }
        content.checkpoint = checkpoint;
    });
    return {};
}

Result<Position> MemoryReadStore::checkpoint(std::string_view model) const {
    return Pin(models_, model)->checkpoint;
}

Result<std::optional<std::string>> MemoryReadStore::get(std::string_view model,
                                                        std::string_view key) const {
    const Pin content(models_, model);
    const auto found = content->rows.find(key);
    if (found == content->rows.end()) return std::optional<std::string>{};
    return std::optional<std::string>{found->second};
}

Result<void> MemoryReadStore::scan(std::string_view model, std::string_view prefix,
                                   std::string_view after, const RowVisitor& visit) const {
    const Pin content(models_, model);
    const auto& rows = content->rows;
    const bool from_prefix = after.empty() || after < prefix;
    auto row = from_prefix ? rows.lower_bound(prefix) : rows.upper_bound(after);
    for (; row != rows.end() && row->first.starts_with(prefix); ++row) {
        if (!visit(row->first, row->second)) break;
    }
    return {};
}

Result<void> MemoryReadStore::clear(std::string_view model) {
    models_.replace(model, {});
    return {};
}

}  // namespace jejak::storage
