#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "adapters/http/message.hpp"

namespace jejak::http {

// A source that gives what its test says, when the test says it; any number of answers may come
// from one tap, one after the other. Thread-safe.
class Tap {
  public:
    explicit Tap(bool endless = true) : endless_(endless) {}

    [[nodiscard]] std::shared_ptr<BodySource> source() { return std::make_shared<Source>(*this); }
    [[nodiscard]] Response response() {
        Response response;
        response.content_type = "text/event-stream";
        response.source = source();
        return response;
    }
    [[nodiscard]] Handler handler() {
        return [this](const Request&, const Answer& answer) { answer(response()); };
    }

    // Waits until a source is asked, and gives this.
    void give(std::optional<std::string> chunk) { take()(std::move(chunk)); }
    // Waits until a source is asked.
    [[nodiscard]] BodySource::Give take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return bool(asked_); });
        return std::exchange(asked_, {});
    }
    // Waits until so many sources were released, since the tap was made.
    void wait_for_released(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return released_ >= count; });
        if (released_ == made_) asked_ = {};
    }

  private:
    class Source : public BodySource {
      public:
        explicit Source(Tap& tap) : tap_(tap) {
            const std::lock_guard lock(tap_.mutex_);
            ++tap_.made_;
        }
        ~Source() override {
            const std::lock_guard lock(tap_.mutex_);
            ++tap_.released_;
            tap_.changed_.notify_all();
        }
        void next(Give give) override {
            const std::lock_guard lock(tap_.mutex_);
            tap_.asked_ = std::move(give);
            tap_.changed_.notify_all();
        }
        [[nodiscard]] bool is_endless() const override { return tap_.endless_; }

      private:
        Tap& tap_;
    };

    const bool endless_;
    std::mutex mutex_;
    std::condition_variable changed_;
    BodySource::Give asked_;
    int made_ = 0;
    int released_ = 0;
};

}  // namespace jejak::http
