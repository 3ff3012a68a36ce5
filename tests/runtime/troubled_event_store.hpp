#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "engine/event_store.hpp"

namespace jejak::runtime {

// A log behind a bad line: an append can be lost on the way there or on the way back, as often as a
// test wants, and its completion can come late and from another thread, as a distant store's does.
class TroubledEventStore final : public EventStore {
  public:
    enum class Trouble { none, lost, lands };

    explicit TroubledEventStore(EventStore& store) : store_(store) {}
    ~TroubledEventStore() override { settle(); }
    TroubledEventStore(const TroubledEventStore&) = delete;
    TroubledEventStore& operator=(const TroubledEventStore&) = delete;

    // What happens to the next append; its outcome is unknown to whoever asked for it.
    void arm(Trouble trouble) { trouble_ = trouble; }
    // From now on an append lands only when `commands` more have been asked about, as far as
    // `in_all` commands will be: the batch behind it is being staged while it is under way.
    void lag(std::uint64_t commands, std::uint64_t in_all) {
        const std::lock_guard lock(mutex_);
        lag_ = commands;
        lags_until_ = asked_about_ + in_all;
    }
    // Completions come from another thread from now on.
    void answer_from_elsewhere() { elsewhere_ = true; }
    [[nodiscard]] std::uint64_t appends() const { return appends_; }
    // Waits for the threads that answer.
    void settle() {
        for (std::thread& thread : threads_)
            thread.join();
        threads_.clear();
    }
    void reopen() {
        settle();
        failed_ = false;
        if (in_doubt_) {
            store_.append(std::move(in_doubt_->first), in_doubt_->second, epoch_,
                          [](const auto&) {});
        }
        in_doubt_.reset();
    }

    Result<std::uint64_t> acquire_writer_epoch() override {
        const auto epoch = store_.acquire_writer_epoch();
        if (epoch) epoch_ = *epoch;
        return epoch;
    }
    void append(AppendBatch batch, Position expected_head, std::uint64_t writer_epoch,
                Completion completion) override {
        ++appends_;
        wait_for_the_lag();
        const Trouble trouble = std::exchange(trouble_, Trouble::none);
        if (failed_ || trouble != Trouble::none) {
            failed_ = true;
            if (trouble == Trouble::lands) in_doubt_.emplace(std::move(batch), expected_head);
            return completion(error(ErrorCode::outcome_unknown, "the line to the log broke"));
        }
        if (!elsewhere_) {
            return store_.append(std::move(batch), expected_head, writer_epoch,
                                 std::move(completion));
        }
        settle();
        threads_.emplace_back([this, expected_head, writer_epoch, moved = std::move(batch),
                               answer = std::move(completion)]() mutable {
            store_.append(std::move(moved), expected_head, writer_epoch, std::move(answer));
        });
    }
    Result<Head> head() const override { return store_.head(); }
    Result<std::optional<std::string>> read(Position position) const override {
        return store_.read(position);
    }
    Result<void> scan(Position first, Position last, const RecordVisitor& visit) const override {
        return store_.scan(first, last, visit);
    }
    Result<void> read_stream(const StreamId& stream, Version from,
                             const RecordVisitor& visit) const override {
        return store_.read_stream(stream, from, visit);
    }
    Result<std::optional<Position>> find_receipt(const CommandId& id) const override {
        {
            const std::lock_guard lock(mutex_);
            ++asked_about_;
        }
        changed_.notify_all();
        return store_.find_receipt(id);
    }
    Result<std::optional<std::string>> wrapped_key(PersonId owner) const override {
        return store_.wrapped_key(owner);
    }
    Result<std::vector<std::string>> inclusion_proof(Position position,
                                                     std::uint64_t size) const override {
        return store_.inclusion_proof(position, size);
    }
    Result<std::vector<std::string>> consistency_proof(std::uint64_t size1,
                                                       std::uint64_t size2) const override {
        return store_.consistency_proof(size1, size2);
    }

  private:
    void wait_for_the_lag() {
        std::unique_lock lock(mutex_);
        const std::uint64_t until = std::min(asked_about_ + lag_, lags_until_);
        // A writer that stages nothing meanwhile is slow, not wrong.
        changed_.wait_for(lock, std::chrono::seconds(1), [&] { return asked_about_ >= until; });
    }

    EventStore& store_;
    mutable std::mutex mutex_;  // guards the counts below
    mutable std::condition_variable changed_;
    mutable std::uint64_t asked_about_ = 0;
    std::uint64_t lag_ = 0;
    std::uint64_t lags_until_ = 0;
    Trouble trouble_ = Trouble::none;
    bool elsewhere_ = false;
    bool failed_ = false;
    std::uint64_t epoch_ = 0;
    std::uint64_t appends_ = 0;
    std::optional<std::pair<AppendBatch, Position>> in_doubt_;
    std::vector<std::thread> threads_;
};

}  // namespace jejak::runtime
