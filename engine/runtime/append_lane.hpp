#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/event_store.hpp"

namespace jejak::runtime {

// A batch that is durable: where the log ends now, and how long the store took to say so.
struct Appended {
    Head head;
    std::chrono::nanoseconds took{};
};

// Appends one batch on a thread of its own while its owner prepares the next. One owner thread; the
// store is borrowed and must outlive it.
class AppendLane {
  public:
    explicit AppendLane(EventStore& store);
    // Waits for a batch that is under way.
    ~AppendLane();
    AppendLane(const AppendLane&) = delete;
    AppendLane& operator=(const AppendLane&) = delete;

    // None may be under way.
    void start(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch);
    // The outcome of the batch that was started. Once for each start().
    [[nodiscard]] Result<Appended> wait();

  private:
    struct Job {
        AppendBatch batch;
        Position expected_head;
        std::uint64_t writer_epoch = 0;
    };
    void run();

    EventStore& store_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Job> job_;
    std::optional<Result<Appended>> outcome_;
    bool ends_ = false;
    std::thread thread_;  // last: it uses all of the above
};

// Appends on the calling thread and waits, wherever the store completes.
[[nodiscard]] Result<Appended> append_and_wait(EventStore& store, AppendBatch batch,
                                               Position expected_head, std::uint64_t writer_epoch);

}  // namespace jejak::runtime
