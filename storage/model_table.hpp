#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

namespace jejak::storage {

// The content of each read model that is held in memory. Whoever reads pins the content of one
// moment and walks it without a lock, so that a visitor may call the store again, even write; a
// writer copies the content only while it is pinned. Thread-safe.
template <class Content>
class ModelTable {
  public:
    // One moment of one model; a model that nobody has written is a default `Content`.
    class Pin {
      public:
        Pin(const ModelTable& table, std::string_view model) : table_(table) {
            const std::shared_lock lock(table_.mutex_);
            const auto found = table_.contents_.find(model);
            if (found != table_.contents_.end()) content_ = found->second;
        }
        // Let go under the lock: only then does a writer that finds itself alone know that all
        // reading of the content happened before.
        ~Pin() {
            const std::shared_lock lock(table_.mutex_);
            content_.reset();
        }
        Pin(const Pin&) = delete;
        Pin& operator=(const Pin&) = delete;

        [[nodiscard]] const Content& operator*() const { return content_ ? *content_ : empty_; }
        [[nodiscard]] const Content* operator->() const { return &**this; }

      private:
        const ModelTable& table_;
        std::shared_ptr<const Content> content_;
        Content empty_;
    };

    // Calls `change(Content&)`; readers see all of it or nothing.
    template <class Change>
    void modify(std::string_view model, Change&& change) {
        const std::unique_lock lock(mutex_);
        auto found = contents_.find(model);
        if (found == contents_.end()) {
            found = contents_.emplace(std::string(model), std::make_shared<Content>()).first;
        } else if (found->second.use_count() > 1) {
            found->second = std::make_shared<Content>(*found->second);
        }
        std::forward<Change>(change)(*found->second);
    }

    // The model becomes `content`, whatever it was.
    void replace(std::string_view model, Content content) {
        auto fresh = std::make_shared<Content>(std::move(content));
        const std::unique_lock lock(mutex_);
        contents_.insert_or_assign(std::string(model), std::move(fresh));
    }

  private:
    mutable std::shared_mutex mutex_;
    std::map<std::string, std::shared_ptr<Content>, std::less<>> contents_;
};

}  // namespace jejak::storage
