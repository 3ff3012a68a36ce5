#include "engine/runtime/append_lane.hpp"

#include <future>

namespace jejak::runtime {

Result<Appended> append_and_wait(EventStore& store, AppendBatch batch, Position expected_head,
                                 std::uint64_t writer_epoch) {
    const auto started = std::chrono::steady_clock::now();
    std::promise<Result<Head>> promise;
    auto future = promise.get_future();
    store.append(std::move(batch), expected_head, writer_epoch,
                 [&](Result<Head> appended) { promise.set_value(std::move(appended)); });
    const auto head = future.get();
    if (!head) return head.error();
    return Appended{*head, std::chrono::steady_clock::now() - started};
}

AppendLane::AppendLane(EventStore& store) : store_(store), thread_([this] { run(); }) {}

AppendLane::~AppendLane() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void AppendLane::start(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch) {
    {
        const std::lock_guard lock(mutex_);
        job_ = Job{std::move(batch), expected_head, writer_epoch};
    }
    changed_.notify_all();
}

Result<Appended> AppendLane::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return outcome_.has_value(); });
    return *std::exchange(outcome_, std::nullopt);
}

void AppendLane::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return job_.has_value() || ends_; });
        if (!job_) return;
        Job job = *std::exchange(job_, std::nullopt);
        lock.unlock();
        Result<Appended> outcome =
            append_and_wait(store_, std::move(job.batch), job.expected_head, job.writer_epoch);
        lock.lock();
        outcome_ = std::move(outcome);
        changed_.notify_all();
    }
}

}  // namespace jejak::runtime
