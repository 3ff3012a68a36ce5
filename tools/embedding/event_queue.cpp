#include "tools/embedding/event_queue.hpp"

#include <charconv>
#include <string_view>

namespace jejak::tools::embedding {

const std::string* EventQueue::next(std::optional<std::chrono::milliseconds> timeout) {
    const auto give_up_at =
        std::chrono::steady_clock::now() + timeout.value_or(std::chrono::hours(24 * 365));
    while (events_.empty()) {
        if (source_ == nullptr) return nullptr;
        ask();
        std::unique_lock lock(inbox_->mutex);
        const auto has_come = [&] { return inbox_->chunk || inbox_->ended; };
        if (!inbox_->came.wait_until(lock, give_up_at, has_come)) return nullptr;
        inbox_->asked = false;
        const auto chunk = std::exchange(inbox_->chunk, std::nullopt);
        const bool ended = std::exchange(inbox_->ended, false);
        lock.unlock();
        if (chunk) take(*chunk);
        if (ended) source_ = again_(done_);
    }
    given_ = std::move(events_.front());
    events_.pop_front();
    return &given_;
}

void EventQueue::ask() {
    {
        const std::lock_guard lock(inbox_->mutex);
        if (std::exchange(inbox_->asked, true)) return;
    }
    source_->next([inbox = inbox_](std::optional<std::string> chunk) {
        const std::lock_guard lock(inbox->mutex);
        inbox->ended = !chunk;
        inbox->chunk = std::move(chunk);
        inbox->came.notify_all();
    });
}

void EventQueue::take(const std::string& chunk) {
    constexpr std::string_view id = "id: ", data = "data: ", passed = ": position ";
    std::string_view rest = chunk;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const auto line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        for (const auto& head : {id, passed}) {
            if (!line.starts_with(head)) continue;
            (void)std::from_chars(line.data() + head.size(), line.data() + line.size(),
                                  done_.value);
        }
        if (line.starts_with(data)) events_.emplace_back(line.substr(data.size()));
    }
}

}  // namespace jejak::tools::embedding
