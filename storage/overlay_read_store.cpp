#include "storage/overlay_read_store.hpp"

namespace jejak::storage {
namespace {

// Merges the rows of the base, which come in key order, with the changes on top of them.
template <class Changes>
class Merge {
  public:
    Merge(const Changes& changes, std::string_view prefix, std::string_view after,
          const RowVisitor& visit)
        : changes_(changes), prefix_(prefix), visit_(visit) {
        const bool from_prefix = after.empty() || after < prefix;
        next_ = from_prefix ? changes.lower_bound(prefix) : changes.upper_bound(after);
    }

    // Returns false once the visitor wants no more.
    [[nodiscard]] bool base_row(std::string_view key, std::string_view value) {
        if (!visit_changes_before(key)) return false;
        if (next_ != changes_.end() && next_->first == key) return visit_next_change();
        stopped_ = !visit_(key, value);
        return !stopped_;
    }

    void finish() {
        while (!stopped_ && change_is_in_range()) {
            if (!visit_next_change()) return;
        }
    }

  private:
    [[nodiscard]] bool change_is_in_range() const {
        return next_ != changes_.end() && next_->first.starts_with(prefix_);
    }
    [[nodiscard]] bool visit_changes_before(std::string_view key) {
        while (change_is_in_range() && next_->first < key) {
            if (!visit_next_change()) return false;
        }
        return true;
    }
    [[nodiscard]] bool visit_next_change() {
        const auto& [key, value] = *next_++;
        stopped_ = value && !visit_(key, *value);
        return !stopped_;
    }

    const Changes& changes_;
    std::string_view prefix_;
    const RowVisitor& visit_;
    typename Changes::const_iterator next_;
    bool stopped_ = false;
};

}  // namespace

Result<void> OverlayReadStore::write(std::string_view model, const RowChanges& changes,
                                     Position checkpoint) {
    models_.modify(model, [&](Content& content) {
        for (const auto& [key, value] : changes)
            content.changes.insert_or_assign(key, value);
        content.checkpoint = checkpoint;
    });
    return {};
}

Result<Position> OverlayReadStore::checkpoint(std::string_view model) const {
    const Pin content(models_, model);
    if (content->checkpoint) return *content->checkpoint;
    return base_.checkpoint(model);
}

Result<std::optional<std::string>> OverlayReadStore::get(std::string_view model,
                                                         std::string_view key) const {
    const Pin content(models_, model);
    const auto found = content->changes.find(key);
    if (found != content->changes.end()) return found->second;
    if (content->hides_base) return std::optional<std::string>{};
    return base_.get(model, key);
}

Result<void> OverlayReadStore::scan(std::string_view model, std::string_view prefix,
                                    std::string_view after, const RowVisitor& visit) const {
    const Pin content(models_, model);
    Merge merge(content->changes, prefix, after, visit);
    if (!content->hides_base) {
        const Result<void> scanned =
            base_.scan(model, prefix, after, [&](std::string_view key, std::string_view value) {
                return merge.base_row(key, value);
            });
        if (!scanned) return scanned;
    }
    merge.finish();
    return {};
}

Result<void> OverlayReadStore::clear(std::string_view model) {
    models_.replace(model, {.hides_base = true, .changes = {}, .checkpoint = Position{0}});
    return {};
}

}  // namespace jejak::storage
