#include "storage/rocks_read_store.hpp"

#include <algorithm>

#include "storage/index_keys.hpp"

namespace jejak::storage {
namespace {

Result<void> check_model(std::string_view model) {
    if (!model.empty() && model.find('\0') == std::string_view::npos) return {};
    return error(ErrorCode::invalid_input,
                 "a read model's name must not be empty nor hold a zero byte");
}

}  // namespace

Result<void> RocksReadStore::write(std::string_view model, const RowChanges& changes,
                                   Position checkpoint) {
    if (auto named = check_model(model); !named) return named;
    rocksdb::WriteBatch batch;
    auto* family = database_->family(Family::read);
    rocksdb::Status status;
    for (const auto& [key, value] : changes) {
        const std::string row = row_key(model, key);
        status = value ? batch.Put(family, row, *value) : batch.Delete(family, row);
        if (!status.ok()) return error_of(status, database_->path());
    }
    status = batch.Put(family, checkpoint_key(model), u64_bytes(checkpoint.value));
    if (status.ok()) status = database_->write(batch, false);
    if (!status.ok()) return error_of(status, database_->path());
    return {};
}

Result<Position> RocksReadStore::checkpoint(std::string_view model) const {
    if (auto named = check_model(model); !named) return named.error();
    const auto bytes = database_->get(Family::read, checkpoint_key(model));
    if (!bytes) return bytes.error();
    if (!*bytes) return Position{0};
    const auto position = parse_u64(**bytes);
    if (!position) {
        return error(ErrorCode::corruption, "the checkpoint of read model " + std::string(model) +
                                                " is damaged; make the model again from the log");
    }
    return Position{*position};
}

Result<std::optional<std::string>> RocksReadStore::get(std::string_view model,
                                                       std::string_view key) const {
    if (auto named = check_model(model); !named) return named.error();
    return database_->get(Family::read, row_key(model, key));
}

Result<void> RocksReadStore::scan(std::string_view model, std::string_view prefix,
                                  std::string_view after, const RowVisitor& visit) const {
    if (auto named = check_model(model); !named) return named;
    std::string lower = row_key(model, prefix);
    std::string upper = prefix.empty() ? end_of_model(model) : end_of_prefix(lower);
    if (!after.empty()) lower = std::max(lower, row_key(model, after) + '\0');
    if (lower >= upper) return {};
    auto rows = database_->rows(Family::read, std::move(lower), std::move(upper));
    for (; rows.valid(); rows.next()) {
        if (!visit(rows.key().substr(model.size() + 1), rows.value())) return {};
    }
    return rows.result();
}

Result<void> RocksReadStore::clear(std::string_view model) {
    if (auto named = check_model(model); !named) return named;
    rocksdb::WriteBatch batch;
    auto* family = database_->family(Family::read);
    auto status = batch.DeleteRange(family, row_key(model, ""), end_of_model(model));
    if (status.ok()) status = batch.Delete(family, checkpoint_key(model));
    if (status.ok()) status = database_->write(batch, false);
    if (!status.ok()) return error_of(status, database_->path());
    return {};
}

}  // namespace jejak::storage
